import { describe, expect, test } from 'vitest';
import { ago, type Changes, day, factsWith, hour, minute, now, ticket } from '../../../test/facts.ts';
import { decide, rules } from './decide.ts';
import type { Asked } from './facts.ts';

const askedBy = (metric: Asked['metric'], at: Date, survey = `${metric}-survey`) => ({
  asked: [{ metric, survey, at }],
});

const onlyIf = (...conditions: object[]) => ({ survey: { audience: { conditions } } });

const keptElsewhere = (subject: string, resolvedAt = now) => ({
  resolution: { elsewhere: [{ system: 'HubSpot', subject, resolvedAt }] },
});

/** What each rule holds against asking, and a piece of what it says. */
const withheld: readonly [reason: string, what: string, changes: Changes, sentence: string][] = [
  ['merged', 'the vendor says so', { ticket: { merged: true } }, 'merged into another one'],
  ['merged', 'it has the tag of a merge', { ticket: { tags: ['vip', 'closed_by_merge'] } }, 'merged into another one'],
  ['gone', 'it is', { ticket: { state: 'gone' } }, 'was deleted'],
  ['spam', 'it is spam', { ticket: { spam: true } }, 'is spam'],
  ['reopened', 'it is open', { ticket: { state: 'open' } }, 'was reopened'],

  [
    'unknown_time',
    'it was found sealed and nobody knows since when',
    { ticket: { sealed: true, createdAt: ago(31 * day) }, resolution: { exact: false, seenOpen: false } },
    'does not say when it was resolved',
  ],
  [
    'before_connection',
    'it was resolved before',
    { resolution: { listensSince: ago(59 * minute) } },
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
  ['own_people', 'the requester works here', { record: { staff: true } }, 'one of your own agents or admins'],
  [
    'own_people',
    'the address is our own',
    { person: { email: 'support@example.com' } },
    'Their address is one of your own',
  ],
  ['own_people', 'the domain is our own', { ownDomains: ['example.com'] }, 'in one of your own domains'],
  [
    'own_people',
    'it is below our own',
    { ownDomains: ['acme.com'], person: { email: 'ann@mail.acme.com' } },
    'in one of your own domains',
  ],
  ['machine', 'the vendor says so', { record: { machine: true } }, 'knows their address to be a machine’s'],
  ['machine', 'the address is one', { person: { email: 'no-reply+42@example.org' } }, 'no person reads'],
  [
    'machine',
    'an admin named it',
    { machineAddresses: ['alerts@'], person: { email: 'alerts@example.org' } },
    'no person reads',
  ],
  [
    'machine',
    'somebody wants it asked',
    { recipient: {}, person: { email: 'noreply@example.org' } },
    'no person reads',
  ],
  ['suspended', 'the requester is', { record: { suspended: true } }, 'are suspended'],
  ['shared', 'the record is another account’s', { record: { shared: true } }, 'belongs to another account'],
  ['shared', 'all their records are', { recipient: {}, record: { shared: true } }, 'belongs to another account'],
  ['opted_out', 'of all email', { record: { optedOut: true } }, 'have opted out of all email'],
  [
    'undeliverable',
    'mail bounced',
    { person: { bouncedAt: new Date('2026-02-01T23:59:00Z') } },
    'bounced on 1 February 2026',
  ],
  ['undeliverable', 'the vendor says so', { record: { undeliverable: true } }, 'marked this address as undeliverable'],
  [
    'complained',
    'the owner did',
    { person: { complainedAt: new Date('2026-02-01T23:59:00Z') } },
    'as spam on 1 February 2026',
  ],
  [
    'unsubscribed',
    'they did',
    { person: { unsubscribedAt: new Date('2026-01-02T00:00:00Z') } },
    'unsubscribed from surveys on 2 January 2026',
  ],
  [
    'unsubscribed_survey',
    'they did from this one',
    { person: { unsubscribedHereAt: new Date('2026-01-02T00:00:00Z') } },
    'unsubscribed from this survey on 2 January 2026',
  ],
  [
    'suppressed',
    'they unsubscribed, and nothing else is left',
    { person: { suppressed: 'unsubscribed' } },
    'remembered',
  ],
  ['suppressed', 'they were erased', { person: { suppressed: 'erased' } }, 'was erased here'],
  ['do_not_survey', 'a record says so', { person: { doNotSurvey: 'on_record' } }, '(feedback_do_not_survey)'],
  ['do_not_survey', 'somebody here did', { person: { doNotSurvey: 'here' } }, 'Somebody here marked'],
  ['closed_by_automation', 'a rule closed it', { ticket: { handler: 'automation' } }, 'A rule closed the ticket'],
  ['no_public_reply', 'nobody replied', { ticket: { publicReplies: 0 } }, 'No agent replied'],
  [
    'ticket_conditions',
    'the brand is another one',
    { ...onlyIf({ field: 'brand', is: ['Acme', 'Beta'] }), ticket: { brand: 'Umbrella' } },
    'Survey "after-ticket" asks only where the ticket\'s brand is "Acme" or "Beta"',
  ],
  [
    'ticket_conditions',
    'the channel is one of those left out',
    { ...onlyIf({ field: 'channel', isNot: ['voice'] }), ticket: { channel: 'Voice' } },
    'does not ask where the ticket\'s channel is "voice"',
  ],
  [
    'ticket_conditions',
    'the second of several does not hold',
    {
      ...onlyIf({ field: 'tags', is: ['vip'] }, { field: 'priority', is: ['high'] }),
      ticket: { priority: 'low' },
    },
    'the ticket\'s priority is "high"',
  ],
  [
    'ticket_conditions',
    'the group is another one, by name and by id',
    { ...onlyIf({ field: 'group', is: ['Billing'] }), ticket: { group: { id: '12', name: 'Support' } } },
    'the ticket\'s group is "Billing"',
  ],
  [
    'ticket_conditions',
    'one of its tags is left out',
    { ...onlyIf({ field: 'tags', isNot: ['refund', 'VIP'] }), ticket: { tags: ['parcel', 'vip'] } },
    'the ticket\'s tags is "refund" or "VIP"',
  ],
  [
    'ticket_conditions',
    'there are too few replies',
    { ...onlyIf({ field: 'publicReplies', atLeast: 2 }) },
    "the ticket's number of public replies is at least 2",
  ],
  [
    'ticket_conditions',
    'there are too many replies',
    { ...onlyIf({ field: 'publicReplies', atLeast: 1, atMost: 3 }), ticket: { publicReplies: 4 } },
    'is at least 1 and at most 3',
  ],
  [
    'ticket_conditions',
    'a person handled it',
    onlyIf({ field: 'handler', is: ['ai_agent', 'automation'] }),
    'asks only where the ticket\'s handler is "ai_agent" or "automation"',
  ],
  [
    'ticket_conditions',
    'an AI agent handled it',
    { ...onlyIf({ field: 'handler', isNot: ['ai_agent'] }), ticket: { handler: 'ai_agent' } },
    'does not ask where',
  ],
  [
    'person_conditions',
    'they speak another language',
    { ...onlyIf({ field: 'language', is: ['de', 'fr'] }), person: { language: 'en-GB' } },
    'asks only where the person\'s language is "de" or "fr"',
  ],
  [
    'person_conditions',
    'their company is left out',
    { ...onlyIf({ field: 'company', isNot: ['acme inc'] }), person: { company: 'ACME Inc' } },
    'does not ask where the person\'s company is "acme inc"',
  ],
  [
    'person_conditions',
    'the property has none of the values',
    { ...onlyIf({ field: 'property', property: 'plan', is: ['pro'] }), record: { properties: { plan: 'free;old' } } },
    'the person\'s property "plan" is "pro"',
  ],
  [
    'person_conditions',
    'the property is empty',
    { ...onlyIf({ field: 'property', property: 'plan', is: ['pro'] }), record: { properties: {} } },
    'the person\'s property "plan" is "pro"',
  ],
  [
    'person_conditions',
    'they are to be asked without a ticket',
    { ...onlyIf({ field: 'language', isNot: ['en'] }), recipient: {}, person: { language: 'en' } },
    'does not ask where',
  ],
  [
    'another_survey',
    'one asks already',
    { resolution: { askedBy: 'first-survey' } },
    'about this ticket: "first-survey"',
  ],
  [
    'mirrored',
    'the same case is in another system',
    keptElsewhere('RE: [#4711] Fwd: where is  my PARCEL?', ago(25 * hour)),
    'kept in HubSpot as well',
  ],
  [
    'quiet_period',
    'the same metric within its own',
    { person: askedBy('nps', ago(90 * day - 1)) },
    'were already asked by "nps-survey" on 20 December 2025; the quiet period of 90 days ends on 20 March 2026',
  ],
  [
    'quiet_period',
    'another metric within 7 days',
    { person: askedBy('csat', ago(7 * day - 1)) },
    'by "csat-survey" on 13 March 2026; the quiet period of 7 days ends on 20 March 2026',
  ],
  [
    'quiet_period',
    'an invitation is scheduled',
    { person: askedBy('ces', new Date(now.getTime() + day)) },
    'are already to be asked by "ces-survey" on 21 March 2026; the quiet period of 7 days ends on 28 March 2026',
  ],
  [
    'quiet_period',
    'a shorter one of its own, whatever the metric',
    { survey: { quietPeriod: 'P1D' }, person: askedBy('csat', ago(day - 1)) },
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

/** The nearest case to each in which nothing is held against asking. */
const asked: readonly [rule: string, although: string, changes: Changes][] = [
  ['merged', 'the ticket was certainly not', { ticket: { merged: false } }],
  ['merged', 'a tag is like it', { ticket: { tags: ['not_closed_by_merge', 'merged'] } }],
  ['gone', 'it was merged into nothing and stands', { ticket: { state: 'resolved' } }],
  ['spam', 'a tag says spam', { ticket: { spam: false, tags: ['spam'] } }],
  ['reopened', 'it is still resolved', { ticket: { state: 'resolved' } }],
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
  ['before_connection', 'it was resolved that very moment', { resolution: { listensSince: ago(hour) } }],
  ['too_late', 'it was first seen 7 days later', { resolution: { resolvedAt: ago(7 * day) } }],
  ['too_late', 'the mail leaves late', { resolution: { resolvedAt: ago(20 * day), firstSeenAt: ago(19 * day) } }],
  ['no_requester', 'no record shows them now', { person: { records: [] } }],
  ['no_email', 'their record shows none', { record: { email: '', emails: [] } }],
  ['own_people', 'they are certainly not', { record: { staff: false } }],
  ['own_people', 'the address is near to one of our own', { person: { email: 'ann+support@example.com' } }],
  [
    'own_people',
    'the domain only ends like our own',
    { ownDomains: ['acme.com'], person: { email: 'ann@notacme.com' } },
  ],
  ['own_people', 'our own is below theirs', { ownDomains: ['support.example.com'] }],
  ['machine', 'they are certainly not', { record: { machine: false } }],
  ['machine', 'a person has such a name', { person: { email: 'donotreply.jones@example.org' } }],
  [
    'machine',
    'it is another of their addresses',
    { record: { machine: true, email: 'list@example.org' }, person: { email: 'ann@example.com' } },
  ],
  ['suspended', 'they are certainly not', { record: { suspended: false } }],
  ['shared', 'it is certainly not', { record: { shared: false } }],
  [
    'shared',
    'only one of their records is',
    {
      person: {
        records: [
          { id: '7', email: 'ann@example.com', emails: [] },
          { id: '8', email: 'ann@example.com', emails: [], shared: true },
        ],
      },
    },
  ],
  ['opted_out', 'they certainly have not', { record: { optedOut: false } }],
  ['undeliverable', 'it certainly is not', { record: { undeliverable: false } }],
  [
    'undeliverable',
    'it is another of their addresses',
    { record: { undeliverable: true, email: 'old@example.org' }, person: { email: 'ann@example.com' } },
  ],
  ['complained', 'nobody did', {}],
  ['unsubscribed', 'this is a test', { person: { unsubscribedAt: ago(day), test: true } }],
  ['unsubscribed_survey', 'this is a test', { person: { unsubscribedHereAt: ago(day), test: true } }],
  ['suppressed', 'this is a test', { person: { suppressed: 'unsubscribed', test: true } }],
  ['do_not_survey', 'this is a test', { person: { doNotSurvey: 'here', test: true } }],
  ['closed_by_automation', 'an AI agent solved it', { ticket: { handler: 'ai_agent' } }],
  [
    'closed_by_automation',
    'the survey lifts it',
    { survey: { audience: { closedByAutomation: 'ask' } }, ticket: { handler: 'automation' } },
  ],
  [
    'closed_by_automation',
    'the survey is about such tickets',
    { ...onlyIf({ field: 'handler', is: ['automation'] }), ticket: { handler: 'automation' } },
  ],
  ['closed_by_automation', 'no ticket is the occasion', { recipient: {} }],
  [
    'no_public_reply',
    'the survey lifts it',
    { survey: { audience: { unanswered: 'ask' } }, ticket: { publicReplies: 0 } },
  ],
  ['no_public_reply', 'its channel has none to count', { untold: 'publicReplies', ticket: { channel: 'voice' } }],
  ['no_public_reply', 'no ticket is the occasion', { recipient: {}, ticket: { publicReplies: 0 } }],
  ['no_public_reply', 'there were many', { ticket: { publicReplies: 12 } }],
  [
    'ticket_conditions',
    'the brand is one of them',
    { ...onlyIf({ field: 'brand', is: ['Acme', 'Beta'] }), ticket: { brand: ' beta' } },
  ],
  [
    'ticket_conditions',
    'the channel is none of those left out',
    { ...onlyIf({ field: 'channel', isNot: ['voice'] }), ticket: { channel: 'email' } },
  ],
  [
    'ticket_conditions',
    'the group is meant by its id',
    { ...onlyIf({ field: 'group', is: ['12'] }), ticket: { group: { id: '12', name: 'Support' } } },
  ],
  [
    'ticket_conditions',
    'one of its tags is wanted',
    { ...onlyIf({ field: 'tags', is: ['refund', 'VIP'] }), ticket: { tags: ['parcel', 'vip'] } },
  ],
  ['ticket_conditions', 'there are just enough replies', onlyIf({ field: 'publicReplies', atLeast: 1, atMost: 1 })],
  ['ticket_conditions', 'the system knows no brand', onlyIf({ field: 'brand', is: ['Acme'] })],
  ['ticket_conditions', 'no ticket is the occasion', { ...onlyIf({ field: 'tags', is: ['never'] }), recipient: {} }],
  [
    'person_conditions',
    'they speak a kind of the language',
    { ...onlyIf({ field: 'language', is: ['de', 'fr'] }), person: { language: 'fr-CA' } },
  ],
  [
    'person_conditions',
    'they speak it, as another system writes it',
    { ...onlyIf({ field: 'language', is: ['pt-BR'] }), person: { language: 'pt_br' } },
  ],
  [
    'person_conditions',
    'they read it in the script that their region reads',
    { ...onlyIf({ field: 'language', is: ['zh-Hant'] }), person: { language: 'zh-tw' } },
  ],
  [
    'person_conditions',
    'their company is another one',
    { ...onlyIf({ field: 'company', isNot: ['acme inc'] }), person: { company: 'ACME' } },
  ],
  [
    'person_conditions',
    'the property has one of the values among others',
    { ...onlyIf({ field: 'property', property: 'plan', is: ['pro'] }), record: { properties: { plan: 'free; Pro' } } },
  ],
  [
    'person_conditions',
    'the property is empty, and only a value is left out',
    { ...onlyIf({ field: 'property', property: 'plan', isNot: ['free'] }), record: { properties: {} } },
  ],
  ['person_conditions', 'no record is known', onlyIf({ field: 'property', property: 'plan', is: ['pro'] })],
  ['another_survey', 'no ticket is the occasion', { recipient: {}, resolution: { askedBy: 'first-survey' } }],
  ['mirrored', 'the subject is another one', keptElsewhere('Where is my invoice?')],
  ['mirrored', 'it was resolved more than 24 hours before', keptElsewhere(ticket.subject ?? '', ago(25 * hour + 1))],
  [
    'mirrored',
    'the survey lifts every quiet period',
    { survey: { quietPeriod: 'PT0S' }, ...keptElsewhere(ticket.subject ?? '', ago(25 * hour)) },
  ],
  ['mirrored', 'neither has a subject', { ...keptElsewhere('Re:'), ticket: { subject: ' ' } }],
  ['mirrored', 'numbers of the customer differ', { ...keptElsewhere('Order 4712'), ticket: { subject: 'Order 4711' } }],
  ['quiet_period', 'it has just ended', { person: askedBy('nps', ago(90 * day)) }],
  ['quiet_period', 'another metric asked 7 days ago', { person: askedBy('csat', ago(7 * day)) }],
  [
    'quiet_period',
    'another metric asked within its own, longer one',
    { survey: { metric: 'csat', quietPeriod: 'P30D' }, person: askedBy('nps', ago(8 * day)) },
  ],
  [
    'quiet_period',
    'the survey has a shorter one',
    { survey: { quietPeriod: 'P1D' }, person: askedBy('nps', ago(day)) },
  ],
  [
    'quiet_period',
    'the shorter one counts for other metrics too',
    { survey: { quietPeriod: 'P1D' }, person: askedBy('csat', ago(day)) },
  ],
  ['quiet_period', 'PT0S lifts it', { survey: { quietPeriod: 'PT0S' }, person: askedBy('nps', ago(1)) }],
  [
    'quiet_period',
    'PT0S lifts the one across metrics',
    { survey: { quietPeriod: 'PT0S' }, person: askedBy('ces', ago(1)) },
  ],
  [
    'quiet_period',
    'PT0S lifts what is scheduled',
    { survey: { quietPeriod: 'PT0S' }, person: askedBy('nps', ago(-day)) },
  ],
  [
    'quiet_period',
    'the survey says how long across metrics',
    { survey: { audience: { quietPeriodAcross: 'P2D' } }, person: askedBy('csat', ago(2 * day)) },
  ],
];

describe('somebody is asked all the same', () => {
  test.each(asked)('%s: %s', (_, __, changes) => {
    expect(decide(factsWith(changes))).toMatchObject({ verdict: 'asked', reason: 'asked' });
  });

  test.each([
    ['csat', 'P7D'],
    ['ces', 'P7D'],
    ['nps', 'P90D'],
  ] as const)('with %s, after %s', (metric, quietPeriod) => {
    const length = quietPeriod === 'P90D' ? 90 * day : 7 * day;

    expect(decide(factsWith({ survey: { metric }, person: askedBy(metric, ago(length)) })).reason).toBe('asked');
    expect(decide(factsWith({ survey: { metric }, person: askedBy(metric, ago(length - 1)) })).reason).toBe(
      'quiet_period',
    );
  });
});

describe('a test passes every rule but those that nothing could get past', () => {
  const always = ['merged', 'gone', 'no_requester', 'no_email', 'undeliverable', 'complained'];

  test.each(withheld.filter(([, , { person }]) => person !== null))('%s: %s', (reason, _, changes) => {
    const { verdict } = decide(factsWith({ ...changes, person: { ...changes.person, test: true } }));

    expect(verdict).toBe(always.includes(reason) ? 'withheld' : 'asked');
  });
});

test('every rule is shown to withhold, and not to', () => {
  const reasons = rules.map(({ reason }) => reason);

  expect([...new Set(withheld.map(([reason]) => reason))]).toEqual(reasons);
  expect([...new Set(asked.map(([reason]) => reason))]).toEqual(reasons);
});
