import { and, asc, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { RecordValues } from '../domain/record-fields.ts';
import { type Queryable, rows } from './database.ts';
import { copy, score } from './tables/index.ts';

export type CopyRow = typeof copy.$inferSelect;

/** A copy that was claimed for writing, with what is to be written and the revision it has. */
export type ClaimedCopy = {
  id: string;
  contactId: string;
  externalId: string;
  uncertain: boolean;
  attempts: number;
  revision: number;
  values: RecordValues;
};

/**
 * Takes copies that are behind and whose record is known, with score and revision read in the same statement. One that
 * has an unfinished write is left alone.
 */
export async function claimBehind(
  db: Queryable,
  connectionId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<ClaimedCopy[]> {
  const at = now.toISOString();
  const claimed = await rows<{
    id: string;
    contact_id: string;
    external_id: string;
    uncertain: boolean;
    attempts: number;
    revision: number;
    values: RecordValues;
  }>(
    db,
    sql`update ${copy} c set writing_revision = s.revision, claimed_until = ${until.toISOString()}::timestamptz
        from ${score} s
        where s.contact_id = c.contact_id and c.id in (
          select id from ${copy}
          where connection_id = ${connectionId} and due_at <= ${at}::timestamptz and state = 'present'
            and writing_revision is null
          order by due_at limit ${limit} for update skip locked)
        returning c.id, c.contact_id, c.external_id, c.uncertain, c.attempts, s.revision, s.values`,
  );
  return claimed.map((row) => ({
    id: row.id,
    contactId: row.contact_id,
    externalId: row.external_id,
    uncertain: row.uncertain,
    attempts: row.attempts,
    revision: row.revision,
    values: row.values,
  }));
}

/** Copies that are behind and whose record has yet to be found. */
export async function claimWanted(
  db: Queryable,
  connectionId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<{ id: string; contactId: string; attempts: number }[]> {
  const due = db
    .select({ id: copy.id })
    .from(copy)
    .where(
      and(
        eq(copy.connectionId, connectionId),
        lte(copy.dueAt, now),
        eq(copy.state, 'wanted'),
        sql`(${copy.claimedUntil} is null or ${copy.claimedUntil} <= ${now.toISOString()}::timestamptz)`,
      ),
    )
    .orderBy(asc(copy.dueAt))
    .limit(limit)
    .for('update', { skipLocked: true });
  return db
    .update(copy)
    .set({ claimedUntil: until })
    .where(inArray(copy.id, due))
    .returning({ id: copy.id, contactId: copy.contactId, attempts: copy.attempts });
}

/** The write of this revision succeeded: stored only where lower, and behind again if the score has moved on. */
export async function markWritten(
  db: Queryable,
  written: readonly { id: string; revision: number }[],
  now: Date,
): Promise<void> {
  if (written.length === 0) return;
  await db.execute(
    sql`update ${copy} c set
          written_revision = greatest(c.written_revision, w.revision), written_at = ${now.toISOString()}::timestamptz,
          due_at = case when s.revision > w.revision then coalesce(c.due_at, ${now.toISOString()}::timestamptz) end,
          writing_revision = null, receipt = null, claimed_until = null, uncertain = false, attempts = 0,
          parked_at = null, outcome = 'written'
        from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as w(id uuid, revision integer), ${score} s
        where c.id = w.id and s.contact_id = c.contact_id`,
  );
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
  { dueAt, because, counts, uncertain = false }: { dueAt: Date; because: string; counts: boolean; uncertain?: boolean },
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(copy)
    .set({
      dueAt,
      outcome: because,
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
    await updateCopies(db, [id], { ...released, state: 'gone', dueAt: null, outcome: 'merged into another record' });
    await updateCopies(db, [existing.id], { dueAt: now });
  } else {
    await updateCopies(db, [id], { ...released, externalId: to, dueAt: now, outcome: 'followed a merge' });
  }
}

/** Unfinished writes that the vendor gave a receipt for. */
export async function unfinishedWrites(
  db: Queryable,
  connectionId: string,
): Promise<Map<string, { id: string; externalId: string; revision: number; claimedUntil: Date }[]>> {
  const found = await db
    .select()
    .from(copy)
    .where(and(eq(copy.connectionId, connectionId), isNotNull(copy.writingRevision), isNotNull(copy.receipt)));
  return Map.groupBy(
    found.map((row) => ({
      id: row.id,
      externalId: row.externalId ?? '',
      revision: row.writingRevision ?? 0,
      claimedUntil: row.claimedUntil ?? new Date(0),
      receipt: row.receipt ?? '',
    })),
    (row) => row.receipt,
  );
}

/**
 * Writes that nobody will come back from, because the process that began them is gone: whether they happened is
 * unknown. Those with a receipt are still to be asked about.
 */
export async function releaseLostWrites(db: Queryable, connectionId: string, now: Date): Promise<void> {
  const began = and(eq(copy.connectionId, connectionId), isNull(copy.receipt));
  await db
    .update(copy)
    .set({
      writingRevision: null,
      claimedUntil: null,
      uncertain: true,
      dueAt: sql`coalesce(${copy.dueAt}, ${now.toISOString()}::timestamptz)`,
    })
    .where(and(began, isNotNull(copy.writingRevision)));
  await db
    .update(copy)
    .set({ claimedUntil: null })
    .where(and(began, isNotNull(copy.claimedUntil)));
}

/** Every copy of a connection is written anew: a field came or came back, or the connection did. */
export async function markAllBehind(db: Queryable, connectionId: string, now: Date): Promise<void> {
  await db
    .update(copy)
    .set({ dueAt: now, attempts: 0, parkedAt: null })
    .where(
      and(
        eq(copy.connectionId, connectionId),
        inArray(copy.state, ['wanted', 'present']),
        sql`exists (select 1 from ${score} s where s.contact_id = ${copy.contactId})`,
      ),
    );
}

/** Connections with something to write, and from when. */
export async function nextWrites(db: Queryable): Promise<{ connectionId: string; at: Date }[]> {
  const found = await db
    .select({
      connectionId: copy.connectionId,
      at: sql`min(${copy.dueAt})`.mapWith(copy.dueAt).as('at'),
    })
    .from(copy)
    .where(sql`${copy.dueAt} is not null or ${copy.writingRevision} is not null`)
    .groupBy(copy.connectionId);
  return found.map((row) => ({ connectionId: row.connectionId, at: row.at ?? new Date(0) }));
}

/** What was written since then, newest first, with what should stand there: for the read-back. */
export async function writtenSince(
  db: Queryable,
  connectionId: string,
  since: Date,
  limit: number,
): Promise<{ id: string; externalId: string; values: RecordValues }[]> {
  const found = await db
    .select({ id: copy.id, externalId: copy.externalId, values: score.values })
    .from(copy)
    .innerJoin(score, eq(score.contactId, copy.contactId))
    .where(
      and(
        eq(copy.connectionId, connectionId),
        eq(copy.state, 'present'),
        isNull(copy.dueAt),
        isNull(copy.writingRevision),
        sql`${copy.writtenAt} >= ${since.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(sql`${copy.writtenAt} desc`)
    .limit(limit);
  return found.flatMap((row) => (row.externalId === null ? [] : [{ ...row, externalId: row.externalId }]));
}

/** Some copies that stand, chosen at random, with what should stand there: for the read-back. */
export async function sampleWritten(
  db: Queryable,
  connectionId: string,
  limit: number,
): Promise<{ id: string; externalId: string; values: RecordValues }[]> {
  const found = await db
    .select({ id: copy.id, externalId: copy.externalId, values: score.values })
    .from(copy)
    .innerJoin(score, eq(score.contactId, copy.contactId))
    .where(
      and(
        eq(copy.connectionId, connectionId),
        eq(copy.state, 'present'),
        isNull(copy.dueAt),
        isNull(copy.writingRevision),
        isNotNull(copy.writtenAt),
      ),
    )
    .orderBy(sql`random()`)
    .limit(limit);
  return found.flatMap((row) => (row.externalId === null ? [] : [{ ...row, externalId: row.externalId }]));
}

export async function findCopy(db: Queryable, connectionId: string, externalId: string): Promise<CopyRow | undefined> {
  const [found] = await db
    .select()
    .from(copy)
    .where(and(eq(copy.connectionId, connectionId), eq(copy.externalId, externalId)));
  return found;
}
