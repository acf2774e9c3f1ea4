import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ago, type Changes, day, factsWith, minute, now } from '../../../test/facts.ts';
import { decide, dueAt, rules } from './decide.ts';

test('when nothing speaks against it, the survey asks', () => {
  expect(decide(factsWith())).toEqual({
    verdict: 'asked',
    reason: 'asked',
    because:
      'The ticket was resolved and nothing speaks against asking: survey "after-ticket" asks 1 day after the resolution.',
    notes: [],
  });
});

test.each([
  ['PT0S', 'asks at once.'],
  ['PT15M', 'asks 15 minutes after the resolution.'],
  ['PT36H', 'asks 1 day and 12 hours after the resolution.'],
])('with a delay of %s it %s', (delay, sentence) => {
  expect(decide(factsWith({ survey: { delay } })).because).toContain(sentence);
});

describe('the rules', () => {
  /** One thing in the way for each rule, in the order in which they decide: the ticket, its time, the person, the rest. */
  const obstacles: readonly (readonly [reason: string, changes: Changes])[] = [
    ['merged', { ticket: { merged: true } }],
    ['spam', { ticket: { spam: true } }],
    ['reopened', { ticket: { state: 'open' } }],
    [
      'unknown_time',
      { ticket: { sealed: true, createdAt: ago(31 * day) }, resolution: { exact: false, seenOpen: false } },
    ],
    ['before_connection', { listensSince: ago(59 * minute) }],
    ['too_late', { resolution: { firstSeenAt: ago(-8 * day) } }],
    ['no_requester', { person: null }],
    ['no_email', { person: { email: '' } }],
    ['own_people', { requester: { staff: true } }],
    ['suspended', { requester: { suspended: true } }],
    ['shared', { requester: { shared: true } }],
    ['opted_out', { requester: { optedOut: true } }],
    ['undeliverable', { requester: { undeliverable: true } }],
    ['unsubscribed', { person: { unsubscribedAt: ago(day) } }],
    ['do_not_survey', { person: { doNotSurvey: true } }],
    ['no_public_reply', { ticket: { publicReplies: 0 } }],
    ['another_survey', { askedBy: 'first-survey' }],
    ['quiet_period', { person: { asked: [{ metric: 'nps', survey: 'earlier', at: ago(day) }] } }],
  ];

  test('are these, in this order, each with a reason of its own', () => {
    expect(rules.map(({ reason }) => reason)).toEqual(obstacles.map(([reason]) => reason));
  });

  test('leave it to the first that withholds', () => {
    fc.assert(
      fc.property(fc.subarray([...obstacles]), (present) => {
        const [reason = 'asked'] = present.map(([first]) => first);
        const judgement = decide(factsWith(together(present.map(([, changes]) => changes))));

        expect(judgement.reason).toBe(reason);
        expect(judgement.verdict).toBe(reason === 'asked' ? 'asked' : 'withheld');
      }),
    );
  });

  test('do not change what they look at', () => {
    const facts = factsWith({
      person: {
        asked: [
          { metric: 'csat', survey: 'later', at: ago(day) },
          { metric: 'csat', survey: 'earlier', at: ago(2 * day) },
        ],
      },
    });
    const before = structuredClone(facts);
    decide(facts);

    expect(facts).toEqual(before);
  });

  function together(all: readonly Changes[]): Changes {
    const joined = (part: keyof Changes) => Object.assign({}, ...all.map((changes) => changes[part]));
    return {
      ...Object.assign({}, ...all),
      resolution: joined('resolution'),
      ticket: joined('ticket'),
      requester: joined('requester'),
      person: all.some(({ person }) => person === null) ? null : joined('person'),
    };
  }
});

describe('a rule on what the system does not know', () => {
  const { publicReplies: _unknown, ...ticket } = factsWith().ticket;
  const note = 'Whether an agent replied publicly is not known to this system, so that rule was not applied.';

  test('is not applied, and the decision says so', () => {
    expect(decide({ ...factsWith(), ticket })).toMatchObject({ verdict: 'asked', notes: [note] });
  });

  test('says so when a later rule withholds', () => {
    expect(decide({ ...factsWith({ askedBy: 'first' }), ticket })).toMatchObject({
      reason: 'another_survey',
      notes: [note],
    });
  });

  test('is not spoken of when an earlier rule withholds', () => {
    expect(decide({ ...factsWith(), ticket: { ...ticket, spam: true } })).toMatchObject({ reason: 'spam', notes: [] });
  });
});

describe('the mail is due', () => {
  test.each([
    ['its delay after the resolution', 'PT24H', ago(60 * minute), new Date('2026-03-21T11:00:00Z')],
    ['at once without a delay', 'PT0S', ago(60 * minute), now],
    ['at once when the delay has passed', 'PT30M', ago(60 * minute), now],
    ['when the delay ends, that very moment', 'PT1H', ago(60 * minute), now],
  ])('%s', (_, delay, resolvedAt, due) => {
    expect(dueAt(factsWith({ survey: { delay }, resolution: { resolvedAt } }))).toEqual(due);
  });

  test('is not later for a vendor whose clock runs ahead of ours', () => {
    const resolution = { resolvedAt: new Date(now.getTime() + 10 * minute), firstSeenAt: now };
    expect(dueAt(factsWith({ survey: { delay: 'PT0S' }, resolution }))).toEqual(now);
  });
});
