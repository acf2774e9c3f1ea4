import { and, eq, inArray, sql } from 'drizzle-orm';
import type { RecordOutcome } from '../../../model/messages/write-outcome.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { crmFields, recordLink } from '../tables.ts';

export type RecordLinkRow = typeof recordLink.$inferSelect;

/** Without one there is nothing to write. */
export const hasCrmFields = sql`exists (select 1 from ${crmFields} s where s.contact_id = ${recordLink.contactId})`;

/** Nothing is to be written to a record. */
export const inSync = { dueAt: null, outOfSyncSince: null };

/** Since when a record link has been out of sync, for one that is marked again or put off; null where it was in sync. */
export const outOfSyncBefore = sql`coalesce(${recordLink.outOfSyncSince}, ${recordLink.dueAt})`;

/** Revisions begin at 1: a write of this one brings nothing up to date. */
const countsForNothing = 0;

export async function findRecordLink(
  db: Queryable,
  connectionId: string,
  recordId: string,
): Promise<RecordLinkRow | undefined> {
  const [found] = await db
    .select()
    .from(recordLink)
    .where(and(eq(recordLink.connectionId, connectionId), eq(recordLink.recordId, recordId)));
  return found;
}

/** The contacts' records that are there, as far as we know: by contact, the vendor's ids by connection. */
export async function findRecordIds(
  db: Queryable,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>> {
  if (contactIds.length === 0) return new Map();
  const found = await db
    .select({
      contactId: recordLink.contactId,
      connectionId: recordLink.connectionId,
      recordId: recordLink.recordId,
    })
    .from(recordLink)
    .where(and(inArray(recordLink.contactId, [...contactIds]), eq(recordLink.state, 'present')))
    .orderBy(recordLink.connectionId, recordLink.recordId);
  const known = found.flatMap((row) => (row.recordId === null ? [] : [{ ...row, recordId: row.recordId }]));
  const byContact = Map.groupBy(known, (row) => row.contactId);
  return new Map(
    [...byContact].map(([id, records]) => {
      const byConnection = Map.groupBy(records, (row) => row.connectionId);
      return [id, new Map([...byConnection].map(([at, rows]) => [at, rows.map((row) => row.recordId)]))];
    }),
  );
}

/**
 * The write of this revision succeeded: stored only where lower. Still out of sync if the score has moved on meanwhile, or
 * if the write no longer counts.
 */
export async function markWritten(
  db: Queryable,
  written: readonly { id: string; revision: number }[],
  now: Date,
): Promise<void> {
  if (written.length === 0) return;
  const ids = written.map(({ id }) => id);
  await db.transaction(async (tx) => {
    // An answer that is being kept right now holds the score: without waiting for it, the statement below would still
    // see the older revision, and take the record link for up to date.
    await tx
      .select({ id: crmFields.contactId })
      .from(crmFields)
      .where(
        inArray(
          crmFields.contactId,
          tx.select({ id: recordLink.contactId }).from(recordLink).where(inArray(recordLink.id, ids)),
        ),
      )
      .orderBy(crmFields.contactId)
      .for('update');
    await tx.execute(
      sql`update ${recordLink} c set
          written_revision = greatest(c.written_revision, w.revision), written_at = ${now.toISOString()}::timestamptz,
          due_at = case when s.revision > least(w.revision, c.writing_revision)
                        then coalesce(c.due_at, ${now.toISOString()}::timestamptz) end,
          writing_revision = null, receipt = null, claimed_until = null, uncertain = false, attempts = 0,
          out_of_sync_since = null,
          failed_at = null, outcome = '{"code": "written", "params": {}}'::jsonb
        from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as w(id uuid, revision integer), ${crmFields} s
        where c.id = w.id and s.contact_id = c.contact_id`,
    );
  });
}

/** The vendor took the write and will do it later. */
export async function markUnfinished(db: Queryable, ids: readonly string[], receipt: string): Promise<void> {
  await db
    .update(recordLink)
    .set({ receipt })
    .where(inArray(recordLink.id, [...ids]));
}

export async function updateRecordLinks(
  db: Queryable,
  ids: readonly string[],
  changes: Partial<RecordLinkRow>,
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(recordLink)
    .set(changes)
    .where(inArray(recordLink.id, [...ids]));
}

/** They are out of sync still, and tried again from then on. @param counts whether this was a try of their own */
export async function postponeRecordLinks(
  db: Queryable,
  ids: readonly string[],
  {
    dueAt,
    outcome,
    counts,
    uncertain = false,
  }: { dueAt: Date; outcome: RecordOutcome; counts: boolean; uncertain?: boolean },
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(recordLink)
    .set({
      dueAt,
      outOfSyncSince: outOfSyncBefore,
      outcome,
      writingRevision: null,
      receipt: null,
      claimedUntil: null,
      ...(counts ? { attempts: sql`${recordLink.attempts} + 1` } : {}),
      ...(uncertain ? { uncertain } : {}),
    })
    .where(inArray(recordLink.id, [...ids]));
}

/** The record was merged into another one: that one is the contact's record from now on, and out of sync. */
export async function moveRecordLink(db: Queryable, id: string, to: string, now: Date): Promise<void> {
  const [existing] = await db
    .select({ id: recordLink.id })
    .from(recordLink)
    .where(
      sql`${recordLink.recordId} = ${to} and ${recordLink.connectionId} = (select connection_id from ${recordLink} where id = ${id})`,
    );
  const released = { writingRevision: null, receipt: null, claimedUntil: null };
  if (existing) {
    await updateRecordLinks(db, [id], {
      ...released,
      state: 'gone',
      ...inSync,
      goneCheckAt: null,
      outcome: { code: 'merged', params: {} },
    });
    await db
      .update(recordLink)
      .set({ state: 'present', dueAt: now, attempts: 0, failedAt: null })
      .where(and(eq(recordLink.id, existing.id), hasCrmFields));
  } else {
    await updateRecordLinks(db, [id], {
      ...released,
      recordId: to,
      dueAt: now,
      outcome: { code: 'followed', params: {} },
    });
  }
}

/** Every record link of a connection is written anew: a field came or came back, or the connection did. */
export async function markAllOutOfSync(db: Queryable, connectionId: string, now: Date): Promise<void> {
  await db
    .update(recordLink)
    .set({
      dueAt: now,
      outOfSyncSince: outOfSyncBefore,
      attempts: 0,
      failedAt: null,
      // A write that is under way was begun before.
      writingRevision: sql`case when ${recordLink.writingRevision} is not null then ${countsForNothing}::integer end`,
    })
    .where(
      and(eq(recordLink.connectionId, connectionId), inArray(recordLink.state, ['searching', 'present']), hasCrmFields),
    );
}

/** Every record that holds values of ours is out of sync, to be cleared; what was never written is left as it is. */
export async function markForClearing(db: Queryable, connectionId: string, now: Date): Promise<number> {
  const ofConnection = eq(recordLink.connectionId, connectionId);
  const isWritten = and(
    inArray(recordLink.state, ['present', 'ambiguous']),
    hasCrmFields,
    sql`(${recordLink.writtenRevision} > 0 or ${recordLink.uncertain} or ${recordLink.writingRevision} is not null)`,
  );
  await db
    .update(recordLink)
    .set(inSync)
    .where(and(ofConnection, sql`not ${isWritten}`));
  const marked = await db
    .update(recordLink)
    .set({
      dueAt: now,
      outOfSyncSince: outOfSyncBefore,
      attempts: 0,
      failedAt: null,
      state: 'present',
      writingRevision: sql`case when ${recordLink.writingRevision} is not null then ${countsForNothing}::integer end`,
    })
    .where(and(ofConnection, isWritten))
    .returning({ id: recordLink.id });
  return marked.length;
}

/** How many known records of a connection are still to be written, and how many were given up. */
export async function countUnwritten(
  db: Queryable,
  connectionId: string,
): Promise<{ waiting: number; failed: number }> {
  const [counted] = await db
    .select({
      waiting: sql<number>`count(*) filter (where ${recordLink.dueAt} is not null or ${recordLink.writingRevision} is not null)::int`,
      failed: sql<number>`count(*) filter (where ${recordLink.failedAt} is not null)::int`,
    })
    .from(recordLink)
    .where(and(eq(recordLink.connectionId, connectionId), eq(recordLink.state, 'present')));
  return counted ?? { waiting: 0, failed: 0 };
}
