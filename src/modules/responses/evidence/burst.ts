import type { Trace } from './trace.ts';

/** Openings with no longer pause than this between them were made in one go. */
const pause = 10_000;

/** What was opened together, as far as signs look at it. */
export type Opened = {
  /** Whether the link that no person sees was among it. */
  hidden: boolean;
  /** When each number was opened, in milliseconds, the first time first. */
  times: ReadonlyMap<number, readonly number[]>;
};

/**
 * What was opened in one go with each trace: by whomever, because a scanner may come from another address with each
 * link. Somebody who comes later, even from behind the same proxy, has a burst of their own.
 *
 * @param traces oldest first
 * @returns by the trace's id; nothing for a touch long after the last opening
 */
export function findBursts(traces: readonly Trace[]): ReadonlyMap<number, Opened> {
  const groups: { openings: Trace[]; members: Trace[] }[] = [];
  let last: Trace | undefined;
  for (const trace of traces) {
    const isOpening = trace.kind === 'open' || trace.kind === 'hidden';
    const goesOn = last !== undefined && Math.abs(trace.at.getTime() - last.at.getTime()) <= pause;
    if (isOpening && !goesOn) groups.push({ openings: [], members: [] });
    if (isOpening || goesOn) groups.at(-1)?.members.push(trace);
    if (!isOpening) continue;
    groups.at(-1)?.openings.push(trace);
    last = trace;
  }
  return new Map(
    groups.flatMap(({ openings, members }) => {
      const opened = together(openings);
      return members.map(({ id }) => [id, opened] as const);
    }),
  );
}

/** Everything that each browser did, by our cookie. */
export function byVisitor(traces: readonly Trace[]): ReadonlyMap<string, Opened> {
  const known = traces.filter(({ visitor }) => visitor !== null);
  const groups = Map.groupBy(known, ({ visitor }) => visitor ?? '');
  return new Map([...groups].map(([visitor, of]) => [visitor, together(of)]));
}

function together(traces: readonly Trace[]): Opened {
  const times = new Map<number, number[]>();
  for (const { kind, rating, at } of traces) {
    if (kind !== 'open' || rating === null) continue;
    const known = times.get(rating);
    if (known) known.push(at.getTime());
    else times.set(rating, [at.getTime()]);
  }
  for (const of of times.values()) of.sort((one, other) => one - other);
  return { hidden: traces.some(({ kind }) => kind === 'hidden'), times };
}

/** How many different numbers were opened within so many milliseconds of a moment. */
export function numbersNear({ times }: Opened, timestamp: Date, within: number): number {
  const [from, until] = [timestamp.getTime() - within, timestamp.getTime() + within];
  return [...times.values()].filter((of) => (of[firstFrom(of, from)] ?? Number.POSITIVE_INFINITY) <= until).length;
}

/** Where in a sorted list the first value stands that is not below. */
export function firstFrom(sorted: readonly number[], lowest: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sorted[middle] ?? 0) < lowest) low = middle + 1;
    else high = middle;
  }
  return low;
}
