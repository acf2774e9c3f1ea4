import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../test/databases.ts';
import { aConnection, after, minute, now, second } from '../../test/stored.ts';
import { backlogs, type ConnectionRow, findConnection } from './connections.ts';
import type { Database } from './database.ts';
import {
  addNotices,
  claimNotices,
  finishNotices,
  journal,
  journalWaits,
  nextNotices,
  postponeNotices,
  type ReceivedNotice,
  releaseNotices,
  sortJournal,
} from './notices.ts';

const internal = { code: 'internal', params: {} } as const;
const noRequester = { code: 'no_requester_yet', params: {} } as const;

function notice(connection: ConnectionRow, changes: Partial<ReceivedNotice> = {}): ReceivedNotice {
  return {
    workspace_id: connection.workspaceId,
    connection_id: connection.id,
    key: randomUUID(),
    kind: 'ticket.changed',
    object_id: '1',
    into_id: null,
    happened_at: after(-second).toISOString(),
    received_at: now.toISOString(),
    ...changes,
  };
}

const all = { now, until: after(5 * minute), limit: 100 };

describeOnEachDatabase('notices', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** A connection with so many notices to look at. */
  async function hearing(count: number): Promise<ConnectionRow> {
    const connection = await aConnection(database);
    const received = Array.from({ length: count }, (_, index) => notice(connection, { object_id: String(index) }));
    await journal(database.db, received, now);
    await sortJournal(database.db, 100);
    return connection;
  }

  test('each is sorted once, however often it was delivered', async () => {
    const [heard, other] = [await aConnection(database), await aConnection(database)];
    const same = notice(heard);
    await journal(database.db, [same, same, notice(heard)], now);
    await journal(database.db, [same], now);
    await journal(database.db, [{ ...same, workspace_id: other.workspaceId, connection_id: other.id }], now);
    expect(await journalWaits(database.db)).toBe(true);

    const sorted = await sortJournal(database.db, 100);

    expect(sorted).toEqual({ taken: 3, connections: expect.arrayContaining([heard.id, other.id]) });
    expect(await journalWaits(database.db)).toBe(false);
    expect(await claimNotices(database.db, heard.id, all)).toHaveLength(2);
    expect(await claimNotices(database.db, other.id, all)).toHaveLength(1);
    expect((await findConnection(database.db, heard.id))?.lastNoticeAt).toEqual(now);
  });

  test('one that arrives again after it was sorted is no news', async () => {
    const connection = await aConnection(database);
    const same = notice(connection);
    await journal(database.db, [same], now);
    await sortJournal(database.db, 100);
    await journal(database.db, [same], after(minute));

    expect(await sortJournal(database.db, 100)).toEqual({ taken: 1, connections: [] });
    expect((await findConnection(database.db, connection.id))?.lastNoticeAt).toEqual(now);
  });

  test('the journal is taken oldest first, so many rows at a time', async () => {
    const connection = await aConnection(database);
    const keys = ['first', 'second', 'third'];
    for (const object_id of keys) await journal(database.db, [notice(connection, { object_id })], now);

    expect(await sortJournal(database.db, 2)).toMatchObject({ taken: 2 });
    const sorted = await claimNotices(database.db, connection.id, all);
    expect(sorted.map(({ objectId }) => objectId)).toEqual(['first', 'second']);
    expect(await sortJournal(database.db, 2)).toMatchObject({ taken: 1 });
    expect(await sortJournal(database.db, 2)).toEqual({ taken: 0, connections: [] });
  });

  test('sorters at once lose nothing and share nothing', async () => {
    const connection = await aConnection(database);
    for (let n = 0; n < 20; n += 1) await journal(database.db, [notice(connection), notice(connection)], now);

    const sorted = await Promise.all([1, 2, 3, 4].map(() => sortJournal(database.db, 5)));

    expect(sorted.reduce((sum, { taken }) => sum + taken, 0)).toBe(20);
    expect(await claimNotices(database.db, connection.id, all)).toHaveLength(40);
  });

  test('what PostgreSQL cannot keep in one notice does not hold up the others', async () => {
    const connection = await aConnection(database);
    await journal(
      database.db,
      [
        notice(connection, { object_id: 'a\0b\uD800', key: 'k\0', into_id: '\uDC00' }),
        notice(connection, { happened_at: new Date(8.64e15).toISOString() }),
        notice(connection, { happened_at: new Date(-1e14).toISOString() }),
        notice(connection, { object_id: 'fine' }),
      ],
      now,
    );

    await sortJournal(database.db, 100);

    const sorted = await claimNotices(database.db, connection.id, all);
    expect(sorted.map(({ objectId }) => objectId)).toEqual(['ab\uFFFD', '1', '1', 'fine']);
    expect(sorted.map(({ happenedAt }) => happenedAt)).toEqual([after(-second), now, now, after(-second)]);
  });

  test('what a poll found is one with what a webhook told', async () => {
    const connection = await aConnection(database);
    await journal(database.db, [notice(connection, { key: 'known' })], now);
    await sortJournal(database.db, 100);
    const found = (key: string) => ({
      workspaceId: connection.workspaceId,
      connectionId: connection.id,
      key,
      kind: 'ticket.changed',
      objectId: '1',
      happenedAt: now,
      receivedAt: now,
      dueAt: now,
    });

    expect(await addNotices(database.db, [found('known'), found('new')])).toBe(1);
    expect(await addNotices(database.db, [])).toBe(0);
  });

  test('a claim takes the oldest, keeps others away, and ends by itself', async () => {
    const connection = await hearing(3);
    const first = await claimNotices(database.db, connection.id, { ...all, limit: 2 });
    const second = await claimNotices(database.db, connection.id, all);

    expect([first, second].map((claimed) => claimed.map(({ objectId }) => objectId))).toEqual([['0', '1'], ['2']]);
    expect(await claimNotices(database.db, connection.id, { ...all, now: after(5 * minute - 1) })).toEqual([]);
    expect(await claimNotices(database.db, connection.id, { ...all, now: after(5 * minute) })).toHaveLength(3);
  });

  test('claimers at once share nothing and leave nothing', async () => {
    const connection = await hearing(60);

    const claims = await Promise.all(
      [1, 2, 3, 4].map(() => claimNotices(database.db, connection.id, { ...all, limit: 15 })),
    );

    expect(new Set(claims.flat().map(({ id }) => id)).size).toBe(60);
    expect(claims.map((claimed) => claimed.length)).toEqual([15, 15, 15, 15]);
  });

  test('what a process that is gone had claimed is free again', async () => {
    const [connection, other] = [await hearing(2), await hearing(1)];
    await claimNotices(database.db, connection.id, all);
    await claimNotices(database.db, other.id, all);

    await releaseNotices(database.db, connection.id);

    expect(await claimNotices(database.db, connection.id, all)).toHaveLength(2);
    expect(await claimNotices(database.db, other.id, all)).toEqual([]);
  });

  test('one that was looked at is not looked at again', async () => {
    const connection = await hearing(1);
    const [claimed] = await claimNotices(database.db, connection.id, all);
    await finishNotices(database.db, [claimed?.id ?? 0], { code: 'still_resolved', params: {} });

    expect(await claimNotices(database.db, connection.id, { ...all, now: after(10 * minute) })).toEqual([]);
    expect((await nextNotices(database.db)).map(({ connectionId }) => connectionId)).not.toContain(connection.id);
    expect((await backlogs(database.db, connection.workspaceId)).get(connection.id)).toBeUndefined();
  });

  test('one that could not be looked at is due later, and a try of its own counts', async () => {
    const connection = await hearing(1);
    const [{ id } = { id: 0 }] = await claimNotices(database.db, connection.id, all);
    await postponeNotices(database.db, [id], { until: after(minute), outcome: internal, counts: false });
    await postponeNotices(database.db, [id], { until: after(minute), outcome: noRequester, counts: true });

    expect(await claimNotices(database.db, connection.id, { ...all, now: after(minute - 1) })).toEqual([]);
    expect(await nextNotices(database.db)).toContainEqual({ connectionId: connection.id, at: after(minute) });
    expect((await backlogs(database.db, connection.workspaceId)).get(connection.id)?.noticesToLookAt).toBe(1);
    expect(await claimNotices(database.db, connection.id, { ...all, now: after(minute) })).toMatchObject([
      { attempts: 1, outcome: noRequester },
    ]);
  });
});
