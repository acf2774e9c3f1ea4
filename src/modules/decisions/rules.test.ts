import { describe, expect, test } from 'vitest';
import { ago, type Changes, day, factsWith, hour, minute, now, ticket } from '../../../test/facts.ts';
import { decide, rules } from './decide.ts';
import type { EarlierInvitation } from './facts.ts';

const askedBy = (metric: EarlierInvitation['metric'], at: Date, survey = `${metric}-survey`) => ({
  asked: [{ metric, survey, at }],
});

const onlyIf = (...conditions: object[]) => ({ survey: { audience: { conditions } } });

const elsewhere = (subject: string, resolvedAt = now) => ({
  resolution: { elsewhere: [{ system: 'HubSpot', subject, resolvedAt }] },
});

const domain = { kind: 'domain' };
const address = { kind: 'address' };

/** What each rule holds against asking, and what it names. */
const skipped: readonly [reason: string, what: string, changes: Changes, params: object][] = [
  ['merged', 'the vendor says so', { ticket: { merged: true } }, {}],
  ['gone', 'it is', { ticket: { state: 'gone' } }, {}],
  ['spam', 'it is spam', { ticket: { spam: true } }, {}],
  ['reopened', 'it is open', { ticket: { state: 'open' } }, {}],

  [
    'unknown_time',
    'it was found archived and nobody knows since when',
    { ticket: { archived: true, createdAt: ago(31 * day) }, resolution: { exact: false, seenOpen: false } },
    {},
  ],
  [
    'before_connection',
    'it was resolved before',
    { resolution: { activeSince: ago(59 * minute) } },
    { resolvedAt: '2026-03-20T11:00:00.000Z' },
  ],
  [
    'too_late',
    'it was first seen after more than 7 days',
    { resolution: { resolvedAt: ago(7 * day + 1) } },
    { resolvedAt: '2026-03-13T11:59:59.999Z', firstSeenAt: '2026-03-20T12:00:00.000Z' },
  ],
  ['no_requester', 'no contact asked for it', { contact: null }, {}],
  ['no_email', 'the requester has none', { contact: { email: '' } }, {}],
  ['own_team', 'the requester works here', { record: { staff: true } }, { kind: 'staff' }],
  ['own_team', 'the address is our own', { contact: { email: 'support@example.com' } }, address],
  ['own_team', 'the domain is our own', { ownDomains: ['example.com'] }, domain],
  ['own_team', 'it is below our own', { ownDomains: ['acme.com'], contact: { email: 'ann@mail.acme.com' } }, domain],
  ['machine', 'the vendor says so', { record: { machine: true } }, { kind: 'known' }],
  ['machine', 'the address is one', { contact: { email: 'no-reply+42@example.org' } }, address],
  ['machine', 'an admin named it', { machineAddresses: ['bot@'], contact: { email: 'bot@example.org' } }, address],
  ['machine', 'somebody wants it asked', { surveyRequest: {}, contact: { email: 'noreply@example.org' } }, address],
  ['suspended', 'the requester is', { record: { suspended: true } }, {}],
  ['shared', 'the record is another account’s', { record: { shared: true } }, {}],
  ['shared', 'all their records are', { surveyRequest: {}, record: { shared: true } }, {}],
  ['opted_out', 'of all email', { record: { optedOut: true } }, {}],
  [
    'undeliverable',
    'mail bounced',
    { contact: { bouncedAt: new Date('2026-02-01T23:59:00Z') } },
    { kind: 'bounced', at: '2026-02-01T23:59:00.000Z' },
  ],
  ['undeliverable', 'the vendor says so', { record: { undeliverable: true } }, { kind: 'marked' }],
  [
    'complained',
    'the owner did',
    { contact: { complainedAt: new Date('2026-02-01T23:59:00Z') } },
    { at: '2026-02-01T23:59:00.000Z' },
  ],
  [
    'unsubscribed',
    'they did',
    { contact: { unsubscribedAt: new Date('2026-01-02T00:00:00Z') } },
    { at: '2026-01-02T00:00:00.000Z' },
  ],
  [
    'unsubscribed_survey',
    'they did from this one',
    { contact: { unsubscribedHereAt: new Date('2026-01-02T00:00:00Z') } },
    { at: '2026-01-02T00:00:00.000Z' },
  ],
  [
    'suppressed',
    'they unsubscribed, and nothing else is left',
    { contact: { suppressed: 'unsubscribed' } },
    { kind: 'unsubscribed' },
  ],
  ['suppressed', 'they were erased', { contact: { suppressed: 'erased' } }, { kind: 'erased' }],
  ['do_not_survey', 'a record says so', { contact: { doNotSurvey: 'on_record' } }, { kind: 'on_record' }],
  ['do_not_survey', 'somebody here did', { contact: { doNotSurvey: 'here' } }, { kind: 'here' }],
  ['closed_by_automation', 'a rule closed it', { ticket: { handler: 'automation' } }, {}],
  ['no_public_reply', 'nobody replied', { ticket: { publicReplies: 0 } }, {}],
  [
    'ticket_conditions',
    'the brand is another one',
    { ...onlyIf({ field: 'brand', is: ['Acme', 'Beta'] }), ticket: { brand: 'Umbrella' } },
    { survey: 'after-ticket', field: 'brand', kind: 'only', values: ['Acme', 'Beta'] },
  ],
  [
    'ticket_conditions',
    'the channel is one of those left out',
    { ...onlyIf({ field: 'channel', isNot: ['voice'] }), ticket: { channel: 'Voice' } },
    { survey: 'after-ticket', field: 'channel', kind: 'except', values: ['voice'] },
  ],
  [
    'ticket_conditions',
    'the second of several does not hold',
    {
      ...onlyIf({ field: 'tags', is: ['vip'] }, { field: 'priority', is: ['high'] }),
      ticket: { priority: 'low' },
    },
    { survey: 'after-ticket', field: 'priority', kind: 'only', values: ['high'] },
  ],
  [
    'ticket_conditions',
    'the group is another one, by name and by id',
    { ...onlyIf({ field: 'group', is: ['Billing'] }), ticket: { group: { id: '12', name: 'Support' } } },
    { survey: 'after-ticket', field: 'group', kind: 'only', values: ['Billing'] },
  ],
  [
    'ticket_conditions',
    'one of its tags is left out',
    { ...onlyIf({ field: 'tags', isNot: ['refund', 'VIP'] }), ticket: { tags: ['parcel', 'vip'] } },
    { survey: 'after-ticket', field: 'tags', kind: 'except', values: ['refund', 'VIP'] },
  ],
  [
    'ticket_conditions',
    'there are too few replies',
    { ...onlyIf({ field: 'publicReplies', atLeast: 2 }) },
    { survey: 'after-ticket', field: 'publicReplies', kind: 'at_least', atLeast: 2 },
  ],
  [
    'ticket_conditions',
    'there are too many replies',
    { ...onlyIf({ field: 'publicReplies', atLeast: 1, atMost: 3 }), ticket: { publicReplies: 4 } },
    { survey: 'after-ticket', field: 'publicReplies', kind: 'between', atLeast: 1, atMost: 3 },
  ],
  [
    'ticket_conditions',
    'a person handled it',
    onlyIf({ field: 'handler', is: ['ai_agent', 'automation'] }),
    { survey: 'after-ticket', field: 'handler', kind: 'only', values: ['ai_agent', 'automation'] },
  ],
  [
    'ticket_conditions',
    'an AI agent handled it',
    { ...onlyIf({ field: 'handler', isNot: ['ai_agent'] }), ticket: { handler: 'ai_agent' } },
    { survey: 'after-ticket', field: 'handler', kind: 'except', values: ['ai_agent'] },
  ],
  [
    'contact_conditions',
    'they speak another language',
    { ...onlyIf({ field: 'language', is: ['de', 'fr'] }), contact: { language: 'en-GB' } },
    { survey: 'after-ticket', field: 'language', kind: 'only', values: ['de', 'fr'] },
  ],
  [
    'contact_conditions',
    'their company is left out',
    { ...onlyIf({ field: 'company', isNot: ['acme inc'] }), contact: { company: 'ACME Inc' } },
    { survey: 'after-ticket', field: 'company', kind: 'except', values: ['acme inc'] },
  ],
  [
    'contact_conditions',
    'the property has none of the values',
    { ...onlyIf({ field: 'property', property: 'plan', is: ['pro'] }), record: { properties: { plan: 'free;old' } } },
    { survey: 'after-ticket', field: 'property', property: 'plan', kind: 'only', values: ['pro'] },
  ],
  [
    'contact_conditions',
    'the property is empty',
    { ...onlyIf({ field: 'property', property: 'plan', is: ['pro'] }), record: { properties: {} } },
    { survey: 'after-ticket', field: 'property', property: 'plan', kind: 'only', values: ['pro'] },
  ],
  [
    'contact_conditions',
    'they are to be asked without a ticket',
    { ...onlyIf({ field: 'language', isNot: ['en'] }), surveyRequest: {}, contact: { language: 'en' } },
    { survey: 'after-ticket', field: 'language', kind: 'except', values: ['en'] },
  ],
  ['another_survey', 'one asks already', { resolution: { askedBy: 'first-survey' } }, { survey: 'first-survey' }],
  [
    'mirrored',
    'the same case is in another system',
    elsewhere('RE: [#4711] Fwd: where is  my PARCEL?', ago(25 * hour)),
    { system: 'HubSpot' },
  ],
  [
    'quiet_period',
    'the same metric within its own',
    { contact: askedBy('nps', ago(90 * day - 1)) },
    {
      kind: 'asked',
      survey: 'after-ticket',
      other: 'nps-survey',
      at: '2025-12-20T12:00:00.001Z',
      period: 'P90D',
      ends: '2026-03-20T12:00:00.001Z',
    },
  ],
  [
    'quiet_period',
    'another metric within 7 days',
    { contact: askedBy('csat', ago(7 * day - 1)) },
    {
      kind: 'asked',
      survey: 'after-ticket',
      other: 'csat-survey',
      at: '2026-03-13T12:00:00.001Z',
      period: 'P7D',
      ends: '2026-03-20T12:00:00.001Z',
    },
  ],
  [
    'quiet_period',
    'an invitation is scheduled',
    { contact: askedBy('ces', new Date(now.getTime() + day)) },
    {
      kind: 'scheduled',
      survey: 'after-ticket',
      other: 'ces-survey',
      at: '2026-03-21T12:00:00.000Z',
      period: 'P7D',
      ends: '2026-03-28T12:00:00.000Z',
    },
  ],
  [
    'quiet_period',
    'a shorter one of its own, whatever the metric',
    { survey: { quietPeriod: 'P1D' }, contact: askedBy('csat', ago(day - 1)) },
    {
      kind: 'asked',
      survey: 'after-ticket',
      other: 'csat-survey',
      at: '2026-03-19T12:00:00.001Z',
      period: 'P1D',
      ends: '2026-03-20T12:00:00.001Z',
    },
  ],
  [
    'quiet_period',
    'the latest of several is within it',
    {
      contact: {
        asked: [
          { metric: 'nps', survey: 'older', at: ago(80 * day) },
          { metric: 'nps', survey: 'latest', at: ago(20 * day) },
          { metric: 'nps', survey: 'oldest', at: ago(85 * day) },
        ],
      },
    },
    {
      kind: 'asked',
      survey: 'after-ticket',
      other: 'latest',
      at: '2026-02-28T12:00:00.000Z',
      period: 'P90D',
      ends: '2026-05-29T12:00:00.000Z',
    },
  ],
];

describe('no one is asked', () => {
  test.each(skipped)('%s: %s', (code, _, changes, params) => {
    expect(decide(factsWith(changes))).toMatchObject({ verdict: 'skipped' });
    expect(decide(factsWith(changes)).reason).toEqual({ code, params });
  });
});

/** The nearest case to each in which nothing is held against asking. */
const asked: readonly [rule: string, although: string, changes: Changes][] = [
  ['merged', 'the ticket was certainly not', { ticket: { merged: false } }],
  [
    'merged',
    'it follows up a merged ticket, whose tags it inherits',
    { ticket: { followUp: true, tags: ['closed_by_merge'] } },
  ],
  ['gone', 'it was merged into nothing and stands', { ticket: { state: 'resolved' } }],
  ['spam', 'a tag says spam', { ticket: { spam: false, tags: ['spam'] } }],
  ['reopened', 'it is still resolved', { ticket: { state: 'resolved' } }],
  ['unknown_time', 'it is archived: the vendor tells when', { ticket: { archived: true, createdAt: ago(31 * day) } }],
  [
    'unknown_time',
    'it is archived: it was seen open',
    { ticket: { archived: true, createdAt: ago(31 * day) }, resolution: { exact: false, seenOpen: true } },
  ],
  [
    'unknown_time',
    'it is archived: it was made since',
    { ticket: { archived: true, createdAt: ago(30 * day) }, resolution: { exact: false, seenOpen: false } },
  ],
  [
    'unknown_time',
    'nobody knows when: it is not archived',
    { ticket: { createdAt: ago(31 * day) }, resolution: { exact: false, seenOpen: false } },
  ],
  ['before_connection', 'it was resolved that very second', { resolution: { activeSince: ago(hour) } }],
  ['too_late', 'it was first seen 7 days later', { resolution: { resolvedAt: ago(7 * day) } }],
  ['too_late', 'the email leaves late', { resolution: { resolvedAt: ago(20 * day), firstSeenAt: ago(19 * day) } }],
  ['no_requester', 'no record shows them now', { contact: { records: [] } }],
  ['no_email', 'their record shows none', { record: { email: '', emails: [] } }],
  ['own_team', 'they are certainly not', { record: { staff: false } }],
  ['own_team', 'the address is near to one of our own', { contact: { email: 'ann+support@example.com' } }],
  [
    'own_team',
    'the domain only ends like our own',
    { ownDomains: ['acme.com'], contact: { email: 'ann@notacme.com' } },
  ],
  ['own_team', 'our own is below theirs', { ownDomains: ['support.example.com'] }],
  ['machine', 'they are certainly not', { record: { machine: false } }],
  ['machine', 'a person has such a name', { contact: { email: 'donotreply.jones@example.org' } }],
  [
    'machine',
    'it is another of their addresses',
    { record: { machine: true, email: 'list@example.org' }, contact: { email: 'ann@example.com' } },
  ],
  ['suspended', 'they are certainly not', { record: { suspended: false } }],
  ['shared', 'it is certainly not', { record: { shared: false } }],
  [
    'shared',
    'only one of their records is',
    {
      contact: {
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
    { record: { undeliverable: true, email: 'old@example.org' }, contact: { email: 'ann@example.com' } },
  ],
  ['complained', 'nobody did', {}],
  ['unsubscribed', 'this is a test', { contact: { unsubscribedAt: ago(day), test: true } }],
  ['unsubscribed_survey', 'this is a test', { contact: { unsubscribedHereAt: ago(day), test: true } }],
  ['suppressed', 'this is a test', { contact: { suppressed: 'unsubscribed', test: true } }],
  ['do_not_survey', 'this is a test', { contact: { doNotSurvey: 'here', test: true } }],
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
  ['closed_by_automation', 'no ticket is the occasion', { surveyRequest: {} }],
  [
    'no_public_reply',
    'the survey lifts it',
    { survey: { audience: { unanswered: 'ask' } }, ticket: { publicReplies: 0 } },
  ],
  ['no_public_reply', 'its channel has none to count', { untold: 'publicReplies', ticket: { channel: 'voice' } }],
  ['no_public_reply', 'no ticket is the occasion', { surveyRequest: {}, ticket: { publicReplies: 0 } }],
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
  [
    'ticket_conditions',
    'no ticket is the occasion',
    { ...onlyIf({ field: 'tags', is: ['never'] }), surveyRequest: {} },
  ],
  [
    'contact_conditions',
    'they speak a kind of the language',
    { ...onlyIf({ field: 'language', is: ['de', 'fr'] }), contact: { language: 'fr-CA' } },
  ],
  [
    'contact_conditions',
    'they speak it, as another system writes it',
    { ...onlyIf({ field: 'language', is: ['pt-BR'] }), contact: { language: 'pt_br' } },
  ],
  [
    'contact_conditions',
    'they read it in the script that their region reads',
    { ...onlyIf({ field: 'language', is: ['zh-Hant'] }), contact: { language: 'zh-tw' } },
  ],
  [
    'contact_conditions',
    'their company is another one',
    { ...onlyIf({ field: 'company', isNot: ['acme inc'] }), contact: { company: 'ACME' } },
  ],
  [
    'contact_conditions',
    'the property has one of the values among others',
    { ...onlyIf({ field: 'property', property: 'plan', is: ['pro'] }), record: { properties: { plan: 'free; Pro' } } },
  ],
  [
    'contact_conditions',
    'the property is empty, and only a value is left out',
    { ...onlyIf({ field: 'property', property: 'plan', isNot: ['free'] }), record: { properties: {} } },
  ],
  ['contact_conditions', 'no record is known', onlyIf({ field: 'property', property: 'plan', is: ['pro'] })],
  ['another_survey', 'no ticket is the occasion', { surveyRequest: {}, resolution: { askedBy: 'first-survey' } }],
  ['mirrored', 'the subject is another one', elsewhere('Where is my invoice?')],
  ['mirrored', 'it was resolved more than 24 hours before', elsewhere(ticket.subject ?? '', ago(25 * hour + 1))],
  [
    'mirrored',
    'the survey lifts every quiet period',
    { survey: { quietPeriod: 'PT0S' }, ...elsewhere(ticket.subject ?? '', ago(25 * hour)) },
  ],
  ['mirrored', 'neither has a subject', { ...elsewhere('Re:'), ticket: { subject: ' ' } }],
  ['mirrored', 'numbers of the customer differ', { ...elsewhere('Order 4712'), ticket: { subject: 'Order 4711' } }],
  ['quiet_period', 'it has just ended', { contact: askedBy('nps', ago(90 * day)) }],
  ['quiet_period', 'another metric asked 7 days ago', { contact: askedBy('csat', ago(7 * day)) }],
  [
    'quiet_period',
    'another metric asked within its own, longer one',
    { survey: { metric: 'csat', quietPeriod: 'P30D' }, contact: askedBy('nps', ago(8 * day)) },
  ],
  [
    'quiet_period',
    'the survey has a shorter one',
    { survey: { quietPeriod: 'P1D' }, contact: askedBy('nps', ago(day)) },
  ],
  [
    'quiet_period',
    'the shorter one counts for other metrics too',
    { survey: { quietPeriod: 'P1D' }, contact: askedBy('csat', ago(day)) },
  ],
  ['quiet_period', 'PT0S lifts it', { survey: { quietPeriod: 'PT0S' }, contact: askedBy('nps', ago(1)) }],
  [
    'quiet_period',
    'PT0S lifts the one across metrics',
    { survey: { quietPeriod: 'PT0S' }, contact: askedBy('ces', ago(1)) },
  ],
  [
    'quiet_period',
    'PT0S lifts what is scheduled',
    { survey: { quietPeriod: 'PT0S' }, contact: askedBy('nps', ago(-day)) },
  ],
  [
    'quiet_period',
    'the survey says how long across metrics',
    { survey: { audience: { quietPeriodAcross: 'P2D' } }, contact: askedBy('csat', ago(2 * day)) },
  ],
];

describe('a contact is asked all the same', () => {
  test.each(asked)('%s: %s', (_, __, changes) => {
    expect(decide(factsWith(changes))).toMatchObject({ verdict: 'asked', reason: { code: 'asked' } });
  });

  test.each([
    ['csat', 'P7D'],
    ['ces', 'P7D'],
    ['nps', 'P90D'],
  ] as const)('with %s, after %s', (metric, quietPeriod) => {
    const length = quietPeriod === 'P90D' ? 90 * day : 7 * day;

    expect(decide(factsWith({ survey: { metric }, contact: askedBy(metric, ago(length)) })).reason.code).toBe('asked');
    expect(decide(factsWith({ survey: { metric }, contact: askedBy(metric, ago(length - 1)) })).reason.code).toBe(
      'quiet_period',
    );
  });
});

describe('a test passes every rule but those that nothing could get past', () => {
  const always = ['merged', 'gone', 'no_requester', 'no_email', 'undeliverable', 'complained'];

  test.each(skipped.filter(([, , { contact }]) => contact !== null))('%s: %s', (reason, _, changes) => {
    const { verdict } = decide(factsWith({ ...changes, contact: { ...changes.contact, test: true } }));

    expect(verdict).toBe(always.includes(reason) ? 'skipped' : 'asked');
  });
});

test('every rule is shown to withhold, and not to', () => {
  const reasons = rules.map(({ reason }) => reason);

  expect([...new Set(skipped.map(([reason]) => reason))]).toEqual(reasons);
  expect([...new Set(asked.map(([reason]) => reason))]).toEqual(reasons);
});
