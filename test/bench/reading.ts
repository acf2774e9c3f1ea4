import { listTimeline } from '../../src/modules/contact-pages/queries/timeline.ts';
import { listContacts } from '../../src/modules/contacts/queries/list-contacts.ts';
import { listDecisions } from '../../src/modules/decisions/queries/list-decisions.ts';
import { listEvents } from '../../src/modules/events/queries/list-events.ts';
import { listInvitations } from '../../src/modules/invitations/queries/list-invitations.ts';
import { summarize } from '../../src/modules/reports/summary.ts';
import { listResponses } from '../../src/modules/responses/queries/list-responses.ts';
import type { Queryable } from '../../src/platform/database/database.ts';
import type { Page } from '../../src/platform/database/page.ts';
import { defaultWorkspace as workspaceId } from '../../src/platform/workspaces/queries.ts';
import type { Bench } from './apparatus/bench.ts';
import { saveHistory } from './apparatus/history.ts';
import { median, printTable, quantile, whole } from './apparatus/numbers.ts';

const rounds = 20;

/** The embedded database takes one writer and is for smaller accounts: it reads so much less. */
const embeddedShare = 20;

type Read = { what: string; read(db: Queryable): Promise<unknown> };

export function createReadingBench(answers: number): Bench {
  const title = [
    `Reading a page of each list and the reports, with ${whole(answers)} answers of two years, ${whole(2 * answers)} invitations and`,
    `as many events, embedded 1/${embeddedShare} of them: the median and the 95th percentile of ${rounds} in milliseconds.`,
  ].join('\n');
  return { title, run: (kind) => run(kind, kind.isEmbedded ? Math.ceil(answers / embeddedShare) : answers) };
}

async function run(kind: Parameters<Bench['run']>[0], answers: number): Promise<void> {
  const now = new Date();
  const created = await kind.create();
  try {
    const database = await created.open();
    try {
      await saveHistory(database, answers, now);
      const taken: string[][] = [];
      for (const { what, read } of reads(now)) {
        const times = await take(() => read(database.db));
        taken.push([what, median(times).toFixed(1), quantile(times, 0.95).toFixed(1)]);
      }
      printTable([['read', 'median', 'p95'], ...taken]);
    } finally {
      await database.stop();
    }
  } finally {
    await created.drop();
  }
}

async function take(read: () => Promise<unknown>): Promise<readonly number[]> {
  await read();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await read();
    times.push(performance.now() - began);
  }
  return times;
}

const page = (sort?: string): Page => ({
  limit: 50,
  ...(sort ? { sort: [{ by: sort.replace('-', ''), descending: sort.startsWith('-') }] } : {}),
});

function reads(now: Date): readonly Read[] {
  const contactId = '00000010-0000-4000-8000-000000000001';
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
  const responses =
    (filter: Parameters<typeof listResponses>[2], sort?: string, more = {}) =>
    (db: Queryable) =>
      listResponses(db, workspaceId, filter, { ...page(sort), ...more });
  const contacts =
    (filter: Parameters<typeof listContacts>[2], sort?: string, more = {}) =>
    (db: Queryable) =>
      listContacts(db, workspaceId, filter, { ...page(sort), ...more });
  const summary = (question: Partial<Parameters<typeof summarize>[1]>) => (db: Queryable) =>
    summarize(db, { workspaceId, ...question }, now);
  return [
    { what: 'responses', read: responses({}) },
    { what: 'responses, counted', read: responses({}, undefined, { count: true }) },
    { what: 'responses by rating', read: responses({}, 'rating') },
    { what: 'responses by comment', read: responses({}, 'comment') },
    { what: 'responses by agent', read: responses({}, 'agent') },
    { what: 'responses by survey', read: responses({}, 'survey') },
    { what: 'responses by change', read: responses({}, '-changedAt') },
    { what: 'responses of a survey', read: responses({ survey: 'nps' }) },
    { what: 'responses of a survey by agent', read: responses({ survey: 'nps' }, 'agent') },
    { what: 'responses of a contact', read: responses({ contact: contactId }) },
    { what: 'responses of an address', read: responses({ email: 'customer-16@example.com' }) },
    { what: 'responses of detractors', read: responses({ category: 'detractor', metric: 'nps' }) },
    { what: 'responses with a rare word', read: responses({ search: 'number 4242' }) },
    { what: 'responses of an agent', read: responses({ agent: 'Agent 4' }) },
    { what: 'responses with a tag', read: responses({ tag: 'tag 100' }) },
    { what: 'responses of a ticket', read: responses({ ticket: '4242' }) },
    { what: 'contacts', read: contacts({}) },
    { what: 'contacts, counted', read: contacts({}, undefined, { count: true }) },
    { what: 'contacts by rating', read: contacts({}, '-rating') },
    { what: 'contacts by comment', read: contacts({}, 'comment') },
    { what: 'contacts by date', read: contacts({}, '-date') },
    { what: 'contacts by name', read: contacts({}, 'name') },
    { what: 'contacts with a name', read: contacts({ name: 'mer 4242' }) },
    { what: 'contacts at risk by date', read: contacts({ atRisk: true }, '-date', { count: true }) },
    { what: 'contacts by CSAT rating', read: contacts({ metric: 'csat' }, '-rating') },
    { what: 'contacts by last asked', read: contacts({}, '-lastAskedAt') },
    { what: 'decisions', read: (db) => listDecisions(db, workspaceId, {}, page()) },
    { what: 'decisions of a ticket', read: (db) => listDecisions(db, workspaceId, { ticket: '4242' }, page()) },
    { what: 'invitations', read: (db) => listInvitations(db, workspaceId, {}, page()) },
    { what: 'invitations, bounced', read: (db) => listInvitations(db, workspaceId, { status: 'bounced' }, page()) },
    { what: 'invitations by due date', read: (db) => listInvitations(db, workspaceId, {}, page('dueAt')) },
    { what: 'invitations by sending', read: (db) => listInvitations(db, workspaceId, {}, page('-sentAt')) },
    { what: 'invitations of a ticket', read: (db) => listInvitations(db, workspaceId, { ticket: '4242' }, page()) },
    { what: 'events', read: (db) => listEvents(db, workspaceId, {}, page()) },
    { what: 'events by their time', read: (db) => listEvents(db, workspaceId, {}, page('-happenedAt')) },
    { what: 'events of an object', read: (db) => listEvents(db, workspaceId, { object: '4242' }, page()) },
    { what: 'events of a rare kind', read: (db) => listEvents(db, workspaceId, { kind: 'contact.merged' }, page()) },
    { what: 'a timeline', read: (db) => listTimeline(db, { workspaceId, contactId }, page()) },
    { what: 'summary of 30 days', read: summary({ from: ago(30), compare: 'previous' }) },
    { what: 'summary of 90 days', read: summary({ metric: 'nps', compare: 'previous' }) },
    { what: 'summary of 90 days by agent', read: summary({ metric: 'nps', by: 'agent' }) },
    { what: 'summary of 90 days by tag', read: summary({ metric: 'nps', by: 'tag' }) },
    { what: 'summary of two years by agent', read: summary({ from: ago(730), by: 'agent' }) },
    { what: 'summary of two years', read: summary({ from: ago(730) }) },
  ];
}
