import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskAddresses } from './log.ts';

/** Milliseconds of the quickest of several runs: what else this machine does makes the others slower. */
function quickest(work: () => void): number {
  return Math.min(
    ...Array.from({ length: 3 }, () => {
      const started = performance.now();
      work();
      return performance.now() - started;
    }),
  );
}

describe('the mask over log lines', () => {
  it.each([
    ['a bare address', 'to ann@example.com now', 'to (address) now'],
    ['one in JSON', '{"to":"ann.b+c@mail.example.co.uk","n":1}', '{"to":"(address)","n":1}'],
    ['one after an escaped line break', '{"msg":"x\\nann@example.com"}', '{"msg":"x\\n(address)"}'],
    ['one after an escaped code point', '{"msg":"\\u0007ann@example.com"}', '{"msg":"\\u0007(address)"}'],
    ['one in angle brackets', 'Ann <ann@example.com>', 'Ann <(address)>'],
    ['a name in another script', 'jürgen@müller.рф', '(address)'],
    ['one with a very long name', `${'a'.repeat(500)}@example.com`, '(address)'],
    ['nothing that is none', 'user@host a@b.c node_modules/@x/y.js 5@5', 'user@host a@b.c node_modules/@x/y.js 5@5'],
    ['what is left of a quoted name', `"ann o'neill"@example.com`, `"ann o'neill"(address)`],
  ])('covers %s', (_what, line, masked) => {
    expect(maskAddresses(line)).toBe(masked);
  });

  it('leaves no address in whatever surrounds it, and every line of JSON readable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.emailAddress(), fc.string(), (before, address, after) => {
        const line = JSON.stringify({ text: `${before} ${address} ${after}` });
        const masked = maskAddresses(line);
        JSON.parse(masked);
        const [, domain = ''] = address.split('@');
        expect(masked).not.toContain(`@${domain}`);
      }),
    );
  });

  it('takes ten times as long for ten times as much, whatever it is', () => {
    const pieces = fc.array(fc.constantFrom('a', '@', '.', 'é', '-', 'ab.', '@@', 'x@y', '.c', '\\u00', '%'), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(pieces, (of) => {
        const unit = of.join('');
        const [once, tenfold] = [10_000, 100_000].map((length) => unit.repeat(Math.ceil(length / unit.length)));
        const short = quickest(() => maskAddresses(once ?? ''));
        const long = quickest(() => maskAddresses(tenfold ?? ''));
        // Quadratic would be a hundredfold, which is seconds; the rest is what a busy machine may be wrong by.
        expect(long).toBeLessThan(40 * short + 100);
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });
});
