import { and, eq, inArray, sql } from 'drizzle-orm';
import type { RecordOutcome } from '../domain/write-outcome.ts';
import type { Queryable } from './database.ts';
import { copy, score } from './tables/index.ts';

export type CopyRow = typeof copy.$inferSelect;

/** Without one there is nothing to write. */
export const hasScore = sql`exists (select 1 from ${score} s where s.contact_id = ${copy.contactId})`;

/** Revisions begin at 1: a write of this one brings nothing up to date. */
const countsForNothing = 0;

export async function findCopy(db: Queryable, connectionId: string, externalId: string): Promise<CopyRow | undefined> {
  const [found] = await db
    .select()
    .from(copy)
    .where(and(eq(copy.connectionId, connectionId), eq(copy.externalId, externalId)));
  return found;
}

/** The people's records that are there, as far as we know: by person, the vendor's ids by connection. */
export async function recordsOf(
  db: Queryable,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>> {
  if (contactIds.length === 0) return new Map();
  const found = await db
    .select({ contactId: copy.contactId, connectionId: copy.connectionId, externalId: copy.externalId })
    .from(copy)
    .where(and(inArray(copy.contactId, [...contactIds]), eq(copy.state, 'present')))
    .orderBy(copy.connectionId, copy.externalId);
  const known = found.flatMap((row) => (row.externalId === null ? [] : [{ ...row, externalId: row.externalId }]));
  const byPerson = Map.groupBy(known, (row) => row.contactId);
  return new Map(
    [...byPerson].map(([id, records]) => {
      const byConnection = Map.groupBy(records, (row) => row.connectionId);
      return [id, new Map([...byConnection].map(([at, rows]) => [at, rows.map((row) => row.externalId)]))];
    }),
  );
}

/**
 * The write of this revision succeeded: stored only where lower. Still behind if the score has moved on meanwhile, or
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
    // see the older revision, and take the copy for up to date.
    await tx
      .select({ id: score.contactId })
      .from(score)
      .where(inArray(score.contactId, tx.select({ id: copy.contactId }).from(copy).where(inArray(copy.id, ids))))
      .orderBy(score.contactId)
      .for('update');
    await tx.execute(
      sql`update ${copy} c set
          written_revision = greatest(c.written_revision, w.revision), written_at = ${now.toISOString()}::timestamptz,
          due_at = case when s.revision > least(w.revision, c.writing_revision)
                        then coalesce(c.due_at, ${now.toISOString()}::timestamptz) end,
          writing_revision = null, receipt = null, claimed_until = null, uncertain = false, attempts = 0,
          parked_at = null, outcome = '{"code": "written", "params": {}}'::jsonb
        from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as w(id uuid, revision integer), ${score} s
        where c.id = w.id and s.contact_id = c.contact_id`,
    );
  });
}

/** The vendor took the write and will do it later. */
export async function markUnfinished(db: Queryable, ids: readonly string[], receipt: string): Promise<void> {
  await db
    .update(copy)
    .set({ receipt })
    .where(inArray(copy.id, [...ids]));
}

export async function updateCopies(db: Queryable, ids: readonly string[], changes: Partial<CopyRow>): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(copy)
    .set(changes)
    .where(inArray(copy.id, [...ids]));
}

/** They are behind still, and tried again from then on. @param counts whether this was a try of their own */
export async function postponeCopies(
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
    .update(copy)
    .set({
      dueAt,
      outcome,
      writingRevision: null,
      receipt: null,
      claimedUntil: null,
      ...(counts ? { attempts: sql`${copy.attempts} + 1` } : {}),
      ...(uncertain ? { uncertain } : {}),
    })
    .where(inArray(copy.id, [...ids]));
}

/** The record was merged into another one: that one is the person's record from now on, and behind. */
export async function moveCopy(db: Queryable, id: string, to: string, now: Date): Promise<void> {
  const [existing] = await db
    .select({ id: copy.id })
    .from(copy)
    .where(
      sql`${copy.externalId} = ${to} and ${copy.connectionId} = (select connection_id from ${copy} where id = ${id})`,
    );
  const released = { writingRevision: null, receipt: null, claimedUntil: null };
  if (existing) {
    await updateCopies(db, [id], {
      ...released,
      state: 'gone',
      dueAt: null,
      goneCheckAt: null,
      outcome: { code: 'merged', params: {} },
    });
    await db
      .update(copy)
      .set({ state: 'present', dueAt: now, attempts: 0, parkedAt: null })
      .where(and(eq(copy.id, existing.id), hasScore));
  } else {
    await updateCopies(db, [id], {
      ...released,
      externalId: to,
      dueAt: now,
      outcome: { code: 'followed', params: {} },
    });
  }
}

/** Every copy of a connection is written anew: a field came or came back, or the connection did. */
export async function markAllBehind(db: Queryable, connectionId: string, now: Date): Promise<void> {
  await db
    .update(copy)
    .set({
      dueAt: now,
      attempts: 0,
      parkedAt: null,
      // A write that is under way was begun before.
      writingRevision: sql`case when ${copy.writingRevision} is not null then ${countsForNothing}::integer end`,
    })
    .where(and(eq(copy.connectionId, connectionId), inArray(copy.state, ['wanted', 'present']), hasScore));
}

/** Every record that holds values of ours is behind, to be cleared; what was never written is left as it is. */
export async function markForClearing(db: Queryable, connectionId: string, now: Date): Promise<number> {
  const ofConnection = eq(copy.connectionId, connectionId);
  const holds = and(
    inArray(copy.state, ['present', 'ambiguous']),
    hasScore,
    sql`(${copy.writtenRevision} > 0 or ${copy.uncertain} or ${copy.writingRevision} is not null)`,
  );
  await db
    .update(copy)
    .set({ dueAt: null })
    .where(and(ofConnection, sql`not ${holds}`));
  const marked = await db
    .update(copy)
    .set({
      dueAt: now,
      attempts: 0,
      parkedAt: null,
      state: 'present',
      writingRevision: sql`case when ${copy.writingRevision} is not null then ${countsForNothing}::integer end`,
    })
    .where(and(ofConnection, holds))
    .returning({ id: copy.id });
  return marked.length;
}

/** How many known records of a connection are still to be written, and how many were given up. */
export async function countUnwritten(
  db: Queryable,
  connectionId: string,
): Promise<{ waiting: number; parked: number }> {
  const [counted] = await db
    .select({
      waiting: sql<number>`count(*) filter (where ${copy.dueAt} is not null or ${copy.writingRevision} is not null)::int`,
      parked: sql<number>`count(*) filter (where ${copy.parkedAt} is not null)::int`,
    })
    .from(copy)
    .where(and(eq(copy.connectionId, connectionId), eq(copy.state, 'present')));
  return counted ?? { waiting: 0, parked: 0 };
}
