import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, lte, ne, or, sql } from 'drizzle-orm';
import type { FailureMessage } from '../../../model/messages/failure-message.ts';
import { dayMs } from '../../../model/time-units.ts';
import { only, type Queryable } from '../../../platform/database/database.ts';
import { event } from '../../events/tables.ts';
import { recordLink } from '../../records/tables.ts';
import { connection } from '../tables.ts';

export type ConnectionRow = typeof connection.$inferSelect;

export function listConnections(db: Queryable): Promise<ConnectionRow[]> {
  return db.select().from(connection).where(ne(connection.status, 'disconnected')).orderBy(asc(connection.createdAt));
}

export async function findConnection(db: Queryable, id: string): Promise<ConnectionRow | undefined> {
  const [found] = await db.select().from(connection).where(eq(connection.id, id));
  return found;
}

export async function findConnections(db: Queryable, ids: readonly string[]): Promise<Map<string, ConnectionRow>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select()
    .from(connection)
    .where(inArray(connection.id, [...ids]));
  return new Map(found.map((row) => [row.id, row]));
}

/** The connection of this account, which is one in the whole deployment. */
export async function findByAccount(
  db: Queryable,
  connector: string,
  account: string,
): Promise<ConnectionRow | undefined> {
  const [found] = await db
    .select()
    .from(connection)
    .where(
      and(eq(connection.connector, connector), eq(connection.account, account), ne(connection.status, 'disconnected')),
    );
  return found;
}

/** The connection that settings from this origin made, created with its watermark at `now` when there is none yet. */
export async function ensureConnection(
  db: Queryable,
  values: { workspaceId: string; connector: string; origin: string },
  now: Date,
): Promise<ConnectionRow> {
  const [existing] = await db
    .select()
    .from(connection)
    .where(
      and(
        eq(connection.workspaceId, values.workspaceId),
        eq(connection.connector, values.connector),
        eq(connection.origin, values.origin),
        ne(connection.status, 'disconnected'),
      ),
    );
  return existing ?? createConnection(db, values, now);
}

export async function createConnection(
  db: Queryable,
  values: Pick<ConnectionRow, 'workspaceId' | 'connector' | 'origin'> &
    Partial<Pick<ConnectionRow, 'account' | 'name' | 'keysChangedAt'>>,
  now: Date,
): Promise<ConnectionRow> {
  // Vendors tell the time of a resolution to the second.
  const activeSince = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const created = await db
    .insert(connection)
    .values({
      id: randomUUID(),
      ...values,
      status: 'new',
      activeSince,
      polledUntil: activeSince,
      pollDueAt: now,
      provisionDueAt: now,
      readBackDueAt: new Date(now.getTime() + dayMs),
      createdAt: now,
    })
    .returning();
  return only(created);
}

export async function updateConnection(db: Queryable, id: string, changes: Partial<ConnectionRow>): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await db.update(connection).set(changes).where(eq(connection.id, id));
}

/** @returns whether this is news: that it is refused, or why */
export async function markUnauthorized(
  db: Queryable,
  id: string,
  { statusDetail, provisionDueAt, now }: { statusDetail: FailureMessage; provisionDueAt: Date; now: Date },
): Promise<boolean> {
  const changed = await db
    .update(connection)
    .set({
      status: 'unauthorized',
      statusDetail,
      provisionDueAt,
      unauthorizedAt: sql`case when ${connection.status} = 'unauthorized' then ${connection.unauthorizedAt} else ${now.toISOString()}::timestamptz end`,
    })
    .where(
      and(
        eq(connection.id, id),
        or(
          ne(connection.status, 'unauthorized'),
          sql`${connection.statusDetail} is distinct from ${JSON.stringify(statusDetail)}::jsonb`,
        ),
      ),
    )
    .returning({ id: connection.id });
  return changed.length > 0;
}

/** Connections whose poll, provisioning or read-back is due. */
export function dueConnections(
  db: Queryable,
  what: 'pollDueAt' | 'provisionDueAt' | 'readBackDueAt',
  now: Date,
): Promise<{ id: string }[]> {
  return db
    .select({ id: connection.id })
    .from(connection)
    .where(and(ne(connection.status, 'disconnected'), lte(connection[what], now)));
}

export type Backlog = { pendingEvents: number; recordsPending: number; recordsFailed: number };

/** What each connection still has to do, by connection id. */
export async function backlogs(db: Queryable, workspaceId: string): Promise<Map<string, Backlog>> {
  const events = await db
    .select({ id: event.connectionId, count: sql<number>`count(*)::int` })
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), sql`${event.dueAt} is not null`))
    .groupBy(event.connectionId);
  const recordLinks = await db
    .select({
      id: recordLink.connectionId,
      due: sql<number>`count(*) filter (where ${recordLink.dueAt} is not null or ${recordLink.writingRevision} is not null)::int`,
      failed: sql<number>`count(*) filter (where ${recordLink.failedAt} is not null)::int`,
    })
    .from(recordLink)
    .where(eq(recordLink.workspaceId, workspaceId))
    .groupBy(recordLink.connectionId);
  const found = new Map<string, Backlog>();
  const of = (id: string) => {
    const backlog = found.get(id) ?? { pendingEvents: 0, recordsPending: 0, recordsFailed: 0 };
    found.set(id, backlog);
    return backlog;
  };
  for (const { id, count } of events) of(id).pendingEvents = count;
  for (const { id, due, failed } of recordLinks) Object.assign(of(id), { recordsPending: due, recordsFailed: failed });
  return found;
}
