import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { aConnection, after, minute, now, second } from '../../../../test/stored.ts';
import type { Database } from '../../../platform/database/database.ts';
import { backlogs, type ConnectionRow, findConnection } from '../../connections/queries/connections.ts';
import {
  addEvents,
  claimEvents,
  finishEvents,
  hasReceivedEvents,
  moveReceivedEvents,
  nextEvents,
  postponeEvents,
  type ReceivedEvent,
  releaseEvents,
  saveReceivedEvents,
} from './events.ts';

const internal = { code: 'internal', params: {} } as const;
const noRequester = { code: 'no_requester_yet', params: {} } as const;

function event(connection: ConnectionRow, changes: Partial<ReceivedEvent> = {}): ReceivedEvent {
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

describeOnEachDatabase('events', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** A connection with so many events to look at. */
  async function withEvents(count: number): Promise<ConnectionRow> {
    const connection = await aConnection(database);
    const received = Array.from({ length: count }, (_, index) => event(connection, { object_id: String(index) }));
    await saveReceivedEvents(database.db, received, now);
    await moveReceivedEvents(database.db, 100);
    return connection;
  }

  test('each is sorted once, however often it was delivered', async () => {
    const [own, other] = [await aConnection(database), await aConnection(database)];
    const same = event(own);
    await saveReceivedEvents(database.db, [same, same, event(own)], now);
    await saveReceivedEvents(database.db, [same], now);
    await saveReceivedEvents(database.db, [{ ...same, workspace_id: other.workspaceId, connection_id: other.id }], now);
    expect(await hasReceivedEvents(database.db)).toBe(true);

    const sorted = await moveReceivedEvents(database.db, 100);

    expect(sorted).toEqual({ taken: 3, connections: expect.arrayContaining([own.id, other.id]) });
    expect(await hasReceivedEvents(database.db)).toBe(false);
    expect(await claimEvents(database.db, own.id, all)).toHaveLength(2);
    expect(await claimEvents(database.db, other.id, all)).toHaveLength(1);
    expect((await findConnection(database.db, own.id))?.lastEventAt).toEqual(now);
  });

  test('one that arrives again after it was sorted is no news', async () => {
    const connection = await aConnection(database);
    const same = event(connection);
    await saveReceivedEvents(database.db, [same], now);
    await moveReceivedEvents(database.db, 100);
    await saveReceivedEvents(database.db, [same], after(minute));

    expect(await moveReceivedEvents(database.db, 100)).toEqual({ taken: 1, connections: [] });
    expect((await findConnection(database.db, connection.id))?.lastEventAt).toEqual(now);
  });

  test('the journal is taken oldest first, so many rows at a time', async () => {
    const connection = await aConnection(database);
    const keys = ['first', 'second', 'third'];
    for (const object_id of keys) await saveReceivedEvents(database.db, [event(connection, { object_id })], now);

    expect(await moveReceivedEvents(database.db, 2)).toMatchObject({ taken: 2 });
    const sorted = await claimEvents(database.db, connection.id, all);
    expect(sorted.map(({ objectId }) => objectId)).toEqual(['first', 'second']);
    expect(await moveReceivedEvents(database.db, 2)).toMatchObject({ taken: 1 });
    expect(await moveReceivedEvents(database.db, 2)).toEqual({ taken: 0, connections: [] });
  });

  test('sorters at once lose nothing and share nothing', async () => {
    const connection = await aConnection(database);
    for (let n = 0; n < 20; n += 1) await saveReceivedEvents(database.db, [event(connection), event(connection)], now);

    const sorted = await Promise.all([1, 2, 3, 4].map(() => moveReceivedEvents(database.db, 5)));

    expect(sorted.reduce((sum, { taken }) => sum + taken, 0)).toBe(20);
    expect(await claimEvents(database.db, connection.id, all)).toHaveLength(40);
  });

  test('what PostgreSQL cannot keep in one notice does not hold up the others', async () => {
    const connection = await aConnection(database);
    await saveReceivedEvents(
      database.db,
      [
        event(connection, { object_id: 'a\0b\uD800', key: 'k\0', into_id: '\uDC00' }),
        event(connection, { happened_at: new Date(8.64e15).toISOString() }),
        event(connection, { happened_at: new Date(-1e14).toISOString() }),
        event(connection, { object_id: 'fine' }),
      ],
      now,
    );

    await moveReceivedEvents(database.db, 100);

    const sorted = await claimEvents(database.db, connection.id, all);
    expect(sorted.map(({ objectId }) => objectId)).toEqual(['ab\uFFFD', '1', '1', 'fine']);
    expect(sorted.map(({ happenedAt }) => happenedAt)).toEqual([after(-second), now, now, after(-second)]);
  });

  test('what a poll found is one with what a webhook told', async () => {
    const connection = await aConnection(database);
    await saveReceivedEvents(database.db, [event(connection, { key: 'known' })], now);
    await moveReceivedEvents(database.db, 100);
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

    expect(await addEvents(database.db, [found('known'), found('new')])).toBe(1);
    expect(await addEvents(database.db, [])).toBe(0);
  });

  test('a claim takes the oldest, keeps others away, and ends by itself', async () => {
    const connection = await withEvents(3);
    const first = await claimEvents(database.db, connection.id, { ...all, limit: 2 });
    const second = await claimEvents(database.db, connection.id, all);

    expect([first, second].map((claimed) => claimed.map(({ objectId }) => objectId))).toEqual([['0', '1'], ['2']]);
    expect(await claimEvents(database.db, connection.id, { ...all, now: after(5 * minute - 1) })).toEqual([]);
    expect(await claimEvents(database.db, connection.id, { ...all, now: after(5 * minute) })).toHaveLength(3);
  });

  test('claimers at once share nothing and leave nothing', async () => {
    const connection = await withEvents(60);

    const claims = await Promise.all(
      [1, 2, 3, 4].map(() => claimEvents(database.db, connection.id, { ...all, limit: 15 })),
    );

    expect(new Set(claims.flat().map(({ id }) => id)).size).toBe(60);
    expect(claims.map((claimed) => claimed.length)).toEqual([15, 15, 15, 15]);
  });

  test('what a process that is gone had claimed is free again', async () => {
    const [connection, other] = [await withEvents(2), await withEvents(1)];
    await claimEvents(database.db, connection.id, all);
    await claimEvents(database.db, other.id, all);

    await releaseEvents(database.db, connection.id);

    expect(await claimEvents(database.db, connection.id, all)).toHaveLength(2);
    expect(await claimEvents(database.db, other.id, all)).toEqual([]);
  });

  test('one that was looked at is not looked at again', async () => {
    const connection = await withEvents(1);
    const [claimed] = await claimEvents(database.db, connection.id, all);
    await finishEvents(database.db, [claimed?.id ?? 0], { code: 'still_resolved', params: {} });

    expect(await claimEvents(database.db, connection.id, { ...all, now: after(10 * minute) })).toEqual([]);
    expect((await nextEvents(database.db)).map(({ connectionId }) => connectionId)).not.toContain(connection.id);
    expect((await backlogs(database.db, connection.workspaceId)).get(connection.id)).toBeUndefined();
  });

  test('one that could not be looked at is due later, and a try of its own counts', async () => {
    const connection = await withEvents(1);
    const [{ id } = { id: 0 }] = await claimEvents(database.db, connection.id, all);
    await postponeEvents(database.db, [id], { until: after(minute), outcome: internal, counts: false });
    await postponeEvents(database.db, [id], { until: after(minute), outcome: noRequester, counts: true });

    expect(await claimEvents(database.db, connection.id, { ...all, now: after(minute - 1) })).toEqual([]);
    expect(await nextEvents(database.db)).toContainEqual({ connectionId: connection.id, at: after(minute) });
    expect((await backlogs(database.db, connection.workspaceId)).get(connection.id)?.pendingEvents).toBe(1);
    expect(await claimEvents(database.db, connection.id, { ...all, now: after(minute) })).toMatchObject([
      { attempts: 1, outcome: noRequester },
    ]);
  });
});
