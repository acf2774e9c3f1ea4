import { and, asc, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { RecordValues } from '../../../model/crm-field-definitions.ts';
import { isOver } from '../../../platform/database/conditions.ts';
import { type Queryable, rows } from '../../../platform/database/database.ts';
import { outOfSyncBefore } from '../../records/index.ts';
import { crmFields, recordLink } from '../../records/tables.ts';

/** Connections with something to write, and from when. */
export async function nextWrites(db: Queryable): Promise<{ connectionId: string; at: Date }[]> {
  const found = await db
    .select({
      connectionId: recordLink.connectionId,
      at: sql`min(${recordLink.dueAt})`.mapWith(recordLink.dueAt).as('at'),
    })
    .from(recordLink)
    .where(sql`${recordLink.dueAt} is not null or ${recordLink.writingRevision} is not null`)
    .groupBy(recordLink.connectionId);
  return found.map((row) => ({ connectionId: row.connectionId, at: row.at ?? new Date(0) }));
}

/** How many record links of each connection are still to be written, and since when the oldest is out of sync. */
export async function countOutOfSync(db: Queryable): Promise<Map<string, { waiting: number; since: Date }>> {
  const found = await db
    .select({
      connectionId: recordLink.connectionId,
      waiting: sql<number>`count(*)::int`,
      since: sql`min(${outOfSyncBefore})`.mapWith(recordLink.dueAt),
    })
    .from(recordLink)
    .where(and(isNotNull(recordLink.dueAt), inArray(recordLink.state, ['searching', 'present'])))
    .groupBy(recordLink.connectionId);
  return new Map(
    found.map(({ connectionId, ...counted }) => [connectionId, counted as { waiting: number; since: Date }]),
  );
}

/** A record link that was claimed for writing, with what is to be written and the revision it has. */
export type ClaimedRecordLink = {
  id: string;
  contactId: string;
  recordId: string;
  uncertain: boolean;
  attempts: number;
  revision: number;
  values: RecordValues;
};

/**
 * Takes record links that are out of sync and whose record is known, with score and revision read in the same statement. One that
 * has an unfinished write is left alone, unless its claim ran out without a receipt: whether that write happened is
 * unknown, and it is taken as uncertain.
 */
export async function claimOutOfSync(
  db: Queryable,
  connectionId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<ClaimedRecordLink[]> {
  const at = now.toISOString();
  const claimed = await rows<{
    id: string;
    contact_id: string;
    record_id: string;
    uncertain: boolean;
    attempts: number;
    revision: number;
    values: RecordValues;
  }>(
    db,
    sql`with due as (
          select id from ${recordLink}
          where connection_id = ${connectionId} and due_at <= ${at}::timestamptz and state = 'present'
            and (writing_revision is null or (receipt is null and claimed_until <= ${at}::timestamptz))
          order by due_at limit ${limit} for update skip locked)
        update ${recordLink} c set writing_revision = s.revision, claimed_until = ${until.toISOString()}::timestamptz,
          uncertain = c.uncertain or c.writing_revision is not null
        from ${crmFields} s
        where s.contact_id = c.contact_id and c.id in (select id from due)
        returning c.id, c.contact_id, c.record_id, c.uncertain, c.attempts, s.revision, s.values`,
  );
  return claimed.map((row) => ({
    id: row.id,
    contactId: row.contact_id,
    recordId: row.record_id,
    uncertain: row.uncertain,
    attempts: row.attempts,
    revision: row.revision,
    values: row.values,
  }));
}

/** Record links that are out of sync and whose record has yet to be found. */
export async function claimRequestedLinks(
  db: Queryable,
  connectionId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<{ id: string; contactId: string; attempts: number }[]> {
  const due = db.$with('due').as(
    db
      .select({ id: recordLink.id })
      .from(recordLink)
      .where(
        and(
          eq(recordLink.connectionId, connectionId),
          lte(recordLink.dueAt, now),
          eq(recordLink.state, 'searching'),
          isOver(recordLink.claimedUntil, now),
        ),
      )
      .orderBy(asc(recordLink.dueAt))
      .limit(limit)
      .for('update', { skipLocked: true }),
  );
  return db
    .with(due)
    .update(recordLink)
    .set({ claimedUntil: until })
    .where(inArray(recordLink.id, db.select({ id: due.id }).from(due)))
    .returning({ id: recordLink.id, contactId: recordLink.contactId, attempts: recordLink.attempts });
}

/** By receipt, the unfinished writes that the vendor gave it for. */
export async function unfinishedWrites(
  db: Queryable,
  connectionId: string,
): Promise<Map<string, { id: string; recordId: string; revision: number; attempts: number; claimedUntil: Date }[]>> {
  // A receipt names everybody in its batch: it is read once, and not for each of them.
  const found = await rows<{
    receipt: string;
    recordLinks: { id: string; recordId: string; revision: number; attempts: number; claimedUntil: string }[];
  }>(
    db,
    sql`select receipt, jsonb_agg(jsonb_build_object('id', id, 'recordId', record_id, 'revision', writing_revision,
                                                     'attempts', attempts, 'claimedUntil', claimed_until)) as "recordLinks"
        from ${recordLink}
        where connection_id = ${connectionId} and writing_revision is not null and receipt is not null
        group by receipt`,
  );
  return new Map(
    found.map(({ receipt, recordLinks }) => [
      receipt,
      recordLinks.map(({ claimedUntil, ...rest }) => ({ ...rest, claimedUntil: new Date(claimedUntil) })),
    ]),
  );
}

/**
 * Writes that nobody will come back from, because the process that began them is gone: whether they happened is
 * unknown. Those with a receipt are still to be asked about.
 */
export async function releaseLostWrites(db: Queryable, connectionId: string, now: Date): Promise<void> {
  const began = and(eq(recordLink.connectionId, connectionId), isNull(recordLink.receipt));
  await db
    .update(recordLink)
    .set({
      writingRevision: null,
      claimedUntil: null,
      uncertain: true,
      dueAt: sql`coalesce(${recordLink.dueAt}, ${now.toISOString()}::timestamptz)`,
    })
    .where(and(began, isNotNull(recordLink.writingRevision)));
  await db
    .update(recordLink)
    .set({ claimedUntil: null })
    .where(and(began, isNotNull(recordLink.claimedUntil)));
}
