import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ago, type Changes, day, factsWith, minute, now, ticket } from '../../../test/facts.ts';
import { decide, rules } from './decide.ts';

test('when nothing speaks against it, the survey asks', () => {
  expect(decide(factsWith())).toEqual({
    verdict: 'asked',
    reason: {
      code: 'asked',
      params: { kind: 'resolution', survey: 'after-ticket', when: { code: 'delay.usual', params: { delay: 'PT24H' } } },
    },
    notes: [],
    dueAt: new Date('2026-03-21T11:00:00Z'),
  });
});

const atOnce = { code: 'delay.at_once', params: {} };

test.each(['api', 'workflow', 'console', 'agent'] as const)(
  'asks whom %s wants to be asked, at once',
  (requestedBy) => {
    expect(decide(factsWith({ surveyRequest: { requestedBy } }))).toMatchObject({
      verdict: 'asked',
      reason: { code: 'asked', params: { kind: requestedBy, survey: 'after-ticket', when: atOnce } },
      dueAt: now,
    });
  },
);

test.each([
  ['PT0S', atOnce],
  ['PT15M', { code: 'delay.usual', params: { delay: 'PT15M' } }],
  ['PT36H', { code: 'delay.usual', params: { delay: 'PT36H' } }],
])('tells a delay of %s', (delay, when) => {
  expect(decide(factsWith({ survey: { delay } })).reason).toEqual({
    code: 'asked',
    params: { kind: 'resolution', survey: 'after-ticket', when },
  });
});

describe('the rules', () => {
  /** One thing in the way for each rule, in the order in which they decide: the ticket, its time, the contact, the rest. */
  const obstacles: readonly (readonly [reason: string, changes: Changes])[] = [
    ['merged', { ticket: { merged: true } }],
    ['gone', { ticket: { state: 'gone' } }],
    ['spam', { ticket: { spam: true } }],
    ['reopened', { ticket: { state: 'open' } }],
    [
      'unknown_time',
      { ticket: { archived: true, createdAt: ago(31 * day) }, resolution: { exact: false, seenOpen: false } },
    ],
    ['before_connection', { resolution: { activeSince: ago(59 * minute) } }],
    ['too_late', { resolution: { firstSeenAt: ago(-8 * day) } }],
    ['no_requester', { contact: null }],
    ['no_email', { contact: { email: '' } }],
    ['own_team', { record: { staff: true } }],
    ['machine', { record: { machine: true } }],
    ['suspended', { record: { suspended: true } }],
    ['shared', { record: { shared: true } }],
    ['opted_out', { record: { optedOut: true } }],
    ['undeliverable', { record: { undeliverable: true } }],
    ['complained', { contact: { complainedAt: ago(day) } }],
    ['unsubscribed', { contact: { unsubscribedAt: ago(day) } }],
    ['unsubscribed_survey', { contact: { unsubscribedHereAt: ago(day) } }],
    ['suppressed', { contact: { suppressed: 'erased' } }],
    ['do_not_survey', { contact: { doNotSurvey: 'here' } }],
    ['closed_by_automation', { ticket: { handler: 'automation' } }],
    ['no_public_reply', { ticket: { publicReplies: 0 } }],
    ['ticket_conditions', { ticket: { tags: ['internal'] } }],
    ['contact_conditions', { contact: { language: 'fr' } }],
    ['another_survey', { resolution: { askedBy: 'first-survey' } }],
    [
      'mirrored',
      { resolution: { elsewhere: [{ system: 'HubSpot', subject: ticket.subject ?? '', resolvedAt: now }] } },
    ],
    ['quiet_period', { contact: { asked: [{ metric: 'nps', survey: 'earlier', at: ago(day) }] } }],
  ];

  const conditions = [
    { field: 'tags', isNot: ['internal'] },
    { field: 'language', isNot: ['fr'] },
  ];

  test('are these, in this order, each with a reason of its own', () => {
    expect(rules.map(({ reason }) => reason)).toEqual(obstacles.map(([reason]) => reason));
  });

  test('leave it to the first that withholds', () => {
    fc.assert(
      fc.property(fc.subarray([...obstacles]), (present) => {
        const [reason = 'asked'] = present.map(([first]) => first);
        const judgement = decide(factsWith(together(present.map(([, changes]) => changes))));

        expect(judgement.reason.code).toBe(reason);
        expect(judgement.verdict).toBe(reason === 'asked' ? 'asked' : 'skipped');
      }),
    );
  });

  test('do not change what they look at', () => {
    const facts = factsWith({
      contact: {
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
    // A ticket is either open or gone: the rule on those that are gone comes first.
    const states = all.flatMap(({ ticket: { state } = {} }) => (state ? [state] : []));
    return {
      survey: { audience: { conditions } },
      resolution: joined('resolution'),
      ticket: { ...joined('ticket'), ...(states[0] ? { state: states[0] } : {}) },
      record: joined('record'),
      contact: all.some(({ contact }) => contact === null) ? null : joined('contact'),
    };
  }
});

describe('a rule on what the system does not know', () => {
  const facts = (changes: Changes = {}) => factsWith({ ...changes, untold: 'publicReplies' });
  const note = { code: 'replies_unknown', params: {} };

  test('is not applied, and the decision says so', () => {
    expect(decide(facts())).toMatchObject({ verdict: 'asked', notes: [note] });
  });

  test('says so when a later rule withholds', () => {
    expect(decide(facts({ resolution: { askedBy: 'first' } }))).toMatchObject({
      reason: { code: 'another_survey' },
      notes: [note],
    });
  });

  test('is not spoken of when an earlier rule withholds', () => {
    expect(decide(facts({ ticket: { spam: true } }))).toMatchObject({ reason: { code: 'spam' }, notes: [] });
  });
});

describe('a test', () => {
  const tried = { ticket: { tags: ['feedback_test'] } };

  test.each<[string, Changes]>([
    ['a contact marked as one', { contact: { test: true } }],
    ['a ticket with the tag', tried],
    ['a contact to be asked as one', { surveyRequest: { test: true } }],
  ])('of %s is asked at once', (_, changes) => {
    expect(decide(factsWith(changes))).toMatchObject({
      verdict: 'asked',
      reason: { code: 'asked', params: { kind: 'test', survey: 'after-ticket', when: atOnce } },
      dueAt: now,
    });
  });

  test('is not made of a tag that is like it', () => {
    expect(decide(factsWith({ ticket: { tags: ['feedback_test_2'] } }))).not.toMatchObject({ dueAt: now });
  });

  test('is not made of a tag that a follow-up ticket inherited', () => {
    const { tags } = tried.ticket;
    expect(decide(factsWith({ ticket: { tags, followUp: true } }))).not.toMatchObject({ dueAt: now });
  });

  test('waits for no quiet hours', () => {
    const timing = { quietHours: { from: '08:00', until: '20:00' }, weekdaysOnly: true };
    expect(decide(factsWith({ ...tried, survey: { timing } }))).toMatchObject({ dueAt: now, notes: [] });
  });
});
