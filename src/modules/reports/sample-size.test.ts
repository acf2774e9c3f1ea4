import { describe, expect, it } from 'vitest';
import { answersNeeded, plannedMargin } from './statistics.ts';

describe('how many answers are needed', () => {
  it.each([
    ['share', 0.05, null, 385],
    ['share', 0.03, null, 1068],
    ['share', 0.1, null, 97],
    ['share', 0.05, 1000, 278],
    ['share', 0.05, 10_000, 370],
    ['share', 0.05, 10, 10],
    ['nps', 0.1, null, 385],
    ['nps', 0.05, null, 1537],
    ['nps', 0.1, 1000, 278],
  ] as const)('for a %s within %d, of %s contacts: %i', (planned, margin, population, needed) => {
    expect(answersNeeded(planned, margin, population)).toBe(needed);
  });

  it('is never more than there are contacts', () => {
    expect(answersNeeded('nps', 0.0001, 50)).toBe(50);
  });
});

describe('how far an average may be off', () => {
  it('is what was planned with', () => {
    for (const population of [null, 1000, 40]) {
      const needed = answersNeeded('share', 0.05, population);
      expect(plannedMargin('share', needed, population)).toBeLessThanOrEqual(0.05);
      expect(plannedMargin('share', needed - 1, population)).toBeGreaterThan(0.05);
    }
  });

  it('is nothing when all have answered, and unknown when nobody has', () => {
    expect(plannedMargin('nps', 40, 40)).toBe(0);
    expect(plannedMargin('nps', 0, null)).toBeNull();
  });

  it('of the Net Promoter Score is twice that of a share', () => {
    expect(plannedMargin('nps', 100, null)).toBeCloseTo(2 * (plannedMargin('share', 100, null) ?? 0), 12);
    expect(plannedMargin('nps', 100, null)).toBeCloseTo(0.196, 4);
  });
});
