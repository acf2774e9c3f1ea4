import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSealing } from './sealing.ts';

const sealing = createSealing(['first-key']);
const secret = '{"accessToken":"not-to-be-read"}';

describe('what was sealed', () => {
  test('is unsealed as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (plain) => {
        expect(sealing.unseal(sealing.seal(plain))).toBe(plain);
      }),
    );
  });

  test('by an earlier release still opens', () => {
    const sealed = 'nxsZnAUYSrS4sZ5sUqddyW5jAC40J3caIw8B+9QVPnzQa0skFNNlrszY3jE0rNTdNqH49KPM';

    expect(sealing.unseal(sealed)).toBe('kept by an earlier version');
  });

  test('cannot be read', () => {
    const sealed = sealing.seal(secret);

    expect(sealed).toMatch(/^[\w+/]+=*$/u);
    expect(sealed).not.toContain('not-to-be-read');
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('not-to-be-read');
  });

  test('is never sealed the same way twice', () => {
    const sealed = Array.from({ length: 100 }, () => sealing.seal(secret));
    const nonces = sealed.map((text) => Buffer.from(text, 'base64').subarray(0, 12).toString('hex'));

    expect(new Set(sealed).size).toBe(100);
    expect(new Set(nonces).size).toBe(100);
  });

  test('is not opened by another key', () => {
    expect(createSealing(['second-key']).unseal(sealing.seal(secret))).toBeUndefined();
    expect(createSealing(['first-key ', 'First-key', '']).unseal(sealing.seal(secret))).toBeUndefined();
  });
});

describe('what was changed is not opened', () => {
  test.each([secret, ''])('at any bit: %j', (plain) => {
    const sealed = Buffer.from(sealing.seal(plain), 'base64');
    const opened = Array.from({ length: sealed.length * 8 }, (_, bit) => {
      const tampered = Buffer.from(sealed);
      tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return sealing.unseal(tampered.toString('base64'));
    });

    expect(opened.filter((text) => text !== undefined)).toEqual([]);
  });

  test.each([secret, ''])('cut at any byte: %j', (plain) => {
    const sealed = Buffer.from(sealing.seal(plain), 'base64');
    const opened = Array.from({ length: sealed.length }, (_, length) => [
      sealing.unseal(sealed.subarray(0, length).toString('base64')),
      sealing.unseal(sealed.subarray(sealed.length - length).toString('base64')),
    ]);

    expect(opened.flat().filter((text) => text !== undefined)).toEqual([]);
  });

  test('with something behind it', () => {
    const sealed = Buffer.from(sealing.seal(secret), 'base64');

    expect(sealing.unseal(Buffer.concat([sealed, Buffer.from([0])]).toString('base64'))).toBeUndefined();
  });

  test.each(['', ' ', 'not sealed', secret, 'A'.repeat(1000)])('nor what never was: %j', (text) => {
    expect(sealing.unseal(text)).toBeUndefined();
  });
});

describe('when the key is replaced', () => {
  const rotated = createSealing(['second-key', 'first-key']);

  test('what the old one sealed still opens', () => {
    expect(rotated.unseal(sealing.seal(secret))).toBe(secret);
  });

  test('the new one seals', () => {
    const sealed = rotated.seal(secret);

    expect(rotated.unseal(sealed)).toBe(secret);
    expect(createSealing(['second-key']).unseal(sealed)).toBe(secret);
    expect(sealing.unseal(sealed)).toBeUndefined();
  });
});
