import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { netPromoterScore } from './statistics.ts';

type Counts = { promoters: number; passives: number; detractors: number };

function scoreOf(counts: Counts) {
  const score = netPromoterScore(counts);
  if (!score?.interval) throw new Error('no score');
  return { value: score.value, ...score.interval };
}

const count = fc.nat({ max: 300 });
const some = fc
  .record({ promoters: count, passives: count, detractors: count })
  .filter(({ promoters, passives, detractors }) => promoters + passives + detractors > 0);

describe('the Net Promoter Score', () => {
  test('is nothing without answers', () => {
    expect(netPromoterScore({ promoters: 0, passives: 0, detractors: 0 })).toBeNull();
  });

  test.each([
    [{ promoters: 2, passives: 1, detractors: 1 }, 25],
    [{ promoters: 5, passives: 0, detractors: 5 }, 0],
    [{ promoters: 0, passives: 9, detractors: 0 }, 0],
    [{ promoters: 0, passives: 0, detractors: 3 }, -100],
  ])('of %j is %d', (counts, value) => {
    expect(scoreOf(counts).value).toBe(value);
  });

  // The formula worked by hand: 10 promoters, 6 passives, 4 detractors and three more answers make 23; the difference
  // is 6 ÷ 23, the sum 15.5 ÷ 23, the standard error √((0.673913 − 0.068053) ÷ 23) = 0.162302.
  test('has the adjusted Wald interval', () => {
    const { value, low, high } = scoreOf({ promoters: 10, passives: 6, detractors: 4 });

    expect(value).toBe(30);
    expect(low).toBeCloseTo(100 * (0.26087 - 1.959964 * 0.162302), 2);
    expect(high).toBeCloseTo(100 * (0.26087 + 1.959964 * 0.162302), 2);
  });

  test('stays within its bounds, around the score', () => {
    fc.assert(
      fc.property(some, (counts) => {
        const { value, low, high } = scoreOf(counts);

        expect(low).toBeGreaterThanOrEqual(-100);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        expect(high).toBeLessThanOrEqual(100);
        expect(high).toBeGreaterThan(low);
      }),
    );
  });

  test('turns around when promoters and detractors change places', () => {
    fc.assert(
      fc.property(some, ({ promoters, passives, detractors }) => {
        const one = scoreOf({ promoters, passives, detractors });
        const other = scoreOf({ promoters: detractors, passives, detractors: promoters });

        expect(other.value).toBeCloseTo(-one.value, 9);
        expect(other.low).toBeCloseTo(-one.high, 9);
        expect(other.high).toBeCloseTo(-one.low, 9);
      }),
    );
  });

  // The bounds need not follow: one promoter among detractors widens the interval by some hundredths of a point more than
  // it lifts its middle.
  test('rises when somebody likes it better', () => {
    fc.assert(
      fc.property(some, ({ promoters, passives, detractors }) => {
        const before = scoreOf({ promoters, passives: passives + 1, detractors });
        const after = scoreOf({ promoters: promoters + 1, passives, detractors });

        expect(after.value).toBeGreaterThan(before.value);
        expect(after.low).toBeGreaterThan(before.low - 0.05);
        expect(after.high).toBeGreaterThan(before.high - 0.05);
      }),
    );
  });

  test('is surer with more answers', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 2, max: 10 }), ({ promoters, passives, detractors }, times) => {
        const few = scoreOf({ promoters, passives, detractors });
        const many = scoreOf({
          promoters: promoters * times,
          passives: passives * times,
          detractors: detractors * times,
        });

        expect(many.value).toBeCloseTo(few.value, 9);
        expect(many.high - many.low).toBeLessThan(few.high - few.low);
      }),
    );
  });
});

/** How often the interval holds the true score: every possible sample with its exact probability, nothing drawn. */
function coverage(answers: number, shares: { promoter: number; detractor: number }): number {
  const { promoter, detractor } = shares;
  const truth = 100 * (promoter - detractor);
  let covered = 0;
  for (let promoters = 0; promoters <= answers; promoters += 1) {
    for (let detractors = 0; detractors <= answers - promoters; detractors += 1) {
      const passives = answers - promoters - detractors;
      const { low, high } = scoreOf({ promoters, passives, detractors });
      if (low > truth || truth > high) continue;
      const ways = logFactorial(answers) - logFactorial(promoters) - logFactorial(passives) - logFactorial(detractors);
      const each =
        promoters * Math.log(promoter) +
        detractors * Math.log(detractor) +
        passives * Math.log(1 - promoter - detractor);
      covered += Math.exp(ways + each);
    }
  }
  return covered;
}

const logFactorial = (n: number): number => (n === 0 ? 0 : Math.log(n) + logFactorial(n - 1));

const truths = Array.from({ length: 9 }, (_, i) =>
  Array.from({ length: 9 - i - 1 }, (_unused, j) => ({ promoter: (i + 1) / 10, detractor: (j + 1) / 10 })),
).flat();

test.each([
  [10, 0.92],
  [30, 0.935],
])('with %d answers the interval holds the truth as often as it says, at worst in %d', (answers, atWorst) => {
  const all = truths.map((shares) => coverage(answers, shares));

  expect(Math.min(...all)).toBeGreaterThan(atWorst);
  const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
  expect(mean).toBeGreaterThan(0.945);
  expect(mean).toBeLessThan(0.96);
});
