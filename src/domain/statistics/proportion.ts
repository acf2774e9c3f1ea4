import { type Estimate, intervalAround, normalQuantile } from './estimate.ts';

/**
 * A share, from 0 to 1, with Wilson's score interval, which holds also for few and for very small or large shares;
 * nothing when there is nothing to have a share of.
 *
 * @see E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Received events of the American
 *   Statistical Association 22, 1927, 209–212
 */
export function proportion(count: number, of: number): Estimate | null {
  if (of === 0) return null;
  const value = count / of;
  const square = normalQuantile ** 2;
  const middle = (count + square / 2) / (of + square);
  const margin = (normalQuantile / (of + square)) * Math.sqrt((count * (of - count)) / of + square / 4);
  return { value, interval: intervalAround(middle, margin, { lowest: 0, highest: 1, value }) };
}
