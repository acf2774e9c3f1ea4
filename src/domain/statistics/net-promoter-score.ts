import { type Estimate, intervalAround, normalQuantile } from './estimate.ts';

/** How many answers are added for the interval, a quarter each to promoters and detractors, half to passives. */
const added = 3;

/**
 * % promoters − % detractors, from −100 to 100; nothing without answers.
 *
 * The score is a difference of two shares of one multinomial sample, with the variance (p + d − (p − d)²) ÷ n. Taken
 * straight from the counts (Wald), that is zero when all agree, and the interval misses the truth in every fifth sample
 * of five. So it is the adjusted Wald interval, in which three answers are added before the same formula: of the six
 * methods that Rocks compared it is among the two best, and the other has to be iterated. Agresti and Min found the
 * same with two added for a difference of matched proportions, which is the same quantity; that is a little too narrow
 * at the edges.
 *
 * @see B. Rocks, "Interval Estimation for the Net Promoter Score", The American Statistician 70(4), 2016, 365–372
 * @see A. Agresti, Y. Min, "Simple improved confidence intervals for comparing matched proportions", Statistics in
 *   Medicine 24, 2005, 729–740
 */
export function netPromoterScore(counts: { promoters: number; passives: number; detractors: number }): Estimate | null {
  const { promoters, passives, detractors } = counts;
  const answers = promoters + passives + detractors;
  if (answers === 0) return null;
  const value = (100 * (promoters - detractors)) / answers;
  const enlarged = answers + added;
  const difference = (promoters - detractors) / enlarged;
  const sum = (promoters + detractors + added / 2) / enlarged;
  const margin = normalQuantile * Math.sqrt((sum - difference ** 2) / enlarged);
  return { value, interval: intervalAround(100 * difference, 100 * margin, { lowest: -100, highest: 100, value }) };
}
