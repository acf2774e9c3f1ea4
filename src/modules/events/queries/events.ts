import { and, asc, eq, inArray, isNotNull, lte, notInArray, type SQL, sql } from 'drizzle-orm';
import type { EventDelay, EventOutcome } from '../../../model/messages/event-outcome.ts';
import { isOver } from '../../../platform/database/conditions.ts';
import { type Queryable, rows } from '../../../platform/database/database.ts';
import { storable } from '../../../platform/database/storable.ts';
import { connection } from '../../connections/tables.ts';
import { event, receivedEvent } from '../tables.ts';

export type EventRow = typeof event.$inferSelect;

/** An event as the received events keeps it until it is sorted into the table. */
export type ReceivedEvent = {
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
export async function saveReceivedEvents(db: Queryable, events: readonly ReceivedEvent[], now: Date): Promise<void> {
  await db.insert(receivedEvent).values({ events: JSON.stringify(events.map(sortable)), receivedAt: now });
}

/** Years that PostgreSQL reads as JavaScript writes them. */
const readableTime = /^(?!0000)\d{4}-/u;

/** One event that cannot be sorted would keep all the others waiting. */
function sortable(event: ReceivedEvent): ReceivedEvent {
  return {
    ...event,
    key: storable(event.key),
    object_id: storable(event.object_id),
    into_id: event.into_id === null ? null : storable(event.into_id),
    happened_at: readableTime.test(event.happened_at) ? event.happened_at : event.received_at,
  };
}

/**
 * Sorts the oldest received events rows into the table, each event once however often it was delivered.
 *
 * @returns how many rows were taken, and the connections that have something to look at
 */
export async function moveReceivedEvents(
  db: Queryable,
  limit: number,
): Promise<{ taken: number; connections: string[] }> {
  const [result] = await rows<{ taken: number; connections: string[] | null }>(
    db,
    sql`with taken as (
          delete from ${receivedEvent} where id in (select id from ${receivedEvent} order by id limit ${limit} for update skip locked)
          returning events
        ), sorted as (
          insert into ${event} (workspace_id, connection_id, key, kind, object_id, into_id, happened_at, received_at, due_at)
          select n.workspace_id, n.connection_id, n.key, n.kind, n.object_id, n.into_id, n.happened_at, n.received_at, n.received_at
          from taken, jsonb_to_recordset(taken.events::jsonb) as n(
            workspace_id text, connection_id uuid, key text, kind text, object_id text, into_id text,
            happened_at timestamptz, received_at timestamptz)
          on conflict (connection_id, key) do nothing
          returning connection_id, received_at
        ), heard as (
          update ${connection} c set last_event_at = s.at
          from (select connection_id, max(received_at) as at from sorted group by connection_id) s
          where c.id = s.connection_id
        )
        select (select count(*)::int from taken) as taken,
               (select array_agg(distinct connection_id::text) from sorted) as connections`,
  );
  return { taken: result?.taken ?? 0, connections: result?.connections ?? [] };
}

/** Puts what a poll found into the table, as if the vendor had told us. @returns how many were new */
export async function addEvents(db: Queryable, events: readonly (typeof event.$inferInsert)[]): Promise<number> {
  if (events.length === 0) return 0;
  const added = await db
    .insert(event)
    .values([...events])
    .onConflictDoNothing()
    .returning({ id: event.id });
  return added.length;
}

function isDue(connectionId: string, now: Date): SQL | undefined {
  return and(eq(event.connectionId, connectionId), lte(event.dueAt, now), isOver(event.claimedUntil, now));
}

/** What the oldest due events of a connection are about, one entry an event, in the order of `claimEvents`. */
export async function listDueObjects(db: Queryable, connectionId: string, now: Date, limit: number): Promise<string[]> {
  const found = await db
    .select({ objectId: event.objectId })
    .from(event)
    .where(isDue(connectionId, now))
    .orderBy(asc(event.dueAt), asc(event.id))
    .limit(limit);
  return found.map(({ objectId }) => objectId);
}

/** Takes the oldest due events of a connection for a while. @returns them in the order in which they arrived */
export async function claimEvents(
  db: Queryable,
  connectionId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<EventRow[]> {
  // As a CTE it is evaluated once; as a subquery it may be evaluated again, and then skip what it has just locked.
  const due = db
    .$with('due')
    .as(
      db
        .select({ id: event.id })
        .from(event)
        .where(isDue(connectionId, now))
        .orderBy(asc(event.dueAt), asc(event.id))
        .limit(limit)
        .for('update', { skipLocked: true }),
    );
  const claimed = await db
    .with(due)
    .update(event)
    .set({ claimedUntil: until })
    .where(inArray(event.id, db.select({ id: due.id }).from(due)))
    .returning();
  return claimed.sort((a, b) => a.id - b.id);
}

/** They were looked at: this came of it. */
export async function finishEvents(db: Queryable, ids: readonly number[], outcome: EventOutcome): Promise<void> {
  await db
    .update(event)
    .set({ dueAt: null, claimedUntil: null, outcome })
    .where(inArray(event.id, [...ids]));
}

/** They were looked at, and nothing of them is to be kept. */
export async function forgetEvents(db: Queryable, ids: readonly number[]): Promise<void> {
  await db.delete(event).where(inArray(event.id, [...ids]));
}

/** They are to be looked at again. @param counts whether this was a try of their own */
export async function postponeEvents(
  db: Queryable,
  ids: readonly number[],
  { until, outcome, counts }: { until: Date; outcome: EventDelay; counts: boolean },
): Promise<void> {
  await db
    .update(event)
    .set({
      dueAt: until,
      claimedUntil: null,
      outcome,
      ...(counts ? { attempts: sql`${event.attempts} + 1` } : {}),
    })
    .where(inArray(event.id, [...ids]));
}

/** Whoever had claimed events of this connection is gone. */
export async function releaseEvents(db: Queryable, connectionId: string): Promise<void> {
  await db
    .update(event)
    .set({ claimedUntil: null })
    .where(and(eq(event.connectionId, connectionId), isNotNull(event.dueAt), isNotNull(event.claimedUntil)));
}

/** When the next event of each connection is due. */
export function nextEvents(db: Queryable): Promise<{ connectionId: string; at: Date }[]> {
  return db
    .select({ connectionId: event.connectionId, at: sql`min(${event.dueAt})`.mapWith(event.dueAt).as('at') })
    .from(event)
    .where(sql`${event.dueAt} is not null`)
    .groupBy(event.connectionId) as Promise<{ connectionId: string; at: Date }[]>;
}

/** How many events of each connection are still to be dispatched. */
export async function countWaitingEvents(db: Queryable): Promise<Map<string, number>> {
  const found = await db
    .select({ connectionId: event.connectionId, waiting: sql<number>`count(*)::int` })
    .from(event)
    .where(isNotNull(event.dueAt))
    .groupBy(event.connectionId);
  return new Map(found.map(({ connectionId, waiting }) => [connectionId, waiting]));
}

export async function hasReceivedEvents(db: Queryable): Promise<boolean> {
  const found = await db.select({ id: receivedEvent.id }).from(receivedEvent).limit(1);
  return found.length > 0;
}

/** It is to be looked at now, whatever came of it before; unless its connection has ended. */
export async function reviveEvent(
  db: Queryable,
  workspaceId: string,
  id: number,
  now: Date,
): Promise<{ connectionId: string } | undefined> {
  const ours = and(eq(event.id, id), eq(event.workspaceId, workspaceId));
  const ended = db.select({ id: connection.id }).from(connection).where(eq(connection.status, 'disconnected'));
  await db
    .update(event)
    .set({ dueAt: now, claimedUntil: null, attempts: 0, outcome: null })
    .where(and(ours, notInArray(event.connectionId, ended)));
  const [found] = await db.select({ connectionId: event.connectionId }).from(event).where(ours);
  return found;
}
