import type { Trace } from './trace.ts';

/** Openings with no longer pause than this between them were made in one go. */
const pause = 10_000;

/**
 * What was opened in one go with this: by whomever, because a scanner may come from another address with each link.
 * Somebody who comes later, even from behind the same proxy, has a burst of their own.
 */
export function burstAround(opening: Trace, traces: readonly Trace[]): readonly Trace[] {
  const openings = traces.filter(({ kind }) => kind === 'open' || kind === 'hidden');
  const earlier = openings.filter(({ id }) => id < opening.id).reverse();
  const later = openings.filter(({ id }) => id > opening.id);
  return [...unbroken(opening, earlier), opening, ...unbroken(opening, later)];
}

function unbroken(from: Trace, traces: readonly Trace[]): readonly Trace[] {
  let last = from;
  const broken = traces.findIndex((trace) => {
    const apart = Math.abs(trace.at.getTime() - last.at.getTime());
    last = trace;
    return apart > pause;
  });
  return broken < 0 ? traces : traces.slice(0, broken);
}
