import type { Scale } from '../survey/scale.ts';
import { type Estimate, intervalAround } from './estimate.ts';
import { studentQuantile } from './student-quantile.ts';

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
