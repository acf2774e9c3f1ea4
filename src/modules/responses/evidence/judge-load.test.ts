import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from './judge.ts';
import type { Trace } from './trace.ts';

const kind = fc.constantFrom<Trace['kind']>('open', 'open', 'hidden', 'act', 'submit');

/** What strangers do with a link: any kind of trace, by few browsers or by none, quickly or slowly. */
const behaviour = fc.record({
  kinds: fc.array(kind, { minLength: 1, maxLength: 6 }),
  /** Milliseconds between one and the next. */
  apart: fc.constantFrom(0, 10, 2000, 9000, 30_000),
  visitors: fc.constantFrom(0, 1, 3),
  networks: fc.constantFrom(0, 1),
});

type Behaviour = { kinds: Trace['kind'][]; apart: number; visitors: number; networks: number };

function tracesOf({ kinds, apart, visitors, networks }: Behaviour, count: number): Trace[] {
  const begin = Date.UTC(2026, 10, 2);
  return Array.from({ length: count }, (_, index) => {
    const of = kinds[index % kinds.length] ?? 'open';
    return {
      id: index + 1,
      kind: of,
      rating: of === 'hidden' ? null : index % 11,
      visitor: visitors === 0 ? null : `v${index % visitors}`,
      network: networks === 0 ? null : 'n',
      scanner: null,
      page: of === 'open' || of === 'hidden' ? null : Math.max(1, index - 1),
      at: new Date(begin + index * apart),
    };
  });
}

/** The same traces, and how often anything of them was read. */
function counted(traces: readonly Trace[]): { traces: readonly Trace[]; reads: () => number } {
  let reads = 0;
  const get = (of: Trace, name: string): unknown => {
    reads += 1;
    return Reflect.get(of, name);
  };
  return {
    traces: traces.map((of) => new Proxy(of, { get: (target, name) => get(target, String(name)) })),
    reads: () => reads,
  };
}

test('judging ten thousand traces reads about ten times as much as judging a thousand', () => {
  fc.assert(
    fc.property(behaviour, (of) => {
      const seen = {
        level: 'balanced',
        commentWindow: 1000,
        points: 11,
        sentAt: null,
        now: new Date('2030-01-01'),
      } as const;
      const [few, many] = [1000, 10_000].map((count) => {
        const { traces, reads } = counted(tracesOf(of, count));
        judge(traces, seen);
        return reads();
      });
      // Where each is compared with each it is a hundred times as much.
      expect(many).toBeLessThan(15 * (few ?? 0));
    }),
    { numRuns: 30, endOnFailure: true },
  );
});
