import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Metric, points, scaleFor } from '../../model/scale.ts';
import { meanRating, studentQuantile } from './statistics.ts';

const csat = scaleFor('csat', 5);
const ces = scaleFor('ces', 7);

describe('the mean rating', () => {
  test('is nothing without answers', () => {
    expect(meanRating(csat, new Map())).toBeNull();
    expect(meanRating(csat, new Map([[5, 0]]))).toBeNull();
  });

  test.each([
    [[[4, 1]], 4],
    [[[5, 300]], 5],
  ] as const)('has no interval while all ratings are the same: %j', (counts, value) => {
    expect(meanRating(csat, new Map(counts))).toEqual({ value, interval: null });
  });

  // The same ratings in SciPy 1.17: scipy.stats.t.interval(0.95, n - 1, mean, standard error), cut at the scale's ends.
  test.each([
    [csat, points(csat).map((rating) => [rating, 1] as const), 3, 1.036757, 4.963243],
    [csat, [[1, 1] as const, [3, 1] as const, [4, 1] as const, [5, 5] as const], 4.125, 2.906301, 5],
    [ces, [[7, 40] as const, [6, 25] as const, [1, 10] as const, [4, 5] as const], 5.75, 5.312737, 6.187263],
  ])('of %j rated %j', (scale, counts, mean, low, high) => {
    const found = meanRating(scale, new Map(counts));

    expect(found?.value).toBe(mean);
    expect(found?.interval?.low).toBeCloseTo(low, 3);
    expect(found?.interval?.high).toBeCloseTo(high, 3);
  });

  const rated = fc
    .constantFrom<[Metric, number]>(['csat', 3], ['csat', 5], ['csat', 10], ['ces', 7])
    .map(([metric, highest]) => scaleFor(metric, highest))
    .chain((scale) =>
      fc.record({
        scale: fc.constant(scale),
        counts: fc
          .array(fc.tuple(fc.constantFrom(...points(scale)), fc.integer({ min: 1, max: 50 })), { minLength: 2 })
          .map((pairs) => new Map(pairs)),
      }),
    );

  test('stays on the scale, around the mean', () => {
    fc.assert(
      fc.property(rated, ({ scale, counts }) => {
        const mean = meanRating(scale, counts);
        const { low, high } = mean?.interval ?? { low: mean?.value, high: mean?.value };

        expect(low).toBeGreaterThanOrEqual(scale.lowest);
        expect(low).toBeLessThanOrEqual(mean?.value ?? Number.NaN);
        expect(high).toBeGreaterThanOrEqual(mean?.value ?? Number.NaN);
        expect(high).toBeLessThanOrEqual(scale.highest);
      }),
    );
  });

  test('turns around with the scale', () => {
    fc.assert(
      fc.property(rated, ({ scale, counts }) => {
        const turn = (rating: number) => scale.lowest + scale.highest - rating;
        const one = meanRating(scale, counts);
        const other = meanRating(scale, new Map([...counts].map(([rating, count]) => [turn(rating), count])));

        expect(other?.value).toBeCloseTo(turn(one?.value ?? Number.NaN), 9);
        if (one?.interval) {
          expect(other?.interval?.low).toBeCloseTo(turn(one.interval.high), 9);
          expect(other?.interval?.high).toBeCloseTo(turn(one.interval.low), 9);
        }
      }),
    );
  });
});

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: critical values of Student's distribution, 0.975.
test.each([
  [1, 12.706],
  [2, 4.303],
  [4, 2.776],
  [5, 2.571],
  [6, 2.447],
  [10, 2.228],
  [30, 2.042],
  [100, 1.984],
])('with %d degrees of freedom 2.5 % lie above %d', (degrees, published) => {
  expect(studentQuantile(degrees)).toBeCloseTo(published, 3);
});
