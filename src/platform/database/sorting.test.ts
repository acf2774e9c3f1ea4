import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { aConnection, aContact, after, anAnswer, anInvitation, aSurvey, minute } from '../../../test/stored.ts';
import { category, highestPoints, metric as metrics, points, scaleFor } from '../../model/scale.ts';
import type { ConnectionRow } from '../../modules/connections/queries/connections.ts';
import { updateContact } from '../../modules/contacts/queries/contacts.ts';
import { type ContactFilter, listContacts } from '../../modules/contacts/queries/list-contacts.ts';
import { listResponses, type ResponseFilter } from '../../modules/responses/queries/list-responses.ts';
import { updateResponse } from '../../modules/responses/queries/responses.ts';
import type { VersionedSurvey } from '../../modules/surveys/queries/surveys.ts';
import { resolution } from '../../modules/tickets/tables.ts';
import type { Database } from './database.ts';
import type { Listed, SortBy } from './page.ts';

/** Every page of a list, with so many rows each. */
async function through<Row>(list: (cursor: { cursor?: string }) => Promise<Listed<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  let next: string | null = null;
  do {
    const page: Listed<Row> = await list(next === null ? {} : { cursor: next });
    rows.push(...page.items);
    next = page.next;
  } while (next !== null);
  return rows;
}

describeOnEachDatabase('sorted and filtered lists', (open) => {
  let database: Database;
  let connection: ConnectionRow;
  let survey: VersionedSurvey;
  const answers: readonly { rating: number; comment: string | null; name: string }[] = [
    { rating: 9, comment: 'Great, 100% happy', name: 'Ann' },
    { rating: 3, comment: null, name: 'Ben' },
    { rating: 9, comment: null, name: 'Cleo' },
    { rating: 3, comment: 'slow_answer', name: 'Dan' },
    { rating: 7, comment: 'Slow, but fine', name: 'Eve' },
  ];

  beforeAll(async () => {
    database = await open();
    connection = await aConnection(database);
    survey = await aSurvey(database, connection.workspaceId);
    for (const [index, { rating, comment, name }] of answers.entries()) {
      const email = `${name.toLowerCase()}@example.com`;
      const asked = await anInvitation(database, connection, { survey, email });
      await updateContact(database.db, asked.contactId, { name });
      const { id } = await anAnswer(database, asked, { rating, comment, at: after(index * minute) });
      if (name === 'Dan') await updateResponse(database.db, id, { mayContact: true, beforeReopening: true });
      if (name === 'Eve') {
        const ofTicket = eq(resolution.ticketId, asked.ticket.id);
        await database.db
          .update(resolution)
          .set({ tags: ['billing', 'vip'] })
          .where(ofTicket);
      }
    }
    const silent = await aContact(database, connection, { email: 'zoe@example.com' });
    await updateContact(database.db, silent, {
      name: 'Zoe',
      company: 'Umbrella',
      unsubscribedAt: after(0),
      doNotSurvey: true,
    });
  });

  const responses = (filter: ResponseFilter, sort: readonly SortBy[] = [], limit = 2) =>
    through((cursor) => listResponses(database.db, connection.workspaceId, filter, { limit, sort, ...cursor }));
  const contacts = async (filter: ContactFilter, sort: readonly SortBy[] = [], limit = 2) =>
    (
      await through((cursor) => listContacts(database.db, connection.workspaceId, filter, { limit, sort, ...cursor }))
    ).map(({ name }) => name);

  const up = (by: string) => ({ by, descending: false });
  const down = (by: string) => ({ by, descending: true });

  test.each([1, 2, 3, 50])('%i a page: by several columns in directions of their own', async (limit) => {
    const names = (await responses({}, [down('rating'), up('answeredAt')], limit)).map(({ name }) => name);
    expect(names).toEqual(['Ann', 'Cleo', 'Eve', 'Ben', 'Dan']);
    const other = (await responses({}, [up('rating'), down('answeredAt')], limit)).map(({ name }) => name);
    expect(other).toEqual(['Dan', 'Ben', 'Eve', 'Cleo', 'Ann']);
  });

  test.each([1, 2, 3, 50])('%i a page: who has no value comes last both ways', async (limit) => {
    const first = await responses({}, [up('comment'), up('answeredAt')], limit);
    expect(first.slice(3).map(({ name }) => name)).toEqual(['Ben', 'Cleo']);
    const last = await responses({}, [down('comment'), down('answeredAt')], limit);
    expect(last.slice(3).map(({ name }) => name)).toEqual(['Cleo', 'Ben']);
    expect(new Set(last.map(({ id }) => id)).size).toBe(5);
  });

  test.each([1, 4])('%i a page: contacts by their latest rating, comment, date and name', async (limit) => {
    expect(await contacts({}, [down('rating'), up('name')], limit)).toEqual([
      'Ann',
      'Cleo',
      'Eve',
      'Ben',
      'Dan',
      'Zoe',
    ]);
    expect(await contacts({}, [down('date')], limit)).toEqual(['Eve', 'Dan', 'Cleo', 'Ben', 'Ann', 'Zoe']);
    expect((await contacts({}, [down('comment')], limit)).slice(0, 3)).toEqual(['Eve', 'Dan', 'Ann']);
    expect((await contacts({}, [up('comment')], limit)).slice(0, 3)).toEqual(['Ann', 'Dan', 'Eve']);
    expect(await contacts({ metric: 'csat' }, [down('rating'), down('name')], limit)).toEqual([
      'Zoe',
      'Eve',
      'Dan',
      'Cleo',
      'Ben',
      'Ann',
    ]);
  });

  test('a page goes on where it ended though rows before it went away', async () => {
    const sort = [down('rating'), up('answeredAt')];
    const of = (page: object) => listResponses(database.db, connection.workspaceId, {}, { limit: 2, sort, ...page });
    const first = await of({});
    const [ann] = first.items;
    await updateResponse(database.db, ann?.id ?? '', { rating: 0 });
    const second = await of({ cursor: first.next });
    await updateResponse(database.db, ann?.id ?? '', { rating: 9 });

    expect(second.items.map(({ name }) => name)).toEqual(['Eve', 'Ben']);
  });

  test.each<[string, ResponseFilter, readonly string[]]>([
    ['a word in the comment, whatever its case', { search: 'SLOW' }, ['Dan', 'Eve']],
    ['a sign that means something else in a pattern', { search: '100%' }, ['Ann']],
    ['another', { search: 'w_a' }, ['Dan']],
    ['a backslash', { search: '\\' }, []],
    ['a comment', { hasComment: true }, ['Ann', 'Dan', 'Eve']],
    ['no comment', { hasComment: false }, ['Ben', 'Cleo']],
    ['a range of ratings', { ratingFrom: 4, ratingUntil: 7 }, ['Eve']],
    ['a category', { category: 'promoter' }, ['Ann', 'Cleo']],
    ['a category of another metric', { category: 'negative' }, []],
    ['a time', { from: after(minute), until: after(3 * minute) }, ['Ben', 'Cleo']],
    ['a metric', { metric: 'csat' }, []],
    ['a status', { status: 'confirmed', test: false }, ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve']],
    ['a group that no contact is in', { group: 'Sales' }, []],
    ['a tag', { tag: 'vip' }, ['Eve']],
    ['counting on the record', { onRecord: true, channel: 'email' }, ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve']],
    ['not counting on it', { onRecord: false }, []],
    ['who may be contacted', { mayContact: true }, ['Dan']],
    ['given before the ticket was reopened', { beforeReopening: true }, ['Dan']],
  ])('responses are found by %s', async (_title, filter, names) => {
    expect((await responses(filter)).map(({ name }) => name).toSorted()).toEqual(names);
  });

  test.each<[string, ContactFilter, readonly string[]]>([
    ['a part of their name', { name: 'E' }, ['Ben', 'Cleo', 'Eve', 'Zoe']],
    ['having a score', { hasRating: true }, ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve']],
    ['having none', { hasRating: false }, ['Zoe']],
    ['the category of their latest rating', { category: 'promoter' }, ['Ann', 'Cleo']],
    ['having written a comment with it', { hasComment: true }, ['Ann', 'Dan', 'Eve']],
    ['a part of their company', { company: 'umbr' }, ['Zoe']],
    ['having unsubscribed', { unsubscribed: true }, ['Zoe']],
    ['not to be asked', { doNotSurvey: true }, ['Zoe']],
    ['flags that no contact has', { atRisk: true }, []],
    ['other flags', { advocate: false, bounced: false, hasRating: false }, ['Zoe']],
    ['address', { email: 'ben@example.com' }, ['Ben']],
  ])('contacts are found by %s', async (_title, filter, names) => {
    expect((await contacts(filter)).toSorted()).toEqual(names);
  });

  test('a category is found as the domain names it, on every scale', async () => {
    const of = await aConnection(database);
    const survey = await aSurvey(database, of.workspaceId);
    const scales = metrics.options.flatMap((metric) =>
      highestPoints(metric).map((highest) => scaleFor(metric, highest)),
    );
    for (const scale of scales) {
      const asked = await anInvitation(database, of, { survey });
      const { id } = await anAnswer(database, asked);
      for (const rating of points(scale)) {
        await updateResponse(database.db, id, { metric: scale.metric, scale: scale.highest, rating });
        const named = category(scale, rating);
        const filter = { category: named, metric: scale.metric, ratingFrom: rating, ratingUntil: rating };
        const { items } = await listResponses(database.db, of.workspaceId, filter, { limit: 50 });
        expect(
          items.map((item) => item.id),
          `${scale.metric} ${rating}/${scale.highest}`,
        ).toContain(id);
      }
    }
  });
});
