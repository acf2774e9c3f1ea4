import { eq, sql } from 'drizzle-orm';
import { only, type Queryable, rows } from '../../../platform/database/database.ts';
import { connection } from '../../connections/tables.ts';
import { markAllOutOfSync } from '../../records/index.ts';
import { recordLink } from '../../records/tables.ts';

/** All records of a connection written again: since when, how many, and how many are still to be. */
export type Rewrite = { since: Date; records: number; left: number };

/** Marks every record of a connection out of sync; what is written from then on is told from what was before. */
export async function beginRewrite(tx: Queryable, connectionId: string, now: Date): Promise<void> {
  await markAllOutOfSync(tx, connectionId, now);
  const counted = await rows<{ count: number }>(
    tx,
    sql`select count(*)::int as count from ${recordLink} where ${outOfSync(connectionId)}`,
  );
  await tx
    .update(connection)
    .set({ resyncSince: now, resyncCount: only(counted).count })
    .where(eq(connection.id, connectionId));
}

/** Nothing when nobody ever wanted that. */
export async function findRewrite(db: Queryable, connectionId: string): Promise<Rewrite | undefined> {
  const [found] = await db
    .select({
      since: connection.resyncSince,
      records: connection.resyncCount,
      left: sql<number>`(
        select count(*)::int from ${recordLink}
        where ${outOfSync(connectionId)} and (written_at is null or written_at < ${connection.resyncSince}
          or due_at = ${connection.resyncSince}))`,
    })
    .from(connection)
    .where(eq(connection.id, connectionId));
  if (!found || found.since === null) return undefined;
  // Those that became out of sync meanwhile for the first time were not among them.
  return { since: found.since, records: found.records, left: Math.min(found.left, found.records) };
}

const outOfSync = (connectionId: string) =>
  sql`connection_id = ${connectionId} and (due_at is not null or writing_revision is not null)`;
