import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proportion } from './statistics.ts';

function shareOf(count: number, of: number) {
  const share = proportion(count, of);
  if (!share?.interval) throw new Error('no share');
  return { value: share.value, ...share.interval };
}

const some = fc.integer({ min: 1, max: 2000 }).chain((of) => fc.tuple(fc.nat({ max: of }), fc.constant(of)));

describe('a share', () => {
  test('of nothing is nothing', () => {
    expect(proportion(0, 0)).toBeNull();
  });

  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods", Statistics
  // in Medicine 17, 1998, 857–872: table I, score method without continuity correction.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d in %d has the published interval', (count, of, low, high) => {
    const share = shareOf(count, of);

    expect(share.value).toBe(count / of);
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  });

  test('stays within its bounds, around what was counted', () => {
    fc.assert(
      fc.property(some, ([count, of]) => {
        const { value, low, high } = shareOf(count, of);

        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('and the rest mirror each other', () => {
    fc.assert(
      fc.property(some, ([count, of]) => {
        const [share, rest] = [shareOf(count, of), shareOf(of - count, of)];

        expect(rest.low).toBeCloseTo(1 - share.high, 12);
        expect(rest.high).toBeCloseTo(1 - share.low, 12);
      }),
    );
  });

  test('grows with every one more', () => {
    fc.assert(
      fc.property(some, ([count, of]) => {
        const [less, more] = [shareOf(count, of + 1), shareOf(count + 1, of + 1)];

        expect(more.low).toBeGreaterThan(less.low);
        expect(more.high).toBeGreaterThan(less.high);
      }),
    );
  });
});
