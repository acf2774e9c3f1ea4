import { describe, expect, test } from 'vitest';
import { ago, type Changes, day, factsWith, minute, now, type Person } from '../../../test/facts.ts';
import { decide, rules } from './decide.ts';

const asked = (metric: Person['asked'][number]['metric'], at: Date, survey = `${metric}-survey`) => ({
  asked: [{ metric, survey, at }],
});

/** What each rule holds against asking, and a piece of what it says. */
const withheld: readonly [reason: string, what: string, changes: Changes, sentence: string][] = [
  ['merged', 'the vendor says so', { ticket: { merged: true } }, 'merged into another one'],
  ['merged', 'it has the tag of a merge', { ticket: { tags: ['vip', 'closed_by_merge'] } }, 'merged into another one'],
  ['spam', 'it is spam', { ticket: { spam: true } }, 'is spam'],
  ['reopened', 'it is open', { ticket: { state: 'open' } }, 'was reopened'],
  ['reopened', 'it is gone', { ticket: { state: 'gone' } }, 'was deleted'],
  [
    'unknown_time',
    'it was found sealed and nobody knows since when',
    { ticket: { sealed: true, createdAt: ago(31 * day) }, resolution: { exact: false, seenOpen: false } },
    'does not say when it was resolved',
  ],
  [
    'before_connection',
    'it was resolved before',
    { listensSince: ago(59 * minute) },
    'resolved on 20 March 2026, before this connection was made',
  ],
  [
    'too_late',
    'it was first seen after more than 7 days',
    { resolution: { resolvedAt: ago(7 * day + 1) } },
    'resolved on 13 March 2026 but first seen on 20 March 2026, more than 7 days later',
  ],
  ['no_requester', 'nobody asked for it', { person: null }, 'no requester'],
  ['no_email', 'the requester has none', { person: { email: '' } }, 'no email address'],
  ['own_people', 'the requester works here', { requester: { staff: true } }, 'one of your own agents or admins'],
  [
    'own_people',
    'the address is our own',
    { person: { email: 'support@example.com' } },
    "The requester's address is one of your own",
  ],
  ['suspended', 'the requester is', { requester: { suspended: true } }, 'is suspended'],
  ['shared', 'the record is another account’s', { requester: { shared: true } }, 'belongs to another account'],
  ['opted_out', 'of all email', { requester: { optedOut: true } }, 'opted out of all email'],
  [
    'undeliverable',
    'mail bounced',
    { person: { bouncedAt: new Date('2026-02-01T23:59:00Z') } },
    'bounced on 1 February 2026',
  ],
  [
    'undeliverable',
    'the vendor says so',
    { requester: { undeliverable: true } },
    'marked this address as undeliverable',
  ],
  [
    'unsubscribed',
    'they did',
    { person: { unsubscribedAt: new Date('2026-01-02T00:00:00Z') } },
    'unsubscribed from surveys on 2 January 2026',
  ],
  ['do_not_survey', 'a record says so', { person: { doNotSurvey: true } }, '(feedback_do_not_survey)'],
  ['no_public_reply', 'nobody replied', { ticket: { publicReplies: 0 } }, 'No agent replied'],
  ['another_survey', 'one asks already', { askedBy: 'first-survey' }, 'about this ticket: "first-survey"'],
  [
    'quiet_period',
    'the same metric within its own',
    { person: asked('nps', ago(90 * day - 1)) },
    'were already asked by "nps-survey" on 20 December 2025; the quiet period of 90 days ends on 20 March 2026',
  ],
  [
    'quiet_period',
    'another metric within 7 days',
    { person: asked('csat', ago(7 * day - 1)) },
    'by "csat-survey" on 13 March 2026; the quiet period of 7 days ends on 20 March 2026',
  ],
  [
    'quiet_period',
    'an invitation is scheduled',
    { person: asked('ces', new Date(now.getTime() + day)) },
    'are already to be asked by "ces-survey" on 21 March 2026; the quiet period of 7 days ends on 28 March 2026',
  ],
  [
    'quiet_period',
    'a shorter one of its own, whatever the metric',
    { survey: { quietPeriod: 'P1D' }, person: asked('csat', ago(day - 1)) },
    'the quiet period of 1 day ends',
  ],
  [
    'quiet_period',
    'the latest of several is within it',
    {
      person: {
        asked: [
          { metric: 'nps', survey: 'older', at: ago(80 * day) },
          { metric: 'nps', survey: 'latest', at: ago(20 * day) },
          { metric: 'nps', survey: 'oldest', at: ago(85 * day) },
        ],
      },
    },
    'by "latest" on 28 February 2026; the quiet period of 90 days ends on 29 May 2026',
  ],
];

describe('nobody is asked', () => {
  test.each(withheld)('%s: %s', (reason, _, changes, sentence) => {
    const judgement = decide(factsWith(changes));

    expect(judgement).toMatchObject({ verdict: 'withheld', reason });
    expect(judgement.because).toContain(sentence);
  });

  test.each(withheld)('%s: %s, in a sentence that an admin understands', (_, __, changes) => {
    const { because } = decide(factsWith(changes));

    expect(because).toMatch(/^[A-Z][^\n]*[^.]\.$/u);
    expect(because).not.toMatch(/undefined|null|NaN|Invalid|object|true|false|\d{4}-\d\d|@/u);
  });
});

describe('somebody is asked all the same', () => {
  test.each<[rule: string, although: string, changes: Changes]>([
    ['merged', 'the ticket was certainly not', { ticket: { merged: false } }],
    ['merged', 'a tag is like it', { ticket: { tags: ['not_closed_by_merge', 'merged'] } }],
    ['spam', 'a tag says spam', { ticket: { spam: false, tags: ['spam'] } }],
    ['unknown_time', 'it is sealed: the vendor tells when', { ticket: { sealed: true, createdAt: ago(31 * day) } }],
    [
      'unknown_time',
      'it is sealed: it was seen open',
      { ticket: { sealed: true, createdAt: ago(31 * day) }, resolution: { exact: false, seenOpen: true } },
    ],
    [
      'unknown_time',
      'it is sealed: it was made since',
      { ticket: { sealed: true, createdAt: ago(30 * day) }, resolution: { exact: false, seenOpen: false } },
    ],
    [
      'unknown_time',
      'nobody knows when: it is not sealed',
      { ticket: { createdAt: ago(31 * day) }, resolution: { exact: false, seenOpen: false } },
    ],
    ['before_connection', 'it was resolved that very moment', { listensSince: ago(60 * minute) }],
    ['too_late', 'it was first seen 7 days later', { resolution: { resolvedAt: ago(7 * day) } }],
    ['too_late', 'the mail leaves late', { resolution: { resolvedAt: ago(20 * day), firstSeenAt: ago(19 * day) } }],
    ['own_people', 'they are certainly not', { requester: { staff: false } }],
    ['own_people', 'the address is near to one of our own', { person: { email: 'ann+support@example.com' } }],
    ['suspended', 'they are certainly not', { requester: { suspended: false } }],
    ['shared', 'it is certainly not', { requester: { shared: false } }],
    ['opted_out', 'they certainly have not', { requester: { optedOut: false } }],
    ['undeliverable', 'it certainly is not', { requester: { undeliverable: false } }],
    ['no_public_reply', 'there were many', { ticket: { publicReplies: 12 } }],
    ['quiet_period', 'it has just ended', { person: asked('nps', ago(90 * day)) }],
    ['quiet_period', 'another metric asked 7 days ago', { person: asked('csat', ago(7 * day)) }],
    [
      'quiet_period',
      'another metric asked within its own, longer one',
      { survey: { metric: 'csat', quietPeriod: 'P30D' }, person: asked('nps', ago(8 * day)) },
    ],
    [
      'quiet_period',
      'the survey has a shorter one',
      { survey: { quietPeriod: 'P1D' }, person: asked('nps', ago(day)) },
    ],
    [
      'quiet_period',
      'the shorter one counts for other metrics too',
      { survey: { quietPeriod: 'P1D' }, person: asked('csat', ago(day)) },
    ],
    ['quiet_period', 'PT0S lifts it', { survey: { quietPeriod: 'PT0S' }, person: asked('nps', ago(1)) }],
    [
      'quiet_period',
      'PT0S lifts the one across metrics',
      { survey: { quietPeriod: 'PT0S' }, person: asked('ces', ago(1)) },
    ],
    [
      'quiet_period',
      'PT0S lifts what is scheduled',
      { survey: { quietPeriod: 'PT0S' }, person: asked('nps', ago(-day)) },
    ],
  ])('%s: %s', (_, __, changes) => {
    expect(decide(factsWith(changes))).toMatchObject({ verdict: 'asked', reason: 'asked' });
  });

  test.each([
    ['csat', 'P7D'],
    ['ces', 'P7D'],
    ['nps', 'P90D'],
  ] as const)('with %s, after %s', (metric, quietPeriod) => {
    const length = quietPeriod === 'P90D' ? 90 * day : 7 * day;

    expect(decide(factsWith({ survey: { metric }, person: asked(metric, ago(length)) })).reason).toBe('asked');
    expect(decide(factsWith({ survey: { metric }, person: asked(metric, ago(length - 1)) })).reason).toBe(
      'quiet_period',
    );
  });
});

describe('what is not known', () => {
  test('an address, is none to ask at', () => {
    const { person, ...facts } = factsWith();
    const { email: _unknown, ...nameless } = person as Person;

    expect(decide({ ...facts, person: nameless }).reason).toBe('no_email');
  });

  test('the age of a sealed ticket, may be any age', () => {
    const facts = factsWith({ ticket: { sealed: true }, resolution: { exact: false, seenOpen: false } });
    const { createdAt: _unknown, ...ticket } = facts.ticket;

    expect(decide(facts).reason).toBe('asked');
    expect(decide({ ...facts, ticket }).reason).toBe('unknown_time');
  });

  test('more of the requester, is nothing against asking', () => {
    const { requester: _unknown, ...ticket } = factsWith().ticket;

    expect(decide({ ...factsWith(), ticket }).reason).toBe('asked');
  });
});

test('every rule is shown to withhold', () => {
  expect([...new Set(withheld.map(([reason]) => reason))]).toEqual(rules.map(({ reason }) => reason));
});
