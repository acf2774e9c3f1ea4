import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { aConnection, aContact, after, day, lastAsked, minute, now } from '../../../../test/stored.ts';
import type { Database } from '../../../platform/database/database.ts';
import { backlogs, type ConnectionRow } from '../../connections/queries/connections.ts';
import {
  claimOutOfSync,
  claimRequestedLinks,
  nextWrites,
  releaseLostWrites,
  unfinishedWrites,
} from '../../write-back/queries/record-link-claims.ts';
import { sampleWritten, writtenSince } from '../../write-back/queries/written-record-links.ts';
import {
  findRecordLink,
  markAllOutOfSync,
  markUnfinished,
  markWritten,
  moveRecordLink,
  postponeRecordLinks,
  type RecordLinkRow,
  updateRecordLinks,
} from './record-links.ts';

const all = { now, until: after(10 * minute), limit: 100 };

describeOnEachDatabase('record_links', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** A connection with so many records that are behind: '1', '2' and so on. */
  async function outOfSync(count = 1): Promise<ConnectionRow> {
    const connection = await aConnection(database);
    for (let n = 1; n <= count; n += 1) {
      const contactId = await aContact(database, connection, { id: String(n) });
      await lastAsked(database, connection.workspaceId, contactId, now);
    }
    return connection;
  }

  async function record({ id }: ConnectionRow, recordId = '1'): Promise<RecordLinkRow> {
    const found = await findRecordLink(database.db, id, recordId);
    if (!found) throw new Error('no such record');
    return found;
  }

  /** The score of this record's contact moved on. */
  async function moveOn(connection: ConnectionRow, at: Date): Promise<void> {
    const { contactId } = await record(connection);
    await lastAsked(database, connection.workspaceId, contactId, at);
  }

  test('are claimed with the score and its revision, and by nobody else while that write is unfinished', async () => {
    const connection = await outOfSync();

    const [claimed] = await claimOutOfSync(database.db, connection.id, all);
    expect(claimed).toMatchObject({
      recordId: '1',
      revision: 1,
      uncertain: false,
      attempts: 0,
      values: { feedback_last_asked_date: now.toISOString() },
    });
    await moveOn(connection, after(minute));

    expect(await claimOutOfSync(database.db, connection.id, { ...all, now: after(9 * minute) })).toEqual([]);
    expect(await record(connection)).toMatchObject({ writingRevision: 1, dueAt: expect.any(Date) });
  });

  test('are claimed by one of many claimers, a batch each', async () => {
    const connection = await outOfSync(9);

    const claims = await Promise.all(
      [1, 2, 3].map(() => claimOutOfSync(database.db, connection.id, { ...all, limit: 3 })),
    );

    expect(claims.map((claimed) => claimed.length)).toEqual([3, 3, 3]);
    expect(new Set(claims.flat().map(({ id }) => id)).size).toBe(9);
  });

  test('are claimed when they are due, those that wait longest first', async () => {
    const connection = await outOfSync(3);
    await updateRecordLinks(database.db, [(await record(connection, '2')).id], { dueAt: after(-minute) });
    await updateRecordLinks(database.db, [(await record(connection, '3')).id], { dueAt: after(minute) });

    expect(await claimOutOfSync(database.db, connection.id, { ...all, limit: 1 })).toMatchObject([{ recordId: '2' }]);
    expect(await claimOutOfSync(database.db, connection.id, all)).toMatchObject([{ recordId: '1' }]);
    expect(await claimOutOfSync(database.db, connection.id, all)).toEqual([]);
  });

  test('written are up to date', async () => {
    const connection = await outOfSync();
    const claimed = await claimOutOfSync(database.db, connection.id, all);
    await markWritten(database.db, claimed, after(minute));

    expect(await record(connection)).toMatchObject({
      writtenRevision: 1,
      writtenAt: after(minute),
      dueAt: null,
      writingRevision: null,
      claimedUntil: null,
      outcome: { code: 'written', params: {} },
    });
    expect(await claimOutOfSync(database.db, connection.id, { ...all, now: after(day) })).toEqual([]);
  });

  test('are still behind when the score moved on during the write', async () => {
    const connection = await outOfSync();
    const claimed = await claimOutOfSync(database.db, connection.id, all);
    await moveOn(connection, after(minute));
    await markWritten(database.db, claimed, after(2 * minute));

    expect(await record(connection)).toMatchObject({ writtenRevision: 1, writingRevision: null });
    expect(await claimOutOfSync(database.db, connection.id, { ...all, now: after(2 * minute) })).toMatchObject([
      { revision: 2, values: { feedback_last_asked_date: after(minute).toISOString() } },
    ]);
  });

  test('never go back to an older revision', async () => {
    const connection = await outOfSync();
    const old = await claimOutOfSync(database.db, connection.id, all);
    await markWritten(database.db, old, now);
    await moveOn(connection, after(minute));
    await markWritten(
      database.db,
      await claimOutOfSync(database.db, connection.id, { ...all, now: after(minute) }),
      now,
    );
    await markWritten(database.db, old, after(2 * minute));

    expect(await record(connection)).toMatchObject({ writtenRevision: 2 });
  });

  test('are written anew when a field came, even those that were being written without it', async () => {
    const connection = await outOfSync(2);
    const claimed = await claimOutOfSync(database.db, connection.id, { ...all, limit: 1 });
    const [writing] = claimed;
    await markAllOutOfSync(database.db, connection.id, after(minute));
    expect(await claimOutOfSync(database.db, connection.id, { ...all, now: after(minute) })).toHaveLength(1);
    await markWritten(database.db, claimed, after(2 * minute));

    expect(await claimOutOfSync(database.db, connection.id, { ...all, now: after(2 * minute) })).toMatchObject([
      { id: writing?.id, revision: 1 },
    ]);
  });

  test('whose writer is gone are behind again, and uncertain', async () => {
    const [connection, other] = [await outOfSync(), await outOfSync()];
    await claimOutOfSync(database.db, connection.id, all);
    await claimOutOfSync(database.db, other.id, all);

    await releaseLostWrites(database.db, connection.id, now);

    expect(await claimOutOfSync(database.db, connection.id, all)).toMatchObject([{ recordId: '1', uncertain: true }]);
    expect(await claimOutOfSync(database.db, other.id, all)).toEqual([]);
  });

  test('whose writer never said what came of it are taken again when the claim ran out, as uncertain', async () => {
    const connection = await outOfSync();
    await claimOutOfSync(database.db, connection.id, all);

    expect(await claimOutOfSync(database.db, connection.id, { ...all, now: after(10 * minute) })).toMatchObject([
      { recordId: '1', uncertain: true },
    ]);
  });

  test('that the vendor took but did not write yet are asked about, not written again', async () => {
    const connection = await outOfSync(3);
    const claimed = await claimOutOfSync(database.db, connection.id, all);
    const [one, two, three] = claimed.map(({ id }) => id);
    await markUnfinished(database.db, [one ?? '', two ?? ''], 'job-1');
    await markUnfinished(database.db, [three ?? ''], 'job-2');
    await releaseLostWrites(database.db, connection.id, now);

    expect(await claimOutOfSync(database.db, connection.id, { ...all, now: after(day) })).toEqual([]);
    const unfinished = await unfinishedWrites(database.db, connection.id);
    expect([...unfinished].map(([receipt, recordLinks]) => [receipt, recordLinks.length]).toSorted()).toEqual([
      ['job-1', 2],
      ['job-2', 1],
    ]);
    expect(unfinished.get('job-2')).toMatchObject([{ id: three, revision: 1, claimedUntil: all.until }]);

    await markWritten(database.db, claimed, now);
    expect(await unfinishedWrites(database.db, connection.id)).toEqual(new Map());
  });

  test('postponed are behind still, and a try of their own counts', async () => {
    const connection = await outOfSync();
    const [{ id } = { id: '' }] = await claimOutOfSync(database.db, connection.id, all);
    const later = { dueAt: after(minute), outcome: { code: 'busy', params: {} } as const };
    await postponeRecordLinks(database.db, [id], { ...later, counts: false });
    expect(await record(connection)).toMatchObject({ attempts: 0, uncertain: false, writingRevision: null });
    await postponeRecordLinks(database.db, [id], { ...later, counts: true, uncertain: true });
    await postponeRecordLinks(database.db, [], { ...later, counts: true });

    expect(await claimOutOfSync(database.db, connection.id, { ...all, now: after(minute - 1) })).toEqual([]);
    expect(await claimOutOfSync(database.db, connection.id, { ...all, now: after(minute) })).toMatchObject([
      { attempts: 1, uncertain: true },
    ]);
  });

  test('that were only wished for are claimed once, until the claim runs out or its holder is gone', async () => {
    const from = await outOfSync();
    const to = await aConnection(database, { workspaceId: from.workspaceId, connector: 'zendesk' });
    await moveOn(from, after(-minute));

    const claims = await Promise.all([1, 2].map(() => claimRequestedLinks(database.db, to.id, all)));
    expect(claims.flat()).toMatchObject([{ contactId: (await record(from)).contactId, attempts: 0 }]);
    expect(await claimRequestedLinks(database.db, to.id, { ...all, now: after(10 * minute - 1) })).toEqual([]);
    expect(await claimRequestedLinks(database.db, to.id, { ...all, now: after(10 * minute) })).toHaveLength(1);
    await releaseLostWrites(database.db, to.id, now);
    expect(await claimRequestedLinks(database.db, to.id, all)).toHaveLength(1);
    expect(await claimOutOfSync(database.db, to.id, all)).toEqual([]);
  });

  test('follow a merge to the record that won', async () => {
    const connection = await outOfSync();
    const [{ id } = { id: '' }] = await claimOutOfSync(database.db, connection.id, all);
    await moveRecordLink(database.db, id, '2', after(minute));

    expect(await findRecordLink(database.db, connection.id, '1')).toBeUndefined();
    expect(await claimOutOfSync(database.db, connection.id, { ...all, now: after(minute) })).toMatchObject([
      { id, recordId: '2', uncertain: false },
    ]);
  });

  test('end in the record that won when that one is known, and it is written anew', async () => {
    const connection = await outOfSync(2);
    await markWritten(database.db, await claimOutOfSync(database.db, connection.id, all), now);
    const loser = await record(connection, '1');
    await moveRecordLink(database.db, loser.id, '2', after(minute));

    expect(await record(connection, '1')).toMatchObject({ state: 'gone', dueAt: null });
    expect(await claimOutOfSync(database.db, connection.id, { ...all, now: after(minute) })).toMatchObject([
      { recordId: '2' },
    ]);
  });

  test('of a contact without a score are never behind, whatever happens to the record', async () => {
    const connection = await outOfSync();
    await aContact(database, connection, { id: '2' });
    await moveRecordLink(database.db, (await record(connection, '1')).id, '2', now);
    await markAllOutOfSync(database.db, connection.id, now);

    expect((await nextWrites(database.db)).map(({ connectionId }) => connectionId)).not.toContain(connection.id);
  });

  test('say from when a connection has something to write, unfinished writes included', async () => {
    const [waiting, writing, idle] = [await outOfSync(2), await outOfSync(), await outOfSync()];
    await updateRecordLinks(database.db, [(await record(waiting)).id], { dueAt: after(-minute) });
    await claimOutOfSync(database.db, writing.id, all);
    await markWritten(database.db, await claimOutOfSync(database.db, idle.id, all), now);

    const next = new Map((await nextWrites(database.db)).map(({ connectionId, at }) => [connectionId, at]));
    expect(next.get(waiting.id)).toEqual(after(-minute));
    expect(next.has(writing.id)).toBe(true);
    expect(next.has(idle.id)).toBe(false);
  });

  test('are counted as backlog until they are written; parked ones apart', async () => {
    const connection = await outOfSync(3);
    await claimOutOfSync(database.db, connection.id, { ...all, limit: 1 });
    await updateRecordLinks(database.db, [(await record(connection, '3')).id], { dueAt: null, failedAt: now });

    expect((await backlogs(database.db, connection.workspaceId)).get(connection.id)).toEqual({
      pendingEvents: 0,
      recordsPending: 2,
      recordsFailed: 1,
    });
  });

  test('that stand are read back: the newest writes, and a sample', async () => {
    const connection = await outOfSync(4);
    const claimed = await claimOutOfSync(database.db, connection.id, { ...all, limit: 3 });
    for (const [index, one] of claimed.entries()) {
      await markWritten(database.db, [one], after(-index * day));
    }
    const ids = claimed.map(({ recordId }) => recordId);

    const recent = await writtenSince(database.db, connection.id, after(-day), 10);
    expect(recent.map(({ recordId }) => recordId)).toEqual(ids.slice(0, 2));
    expect(recent[0]?.values).toEqual({ feedback_last_asked_date: now.toISOString() });
    expect(await writtenSince(database.db, connection.id, after(-day), 1)).toHaveLength(1);
    const sample = await sampleWritten(database.db, connection.id, 10);
    expect(sample.map(({ recordId }) => recordId).toSorted()).toEqual(ids.toSorted());
    expect(await sampleWritten(database.db, connection.id, 2)).toHaveLength(2);
  });
});
