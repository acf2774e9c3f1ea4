import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../test/databases.ts';
import {
  type Asked,
  aConnection,
  after,
  anAnswer,
  anInvitation,
  aSurvey,
  aWorkspace,
  minute,
  now,
} from '../../test/stored.ts';
import { findCopy, updateCopies } from './copies.ts';
import type { Database } from './database.ts';
import { addIntent } from './invitations.ts';
import type { Filter, Page } from './listing-page.ts';
import { listDecisions, listInvitations, listNotices, listResponses } from './listings.ts';
import { addNotices } from './notices.ts';

type List = (
  db: Database['db'],
  workspaceId: string,
  filter: Filter,
  page: Page,
) => Promise<readonly { id: string; cursor?: string; at: Date; connection: string; ticket?: string }[]>;

const lists: readonly [string, List][] = [
  ['decisions', listDecisions],
  ['invitations', listInvitations],
  ['responses', listResponses],
];

describeOnEachDatabase('lists', (open) => {
  let database: Database;
  let workspaceId: string;
  let everybody: Asked[];

  // Five people in two systems, each asked and answered; the first three at the same moment.
  beforeAll(async () => {
    database = await open();
    workspaceId = await aWorkspace(database);
    const hubspot = await aConnection(database, { workspaceId, connector: 'hubspot' });
    const zendesk = await aConnection(database, { workspaceId, connector: 'zendesk' });
    const survey = await aSurvey(database, workspaceId);
    everybody = [];
    for (const [index, minutes] of [0, 0, 0, 1, 2].entries()) {
      const at = after(minutes * minute);
      const email = `person-${index}@example.com`;
      const asked = await anInvitation(database, index < 4 ? hubspot : zendesk, { survey, email, createdAt: at });
      await anAnswer(database, asked, { rating: 5 + index, at });
      everybody.push(asked);
    }
    const stranger = await anInvitation(database, await aConnection(database));
    await anAnswer(database, stranger);
  });

  /** Everything that paging through a list shows, page by page. */
  async function pages(list: List, filter: Filter = {}, limit = 2) {
    const shown: Awaited<ReturnType<List>>[] = [];
    let page: Page = { limit };
    for (;;) {
      const found = await list(database.db, workspaceId, filter, page);
      const last = found.at(-1);
      if (!last || shown.length > 10) return shown;
      shown.push(found);
      page = { limit, before: { at: last.at, id: last.cursor ?? last.id } };
    }
  }

  test.each(lists)('%s are paged newest first, complete and without repeats', async (_name, list) => {
    const shown = await pages(list);
    const rows = shown.flat();

    expect(shown.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(new Set(rows.map((row) => row.ticket))).toEqual(new Set(everybody.map(({ ticket }) => ticket.externalId)));
    if (list !== listDecisions) {
      expect(rows.map(({ at }) => (at.getTime() - now.getTime()) / minute)).toEqual([2, 1, 0, 0, 0]);
    }
  });

  test.each(lists)('a page of %s stays where it is when something new comes', async (_name, list) => {
    const [first = []] = await pages(list);
    const last = first.at(-1);
    const before = { at: last?.at ?? now, id: last?.cursor ?? last?.id ?? '' };
    const second = await list(database.db, workspaceId, {}, { limit: 2, before });

    expect(second.map(({ id }) => id)).not.toContain(last?.id);
    expect(second).toEqual((await pages(list))[1]);
  });

  test.each(lists)('%s are found by ticket, by address and by connection', async (_name, list) => {
    const [first, , , , last] = everybody;
    const find = async (filter: Filter) => (await pages(list, filter)).flat();

    expect(await find({ ticket: first?.ticket.externalId ?? '' })).toMatchObject([
      { ticket: first?.ticket.externalId, contact: first?.contactId },
    ]);
    expect(await find({ email: 'person-1@example.com' })).toMatchObject([{ contact: everybody[1]?.contactId }]);
    expect(await find({ email: 'ann@example.com' })).toEqual([]);
    expect(await find({ connection: last?.connection.id ?? '' })).toMatchObject([{ connector: 'zendesk' }]);
    expect(await find({ ticket: first?.ticket.externalId ?? '', email: 'person-1@example.com' })).toEqual([]);
  });

  test('an invitation shows what its person did first', async () => {
    const [asked] = everybody;
    const of = { workspaceId, invitationId: asked?.invitation.id ?? '' };
    for (const rating of [null, 0, 7]) await addIntent(database.db, of, rating, now);

    expect(
      await listInvitations(database.db, workspaceId, { email: 'person-0@example.com' }, { limit: 1 }),
    ).toMatchObject([{ firstIntent: 0, survey: 'after-ticket', status: 'scheduled', email: 'person-0@example.com' }]);
  });

  test('a response shows what became of the score in every system', async () => {
    const [, asked] = everybody;
    const wanted = { connector: 'zendesk', state: 'wanted', record: null, outcome: null, upToDate: false };
    const list = () => listResponses(database.db, workspaceId, { email: 'person-1@example.com' }, { limit: 1 });
    const [before] = await list();
    expect(before).toMatchObject({ rating: 6, metric: 'nps', scale: 10, confirmedBy: 'submit', onRecord: true });
    expect(before?.records).toHaveLength(2);
    expect(before?.records).toContainEqual(expect.objectContaining(wanted));
    const record = before?.records.find(({ connector }) => connector === 'hubspot')?.record ?? '';
    const copy = await findCopy(database.db, asked?.connection.id ?? '', record);
    await updateCopies(database.db, [copy?.id ?? ''], { writtenRevision: 1, outcome: 'written' });

    expect((await list())[0]?.records).toContainEqual(
      expect.objectContaining({ connector: 'hubspot', state: 'present', outcome: 'written', upToDate: true }),
    );
  });

  test('notices are paged and found by ticket, which a contact’s are not', async () => {
    const connection = await aConnection(database);
    const notice = (n: number, kind = 'ticket.changed') => ({
      workspaceId: connection.workspaceId,
      connectionId: connection.id,
      key: `${n}`,
      kind,
      objectId: String(n % 2),
      happenedAt: now,
      receivedAt: now,
      dueAt: n === 3 ? null : now,
    });
    await addNotices(database.db, [...[0, 1, 2, 3].map((n) => notice(n)), notice(5, 'contact.changed')]);
    const list = (filter: Filter, page: Page) => listNotices(database.db, connection.workspaceId, filter, page);

    const first = await list({}, { limit: 3 });
    const last = first.at(-1);
    const second = await list({}, { limit: 3, before: { at: last?.at ?? now, id: last?.id ?? '' } });
    expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(5);
    expect(await list({ ticket: '1' }, { limit: 9 })).toMatchObject([{ waiting: false }, { waiting: true }]);
    expect(await list({ connection: connection.id }, { limit: 9 })).toHaveLength(5);
  });
});
