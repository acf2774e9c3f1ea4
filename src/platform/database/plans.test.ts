import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveHistory } from '../../../test/bench/apparatus/history.ts';
import { describeOnServer } from '../../../test/databases.ts';
import { now } from '../../../test/stored.ts';
import { contactOrders, listContacts } from '../../modules/contacts/queries/list-contacts.ts';
import { decisionOrders, listDecisions } from '../../modules/decisions/queries/list-decisions.ts';
import { eventOrders, listEvents } from '../../modules/events/queries/list-events.ts';
import { invitationOrders, listInvitations } from '../../modules/invitations/queries/list-invitations.ts';
import { listResponses, responseOrders } from '../../modules/responses/queries/list-responses.ts';
import { defaultWorkspace as workspaceId } from '../workspaces/queries.ts';
import type { Queryable } from './database.ts';
import type { Page } from './page.ts';
import { openPostgresql } from './postgresql.ts';

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Plan Rows': number; Plans?: Plan[] };
type Statement = { text: string; parameters: unknown[] };

/** Enough for reading everything to cost more than an index. */
const answers = 20_000;

/** More than a page may be sorted, where a filter leaves few; never all rows. */
const mostSorted = 1000;

/** So small here, or empty, that reading them whole is the right plan. */
const small = new Set(['survey', 'connection', 'survey_request', 'address_state', 'intent', 'verdict']);

function reportIdleError(failure: Error): void {
  throw failure;
}

/** What a plan does with too many rows. */
function wasteIn(plan: Plan): string[] {
  const name = plan['Relation Name'] ?? '';
  const inputs = plan.Plans ?? [];
  const reads = plan['Node Type'] === 'Seq Scan' && !small.has(name) ? [`reads all of ${name}`] : [];
  const sorted = Math.max(0, ...inputs.map((input) => input['Plan Rows']));
  const sorts = plan['Node Type'] === 'Sort' && sorted > mostSorted ? [`sorts ${sorted} rows`] : [];
  return [...reads, ...sorts, ...inputs.flatMap(wasteIn)];
}

describeOnServer('plans of lists on PostgreSQL', (createEmpty) => {
  const ran: Statement[] = [];
  let client: pg.Client;
  let db: Queryable;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    const created = await createEmpty();
    remove = created.remove;
    const database = await openPostgresql(created.url, reportIdleError);
    await saveHistory(database, answers, now);
    await database.stop();
    client = new pg.Client({ connectionString: created.url });
    await client.connect();
    db = drizzle({ client, logger: { logQuery: (text, parameters) => ran.push({ text, parameters }) } });
  });
  afterAll(async () => {
    await client.end();
    await remove();
  });

  async function findWaste(read: (page: Page) => Promise<unknown>, page: Page): Promise<string[]> {
    ran.length = 0;
    await read(page);
    const found: string[] = [];
    for (const { text, parameters } of [...ran]) {
      const explained = await client.query(`explain (format json) ${text}`, parameters);
      found.push(...wasteIn(explained.rows[0]['QUERY PLAN'][0].Plan));
    }
    return found;
  }

  const lists = {
    contacts: { orders: contactOrders, read: (page: Page) => listContacts(db, workspaceId, {}, page) },
    decisions: { orders: decisionOrders, read: (page: Page) => listDecisions(db, workspaceId, {}, page) },
    events: { orders: eventOrders, read: (page: Page) => listEvents(db, workspaceId, {}, page) },
    invitations: { orders: invitationOrders, read: (page: Page) => listInvitations(db, workspaceId, {}, page) },
    responses: { orders: responseOrders, read: (page: Page) => listResponses(db, workspaceId, {}, page) },
  };
  const sorted = Object.entries(lists).flatMap(([list, { orders, read }]) =>
    orders.flatMap((by) => [false, true].map((descending) => ({ list, by, descending, read }))),
  );

  test.each(sorted)('$list by $by, descending $descending, are read by an index', async ({ by, descending, read }) => {
    expect(await findWaste(read, { limit: 50, sort: [{ by, descending }] })).toEqual([]);
  });

  const contact = '00000010-0000-4000-8000-000000000001';
  const email = 'customer-16@example.com';
  const ticket = '31';

  test.each([
    ['responses of a ticket', (page: Page) => listResponses(db, workspaceId, { ticket }, page)],
    ['responses of a contact', (page: Page) => listResponses(db, workspaceId, { contact }, page)],
    ['responses of an address', (page: Page) => listResponses(db, workspaceId, { email }, page)],
    ['responses of a survey', (page: Page) => listResponses(db, workspaceId, { survey: 'nps' }, page)],
    ['invitations of a ticket', (page: Page) => listInvitations(db, workspaceId, { ticket }, page)],
    ['invitations of a contact', (page: Page) => listInvitations(db, workspaceId, { contact }, page)],
    ['invitations of an address', (page: Page) => listInvitations(db, workspaceId, { email }, page)],
    ['invitations of a survey', (page: Page) => listInvitations(db, workspaceId, { survey: 'nps' }, page)],
    ['decisions about a ticket', (page: Page) => listDecisions(db, workspaceId, { ticket }, page)],
    ['decisions about a contact', (page: Page) => listDecisions(db, workspaceId, { contact }, page)],
    ['decisions about an address', (page: Page) => listDecisions(db, workspaceId, { email }, page)],
    ['decisions of a survey', (page: Page) => listDecisions(db, workspaceId, { survey: 'nps' }, page)],
    ['events about a ticket', (page: Page) => listEvents(db, workspaceId, { ticket }, page)],
    ['events about an object', (page: Page) => listEvents(db, workspaceId, { object: ticket }, page)],
    ['events of a kind', (page: Page) => listEvents(db, workspaceId, { kind: 'contact.merged' }, page)],
    ['events with an outcome', (page: Page) => listEvents(db, workspaceId, { outcome: 'gone' }, page)],
    ['the contact of a ticket', (page: Page) => listContacts(db, workspaceId, { ticket }, page)],
    ['the contact of an address', (page: Page) => listContacts(db, workspaceId, { email }, page)],
  ])('%s are read by an index', async (_title, read) => {
    expect(await findWaste(read, { limit: 50 })).toEqual([]);
  });
});
