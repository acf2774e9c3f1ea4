import { z } from 'zod';

export const metric = z.enum(['nps', 'csat', 'ces']);
export type Metric = z.infer<typeof metric>;

/** A metric with its points: the ratings from `lowest` to `highest`. */
export type Scale = { metric: Metric; lowest: number; highest: number };

const offered: Record<Metric, { lowest: number; highest: readonly [number, ...number[]] }> = {
  nps: { lowest: 0, highest: [10] },
  csat: { lowest: 1, highest: [5, 3, 7, 10] },
  ces: { lowest: 1, highest: [7, 5] },
};

/** The first is what a survey has that does not say. */
export function highestPoints(of: Metric): readonly [number, ...number[]] {
  return offered[of].highest;
}

export function scaleFor(of: Metric, highest: number): Scale {
  return { metric: of, lowest: offered[of].lowest, highest };
}

export function points(scale: Scale): readonly number[] {
  return Array.from({ length: scale.highest - scale.lowest + 1 }, (_, index) => scale.lowest + index);
}

export function isPoint(scale: Scale, rating: number): boolean {
  return Number.isInteger(rating) && rating >= scale.lowest && rating <= scale.highest;
}

/** What a rating is called: the value of the `…_latest_category` field. */
export type Category = 'promoter' | 'passive' | 'detractor' | 'positive' | 'neutral' | 'negative' | 'easy' | 'hard';

/** Where a rating stands on its scale, whatever its metric calls it. */
export const positions = ['top', 'middle', 'bottom'] as const;
export type Position = (typeof positions)[number];

const categories: Record<Metric, Record<Position, Category>> = {
  nps: { top: 'promoter', middle: 'passive', bottom: 'detractor' },
  csat: { top: 'positive', middle: 'neutral', bottom: 'negative' },
  ces: { top: 'easy', middle: 'neutral', bottom: 'hard' },
};

/**
 * NPS: promoter 9–10, passive 7–8, detractor 0–6. CSAT and CES: the top and the bottom ⌊40 %⌋ of the points, at
 * least one each, and neutral between.
 */
export function category(scale: Scale, rating: number): Category {
  return categories[scale.metric][ratingPosition(scale, rating)];
}

/** The same as `category`, without its name. */
export function ratingPosition(scale: Scale, rating: number): Position {
  const count = points(scale).length;
  const share = Math.max(1, Math.floor(count * 0.4));
  const lowestTop = scale.metric === 'nps' ? 9 : scale.highest - share + 1;
  const highestBottom = scale.metric === 'nps' ? 6 : scale.lowest + share - 1;
  if (rating >= lowestTop) return 'top';
  return rating <= highestBottom ? 'bottom' : 'middle';
}
