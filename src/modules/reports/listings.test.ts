import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
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
} from '../../../test/stored.ts';
import { BadRequest } from '../../model/errors.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Listed, Page } from '../../platform/database/page.ts';
import { listDecisions } from '../decisions/queries/list-decisions.ts';
import { addEvents } from '../events/queries/events.ts';
import { listEvents } from '../events/queries/list-events.ts';
import { listInvitations } from '../invitations/queries/list-invitations.ts';
import { findRecordLink, updateRecordLinks } from '../records/queries/record-links.ts';
import { addIntent } from '../responses/queries/intents.ts';
import { listResponses } from '../responses/queries/list-responses.ts';

type Filter = { ticket?: string; email?: string; connection?: string; survey?: string; contact?: string };
type Shown = { id: string; connection: string | null; contact: string | null; ticket: string | null };
type List = (db: Database['db'], workspaceId: string, filter: Filter, page: Page) => Promise<Listed<Shown>>;

const lists: readonly [string, List][] = [
  ['decisions', listDecisions],
  ['invitations', listInvitations],
  ['responses', listResponses],
];

async function fiveContacts(database: Database, workspaceId: string): Promise<Asked[]> {
  const hubspot = await aConnection(database, { workspaceId, connector: 'hubspot' });
  const zendesk = await aConnection(database, { workspaceId, connector: 'zendesk' });
  const survey = await aSurvey(database, workspaceId);
  const allAsked: Asked[] = [];
  for (const [index, minutes] of [0, 0, 0, 1, 2].entries()) {
    const of = { survey, email: `contact-${index}@example.com`, createdAt: after(minutes * minute) };
    const asked = await anInvitation(database, index < 4 ? hubspot : zendesk, of);
    await anAnswer(database, asked, { rating: 5 + index, at: of.createdAt });
    allAsked.push(asked);
  }
  return allAsked;
}

describeOnEachDatabase('lists', (open) => {
  let database: Database;
  let workspaceId: string;
  let allAsked: Asked[];

  // Five contacts in two systems, each asked and answered; the first three at the same moment.
  beforeAll(async () => {
    database = await open();
    workspaceId = await aWorkspace(database);
    allAsked = await fiveContacts(database, workspaceId);
    const stranger = await anInvitation(database, await aConnection(database));
    await anAnswer(database, stranger);
  });

  /** Everything that paging through a list shows, page by page. */
  async function pages(list: List, filter: Filter = {}, page: Page = { limit: 2 }) {
    const shown: (readonly Shown[])[] = [];
    let cursor: string | null = null;
    do {
      const { items, next }: Listed<Shown> = await list(database.db, workspaceId, filter, {
        ...page,
        ...(cursor === null ? {} : { cursor }),
      });
      if (items.length > 0) shown.push(items);
      cursor = next;
    } while (cursor !== null && shown.length < 20);
    return shown;
  }

  test.each(lists)('%s are paged newest first, complete and without repeats', async (_name, list) => {
    const shown = await pages(list);
    const rows = shown.flat();

    expect(shown.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(new Set(rows.map((row) => row.ticket))).toEqual(new Set(allAsked.map(({ ticket }) => ticket.externalId)));
    const [last, beforeLast] = allAsked.toReversed();
    expect(rows.slice(0, 2).map(({ contact }) => contact)).toEqual([last?.contactId, beforeLast?.contactId]);
  });

  test.each(lists)('a page of %s stays where it is when something new comes', async (_name, list) => {
    const workspaceId = await aWorkspace(database);
    const [first] = await fiveContacts(database, workspaceId);
    if (!first) throw new Error('no contact is there');
    const { next } = await list(database.db, workspaceId, {}, { limit: 2 });
    const page = { limit: 2, cursor: next ?? '' };
    const before = await list(database.db, workspaceId, {}, page);
    const of = { survey: first.survey, email: 'late@example.com', createdAt: after(5 * minute) };
    await anAnswer(database, await anInvitation(database, first.connection, of), { at: after(5 * minute) });

    expect(await list(database.db, workspaceId, {}, page)).toEqual(before);
  });

  test.each(lists)('%s are found by ticket, by address and by connection', async (_name, list) => {
    const [first, , , , last] = allAsked;
    const find = async (filter: Filter) => (await pages(list, filter)).flat();

    expect(await find({ ticket: first?.ticket.externalId ?? '' })).toMatchObject([
      { ticket: first?.ticket.externalId, contact: first?.contactId },
    ]);
    expect(await find({ email: 'contact-1@example.com' })).toMatchObject([{ contact: allAsked[1]?.contactId }]);
    expect(await find({ email: 'ann@example.com' })).toEqual([]);
    expect(await find({ connection: last?.connection.id ?? '' })).toMatchObject([{ connector: 'zendesk' }]);
    expect(await find({ ticket: first?.ticket.externalId ?? '', email: 'contact-1@example.com' })).toEqual([]);
    expect(await find({ survey: 'after-ticket' })).toHaveLength(5);
    expect(await find({ survey: 'another' })).toEqual([]);
  });

  test.each(lists)('%s refuse a cursor that is not theirs', async (_name, list) => {
    const place = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
    const cursors = ['x', place(), place('-other', now.toISOString(), '1'), place('-answeredAt', 'now', '1')];
    for (const cursor of [...cursors, place('-createdAt', 1, '1'), place('-decidedAt', now.toISOString())]) {
      await expect(list(database.db, workspaceId, {}, { limit: 2, cursor })).rejects.toThrow(BadRequest);
    }
  });

  test('an invitation shows what its contact did first', async () => {
    const [asked] = allAsked;
    const of = { workspaceId, invitationId: asked?.invitation.id ?? '' };
    for (const rating of [null, 0, 7]) await addIntent(database.db, { ...of, kind: 'open' }, rating, now);

    const { items } = await listInvitations(database.db, workspaceId, { email: 'contact-0@example.com' }, { limit: 1 });
    expect(items).toMatchObject([
      { firstIntent: 0, survey: 'after-ticket', status: 'scheduled', email: 'contact-0@example.com' },
    ]);
  });

  test('no invitation shows the half of its link, not even in the cursor', async () => {
    const ids = allAsked.map(({ invitation }) => invitation.id);
    const { items, next } = await listInvitations(database.db, workspaceId, {}, { limit: 5 });
    const shown = JSON.stringify(items) + Buffer.from(next ?? '', 'base64url').toString();
    expect(next).not.toBeNull();
    expect(ids.filter((id) => shown.includes(id))).toEqual([]);
  });

  test('a response shows what became of the score in every system', async () => {
    const [, asked] = allAsked;
    const searched = { connector: 'zendesk', state: 'searching', record: null, outcome: null, upToDate: false };
    const list = () => listResponses(database.db, workspaceId, { email: 'contact-1@example.com' }, { limit: 1 });
    const [before] = (await list()).items;
    expect(before).toMatchObject({ rating: 6, category: 'detractor', confirmedBy: 'submit', onRecord: true });
    expect(before?.records).toHaveLength(2);
    expect(before?.records).toContainEqual(expect.objectContaining(searched));
    const record = before?.records.find(({ connector }) => connector === 'hubspot')?.record ?? '';
    const recordLink = await findRecordLink(database.db, asked?.connection.id ?? '', record);
    await updateRecordLinks(database.db, [recordLink?.id ?? ''], {
      writtenRevision: 1,
      outcome: { code: 'written', params: {} },
    });

    expect((await list()).items[0]?.records).toContainEqual(
      expect.objectContaining({
        connector: 'hubspot',
        state: 'present',
        outcome: { code: 'written', params: {} },
        upToDate: true,
      }),
    );
  });

  test('notices are paged and found by ticket, which a contact’s are not', async () => {
    const connection = await aConnection(database);
    const event = (n: number, kind = 'ticket.changed') => ({
      workspaceId: connection.workspaceId,
      connectionId: connection.id,
      key: `${n}`,
      kind,
      objectId: String(n % 2),
      happenedAt: now,
      receivedAt: now,
      dueAt: n === 3 ? null : now,
    });
    await addEvents(database.db, [...[0, 1, 2, 3].map((n) => event(n)), event(5, 'contact.changed')]);
    const list = (filter: Parameters<typeof listEvents>[2], page: Page) =>
      listEvents(database.db, connection.workspaceId, filter, page);

    const first = await list({}, { limit: 3 });
    const second = await list({}, { limit: 3, cursor: first.next ?? '' });
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5);
    expect((await list({ ticket: '1' }, { limit: 9 })).items).toMatchObject([{ waiting: false }, { waiting: true }]);
    expect((await list({ connection: connection.id }, { limit: 9 })).items).toHaveLength(5);
    expect((await list({ kind: 'contact.changed' }, { limit: 9 })).items).toHaveLength(1);
    expect((await list({ waiting: false }, { limit: 9 })).items).toMatchObject([{ objectId: '1' }]);
  });
});
