import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Category, category, highestPoints, isPoint, type Metric, points, scaleFor } from './scale.ts';

const scales: readonly (readonly [Metric, number])[] = [
  ['nps', 10],
  ['csat', 3],
  ['csat', 5],
  ['csat', 7],
  ['csat', 10],
  ['ces', 5],
  ['ces', 7],
];

describe('the scales', () => {
  test.each([
    ['nps', [10]],
    ['csat', [5, 3, 7, 10]],
    ['ces', [7, 5]],
  ] as const)('%s ends at one of %j, usually the first', (metric, highest) => {
    expect(highestPoints(metric)).toEqual(highest);
  });

  test.each([
    ['nps', 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['csat', 3, [1, 2, 3]],
    ['csat', 5, [1, 2, 3, 4, 5]],
    ['csat', 7, [1, 2, 3, 4, 5, 6, 7]],
    ['csat', 10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['ces', 5, [1, 2, 3, 4, 5]],
    ['ces', 7, [1, 2, 3, 4, 5, 6, 7]],
  ] as const)('%s to %d has its points', (metric, highest, expected) => {
    const scale = scaleFor(metric, highest);

    expect(scale.metric).toBe(metric);
    expect(points(scale)).toEqual(expected);
  });

  test.each(scales)('%s to %d takes its points and nothing else', (metric, highest) => {
    const scale = scaleFor(metric, highest);
    const all = points(scale);

    expect(all.every((rating) => isPoint(scale, rating))).toBe(true);
    for (const other of [scale.lowest - 1, highest + 1, highest - 0.5, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(isPoint(scale, other)).toBe(false);
    }
  });
});

describe('what a rating is called', () => {
  test.each<[Metric, number, Partial<Record<Category, readonly number[]>>]>([
    ['nps', 10, { detractor: [0, 1, 2, 3, 4, 5, 6], passive: [7, 8], promoter: [9, 10] }],
    ['csat', 3, { negative: [1], neutral: [2], positive: [3] }],
    ['csat', 5, { negative: [1, 2], neutral: [3], positive: [4, 5] }],
    ['csat', 7, { negative: [1, 2], neutral: [3, 4, 5], positive: [6, 7] }],
    ['csat', 10, { negative: [1, 2, 3, 4], neutral: [5, 6], positive: [7, 8, 9, 10] }],
    ['ces', 5, { hard: [1, 2], neutral: [3], easy: [4, 5] }],
    ['ces', 7, { hard: [1, 2], neutral: [3, 4, 5], easy: [6, 7] }],
  ])('%s to %d', (metric, highest, called) => {
    const scale = scaleFor(metric, highest);

    expect(Object.groupBy(points(scale), (rating) => category(scale, rating))).toEqual(called);
  });

  test('a higher rating is never called worse', () => {
    const rank: Readonly<Record<Category, number>> = {
      ...{ detractor: 0, negative: 0, hard: 0 },
      ...{ passive: 1, neutral: 1 },
      ...{ promoter: 2, positive: 2, easy: 2 },
    };
    fc.assert(
      fc.property(fc.constantFrom(...scales), fc.nat(10), fc.nat(10), ([metric, highest], one, other) => {
        const scale = scaleFor(metric, highest);
        fc.pre(isPoint(scale, one) && isPoint(scale, other) && one <= other);

        expect(rank[category(scale, one)]).toBeLessThanOrEqual(rank[category(scale, other)]);
      }),
    );
  });
});
