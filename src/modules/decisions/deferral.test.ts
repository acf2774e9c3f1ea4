import { describe, expect, test } from 'vitest';
import { ago, type Changes, day, factsWith, now } from '../../../test/facts.ts';
import { decide } from './decide.ts';
import type { EarlierInvitation } from './facts.ts';

const askedBy = (metric: EarlierInvitation['metric'], at: Date) => ({
  asked: [{ metric, survey: `${metric}-survey`, at }],
});

describe('a survey that defers waits for the end of the quiet period', () => {
  const deferring = { metric: 'csat', audience: { whenQuiet: 'defer' } };

  test.each<[string, Changes, Date]>([
    ['of its own metric', { survey: deferring, contact: askedBy('csat', ago(2 * day)) }, ago(-5 * day)],
    ['across metrics', { survey: deferring, contact: askedBy('nps', ago(6 * day)) }, ago(-day)],
    [
      'that ends last',
      {
        survey: { ...deferring, quietPeriod: 'P10D' },
        contact: { asked: [...askedBy('csat', ago(9 * day)).asked, ...askedBy('nps', ago(3 * day)).asked] },
      },
      ago(-4 * day),
    ],
    ['of what is still to be sent', { survey: deferring, contact: askedBy('csat', ago(-day)) }, ago(-8 * day)],
    [
      'though somebody wants it now',
      { survey: deferring, surveyRequest: {}, contact: askedBy('csat', ago(2 * day)) },
      ago(-5 * day),
    ],
    [
      'as long as its link would live, from the resolution on',
      {
        survey: { ...deferring, expires: 'P5D' },
        resolution: { resolvedAt: now },
        contact: askedBy('csat', ago(2 * day)),
      },
      ago(-5 * day),
    ],
  ])('%s', (_, changes, dueAt) => {
    expect(decide(factsWith(changes))).toMatchObject({
      verdict: 'waiting',
      reason: { code: 'quiet_period', params: { kind: expect.stringMatching(/_waits$/u), survey: 'after-ticket' } },
      dueAt,
    });
  });

  test.each<[string, Changes]>([
    [
      'than its link would live',
      {
        survey: { ...deferring, expires: 'P5D' },
        resolution: { resolvedAt: ago(1) },
        contact: askedBy('csat', ago(2 * day)),
      },
    ],
    [
      'than 90 days',
      {
        survey: { ...deferring, expires: 'P365D', quietPeriod: 'P100D' },
        resolution: { resolvedAt: now },
        contact: askedBy('csat', ago(10 * day - 1)),
      },
    ],
  ])('but not longer %s', (_, changes) => {
    expect(decide(factsWith(changes))).toMatchObject({ verdict: 'skipped', reason: { code: 'quiet_period' } });
  });

  test('and then leaves in no quiet hours', () => {
    const timing = { quietHours: { from: '10:00', until: '20:00' } };
    const survey = { ...deferring, timing };

    expect(decide(factsWith({ survey, contact: askedBy('csat', ago(2 * day)) }))).toMatchObject({
      dueAt: new Date('2026-03-25T20:00:00Z'),
    });
  });
});
