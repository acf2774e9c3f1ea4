import { normalQuantile } from './estimate.ts';

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
export function marginOf(planned: Planned, answers: number, population: number | null): number | null {
  if (answers === 0) return null;
  const margin = normalQuantile * Math.sqrt(widest[planned] / answers);
  if (population === null) return margin;
  if (answers >= population) return 0;
  return margin * Math.sqrt((population - answers) / (population - 1));
}
