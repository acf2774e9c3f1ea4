import type { Scale } from '../../model/scale.ts';

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

/** For one to five degrees of freedom, where the series is still too far off. */
const table = [
  12.706204736174694, 4.302652729749462, 3.1824463052837078, 2.7764451051977934, 2.5705818356363146,
] as const;

/** The coefficients of the powers of 1 ÷ degrees. */
const series = [
  normalQuantile,
  (normalQuantile ** 3 + normalQuantile) / 4,
  (5 * normalQuantile ** 5 + 16 * normalQuantile ** 3 + 3 * normalQuantile) / 96,
  (3 * normalQuantile ** 7 + 19 * normalQuantile ** 5 + 17 * normalQuantile ** 3 - 15 * normalQuantile) / 384,
  (79 * normalQuantile ** 9 +
    776 * normalQuantile ** 7 +
    1482 * normalQuantile ** 5 -
    1920 * normalQuantile ** 3 -
    945 * normalQuantile) /
    92_160,
];

/**
 * The 97.5 % quantile of Student's distribution, right to three decimals and from nine degrees on to five.
 *
 * @param degrees of freedom, at least one
 * @see M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions", 1964, 26.7.5
 */
export function studentQuantile(degrees: number): number {
  return table[degrees - 1] ?? series.reduce((sum, coefficient, power) => sum + coefficient / degrees ** power, 0);
}

/**
 * Sum of the ratings ÷ respondents, on one scale, with Student's interval; nothing without answers. There is no
 * interval while all ratings are the same: they show nothing of how far others would be from them.
 *
 * @param counts how often each rating was given
 */
export function meanRating(scale: Scale, counts: ReadonlyMap<number, number>): Estimate | null {
  const ratings = [...counts];
  const answers = ratings.reduce((sum, [, count]) => sum + count, 0);
  if (answers === 0) return null;
  const value = ratings.reduce((sum, [rating, count]) => sum + rating * count, 0) / answers;
  const squares = ratings.reduce((sum, [rating, count]) => sum + count * (rating - value) ** 2, 0);
  if (squares === 0) return { value, interval: null };
  const margin = studentQuantile(answers - 1) * Math.sqrt(squares / (answers - 1) / answers);
  return { value, interval: intervalAround(value, margin, { ...scale, value }) };
}

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

/**
 * How far the answers spread around what they average to, at the most: of a share when half say yes, of the Net
 * Promoter Score when half are promoters and half detractors. Planned with, it is never too few.
 */
const widest = { share: 0.25, nps: 1 } as const;

/** A share of people, such as who is satisfied; or the Net Promoter Score, as a difference of two shares. */
export type Planned = keyof typeof widest;

/**
 * How many answers are needed for the 95 % interval to reach no farther than `margin` to either side.
 *
 * @param margin above 0: of a share from 0 to 1, of the score in points ÷ 100
 * @param population how many there are at all: of few, fewer are enough; nothing when they are without number
 */
export function answersNeeded(planned: Planned, margin: number, population: number | null): number {
  const unlimited = (normalQuantile ** 2 * widest[planned]) / margin ** 2;
  if (population === null) return Math.ceil(unlimited);
  return Math.min(population, Math.ceil(unlimited / (1 + (unlimited - 1) / population)));
}

/** How far the 95 % interval of that many answers reaches to either side, at the most; nothing without answers. */
export function plannedMargin(planned: Planned, answers: number, population: number | null): number | null {
  if (answers === 0) return null;
  const margin = normalQuantile * Math.sqrt(widest[planned] / answers);
  if (population === null) return margin;
  if (answers >= population) return 0;
  return margin * Math.sqrt((population - answers) / (population - 1));
}
