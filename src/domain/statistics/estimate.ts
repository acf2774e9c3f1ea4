/** Holds the true value in 95 of 100 surveys like this one. */
export type Interval = { low: number; high: number };

/** What the answers say, and how far the truth may be from it; no interval where they cannot tell. */
export type Estimate = { value: number; interval: Interval | null };

/** The standard normal distribution's 97.5 % quantile: 2.5 % lie above it, and 2.5 % below its negative. */
export const normalQuantile = 1.959963984540054;

/** As much of `middle` ± `margin` as can be true, and always what was observed. */
export function intervalAround(
  middle: number,
  margin: number,
  { lowest, highest, value }: { lowest: number; highest: number; value: number },
): Interval {
  return {
    low: Math.min(value, Math.max(lowest, middle - margin)),
    high: Math.max(value, Math.min(highest, middle + margin)),
  };
}
