import { and, asc, eq, inArray, isNotNull, isNull, lte, notInArray, or, sql } from 'drizzle-orm';
import type { EventDelay, EventOutcome } from '../domain/event-outcome.ts';
import { type Queryable, rows } from './database.ts';
import { storable } from './storable.ts';
import { connection, intake, notice } from './tables/index.ts';

export type NoticeRow = typeof notice.$inferSelect;

/** A notice as the journal keeps it until it is sorted into the table. */
export type ReceivedNotice = {
  workspace_id: string;
  connection_id: string;
  key: string;
  kind: string;
  object_id: string;
  into_id: string | null;
  happened_at: string;
  received_at: string;
};

/** One small insert for everything that arrived together. */
export async function journal(db: Queryable, notices: readonly ReceivedNotice[], now: Date): Promise<void> {
  await db.insert(intake).values({ notices: JSON.stringify(notices.map(sortable)), receivedAt: now });
}

/** Years that PostgreSQL reads as JavaScript writes them. */
const readableTime = /^(?!0000)\d{4}-/u;

/** One notice that cannot be sorted would keep all the others waiting in the journal. */
function sortable(notice: ReceivedNotice): ReceivedNotice {
  return {
    ...notice,
    key: storable(notice.key),
    object_id: storable(notice.object_id),
    into_id: notice.into_id === null ? null : storable(notice.into_id),
    happened_at: readableTime.test(notice.happened_at) ? notice.happened_at : notice.received_at,
  };
}

/**
 * Sorts the oldest journal rows into the table, each notice once however often it was delivered.
 *
 * @returns how many rows were taken, and the connections that have something to look at
 */
export async function sortJournal(db: Queryable, limit: number): Promise<{ taken: number; connections: string[] }> {
  const [result] = await rows<{ taken: number; connections: string[] | null }>(
    db,
    sql`with taken as (
          delete from ${intake} where id in (select id from ${intake} order by id limit ${limit} for update skip locked)
          returning notices
        ), sorted as (
          insert into ${notice} (workspace_id, connection_id, key, kind, object_id, into_id, happened_at, received_at, due_at)
          select n.workspace_id, n.connection_id, n.key, n.kind, n.object_id, n.into_id, n.happened_at, n.received_at, n.received_at
          from taken, jsonb_to_recordset(taken.notices::jsonb) as n(
            workspace_id text, connection_id uuid, key text, kind text, object_id text, into_id text,
            happened_at timestamptz, received_at timestamptz)
          on conflict (connection_id, key) do nothing
          returning connection_id, received_at
        ), heard as (
          update ${connection} c set last_notice_at = s.at
          from (select connection_id, max(received_at) as at from sorted group by connection_id) s
          where c.id = s.connection_id
        )
        select (select count(*)::int from taken) as taken,
               (select array_agg(distinct connection_id::text) from sorted) as connections`,
  );
  return { taken: result?.taken ?? 0, connections: result?.connections ?? [] };
}

/** Puts what a poll found into the table, as if the vendor had told us. @returns how many were new */
export async function addNotices(db: Queryable, notices: readonly (typeof notice.$inferInsert)[]): Promise<number> {
  if (notices.length === 0) return 0;
  const added = await db
    .insert(notice)
    .values([...notices])
    .onConflictDoNothing()
    .returning({ id: notice.id });
  return added.length;
}

/** Takes the oldest due notices of a connection for a while. @returns them in the order in which they arrived */
export async function claimNotices(
  db: Queryable,
  connectionId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<NoticeRow[]> {
  // As a CTE it is evaluated once; as a subquery it may be evaluated again, and then skip what it has just locked.
  const due = db.$with('due').as(
    db
      .select({ id: notice.id })
      .from(notice)
      .where(
        and(
          eq(notice.connectionId, connectionId),
          lte(notice.dueAt, now),
          or(isNull(notice.claimedUntil), lte(notice.claimedUntil, now)),
        ),
      )
      .orderBy(asc(notice.dueAt), asc(notice.id))
      .limit(limit)
      .for('update', { skipLocked: true }),
  );
  const claimed = await db
    .with(due)
    .update(notice)
    .set({ claimedUntil: until })
    .where(inArray(notice.id, db.select({ id: due.id }).from(due)))
    .returning();
  return claimed.sort((a, b) => a.id - b.id);
}

/** They were looked at: this came of it. */
export async function finishNotices(db: Queryable, ids: readonly number[], outcome: EventOutcome): Promise<void> {
  await db
    .update(notice)
    .set({ dueAt: null, claimedUntil: null, outcome })
    .where(inArray(notice.id, [...ids]));
}

/** They were looked at, and nothing of them is to be kept. */
export async function forgetNotices(db: Queryable, ids: readonly number[]): Promise<void> {
  await db.delete(notice).where(inArray(notice.id, [...ids]));
}

/** They are to be looked at again. @param counts whether this was a try of their own */
export async function postponeNotices(
  db: Queryable,
  ids: readonly number[],
  { until, outcome, counts }: { until: Date; outcome: EventDelay; counts: boolean },
): Promise<void> {
  await db
    .update(notice)
    .set({
      dueAt: until,
      claimedUntil: null,
      outcome,
      ...(counts ? { attempts: sql`${notice.attempts} + 1` } : {}),
    })
    .where(inArray(notice.id, [...ids]));
}

/** Whoever had claimed notices of this connection is gone. */
export async function releaseNotices(db: Queryable, connectionId: string): Promise<void> {
  await db
    .update(notice)
    .set({ claimedUntil: null })
    .where(and(eq(notice.connectionId, connectionId), isNotNull(notice.dueAt), isNotNull(notice.claimedUntil)));
}

/** When the next notice of each connection is due. */
export function nextNotices(db: Queryable): Promise<{ connectionId: string; at: Date }[]> {
  return db
    .select({ connectionId: notice.connectionId, at: sql`min(${notice.dueAt})`.mapWith(notice.dueAt).as('at') })
    .from(notice)
    .where(sql`${notice.dueAt} is not null`)
    .groupBy(notice.connectionId) as Promise<{ connectionId: string; at: Date }[]>;
}

export async function journalWaits(db: Queryable): Promise<boolean> {
  const found = await db.select({ id: intake.id }).from(intake).limit(1);
  return found.length > 0;
}

/** It is to be looked at now, whatever came of it before; unless its connection has ended. */
export async function reviveNotice(
  db: Queryable,
  workspaceId: string,
  id: number,
  now: Date,
): Promise<{ connectionId: string } | undefined> {
  const ours = and(eq(notice.id, id), eq(notice.workspaceId, workspaceId));
  const ended = db.select({ id: connection.id }).from(connection).where(eq(connection.status, 'retired'));
  await db
    .update(notice)
    .set({ dueAt: now, claimedUntil: null, attempts: 0, outcome: null })
    .where(and(ours, notInArray(notice.connectionId, ended)));
  const [found] = await db.select({ connectionId: notice.connectionId }).from(notice).where(ours);
  return found;
}
