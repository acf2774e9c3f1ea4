import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, lte, ne, or, sql } from 'drizzle-orm';
import type { FailureMessage } from '../domain/failure-message.ts';
import { only, type Queryable } from './database.ts';
import { connection, copy, notice } from './tables/index.ts';

export type ConnectionRow = typeof connection.$inferSelect;

export function listConnections(db: Queryable): Promise<ConnectionRow[]> {
  return db.select().from(connection).where(ne(connection.status, 'retired')).orderBy(asc(connection.createdAt));
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
    .where(and(eq(connection.connector, connector), eq(connection.account, account), ne(connection.status, 'retired')));
  return found;
}

/** The connection that settings from this origin made, created with its watermark at `now` when there is none yet. */
export async function ensureConnection(
  db: Queryable,
  wanted: { workspaceId: string; connector: string; origin: string },
  now: Date,
): Promise<ConnectionRow> {
  const [existing] = await db
    .select()
    .from(connection)
    .where(
      and(
        eq(connection.workspaceId, wanted.workspaceId),
        eq(connection.connector, wanted.connector),
        eq(connection.origin, wanted.origin),
        ne(connection.status, 'retired'),
      ),
    );
  return existing ?? createConnection(db, wanted, now);
}

export async function createConnection(
  db: Queryable,
  wanted: Pick<ConnectionRow, 'workspaceId' | 'connector' | 'origin'> &
    Partial<Pick<ConnectionRow, 'account' | 'name' | 'keysChangedAt'>>,
  now: Date,
): Promise<ConnectionRow> {
  // Vendors tell the time of a resolution to the second.
  const listensSince = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const created = await db
    .insert(connection)
    .values({
      id: randomUUID(),
      ...wanted,
      status: 'new',
      listensSince,
      polledUntil: listensSince,
      pollDueAt: now,
      provisionDueAt: now,
      readBackDueAt: new Date(now.getTime() + 86_400_000),
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
export async function markRefused(
  db: Queryable,
  id: string,
  { statusDetail, provisionDueAt, now }: { statusDetail: FailureMessage; provisionDueAt: Date; now: Date },
): Promise<boolean> {
  const changed = await db
    .update(connection)
    .set({
      status: 'refused',
      statusDetail,
      provisionDueAt,
      refusedAt: sql`case when ${connection.status} = 'refused' then ${connection.refusedAt} else ${now.toISOString()}::timestamptz end`,
    })
    .where(
      and(
        eq(connection.id, id),
        or(
          ne(connection.status, 'refused'),
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
    .where(and(ne(connection.status, 'retired'), lte(connection[what], now)));
}

export type Backlog = { noticesToLookAt: number; recordsToWrite: number; recordsParked: number };

/** What each connection still has to do, by connection id. */
export async function backlogs(db: Queryable, workspaceId: string): Promise<Map<string, Backlog>> {
  const notices = await db
    .select({ id: notice.connectionId, count: sql<number>`count(*)::int` })
    .from(notice)
    .where(and(eq(notice.workspaceId, workspaceId), sql`${notice.dueAt} is not null`))
    .groupBy(notice.connectionId);
  const copies = await db
    .select({
      id: copy.connectionId,
      due: sql<number>`count(*) filter (where ${copy.dueAt} is not null or ${copy.writingRevision} is not null)::int`,
      parked: sql<number>`count(*) filter (where ${copy.parkedAt} is not null)::int`,
    })
    .from(copy)
    .where(eq(copy.workspaceId, workspaceId))
    .groupBy(copy.connectionId);
  const found = new Map<string, Backlog>();
  const of = (id: string) => {
    const backlog = found.get(id) ?? { noticesToLookAt: 0, recordsToWrite: 0, recordsParked: 0 };
    found.set(id, backlog);
    return backlog;
  };
  for (const { id, count } of notices) of(id).noticesToLookAt = count;
  for (const { id, due, parked } of copies) Object.assign(of(id), { recordsToWrite: due, recordsParked: parked });
  return found;
}
