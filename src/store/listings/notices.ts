import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { connection, notice } from '../tables/index.ts';
import { equals, present, within } from './conditions.ts';
import { inOrder, type Page, readPage } from './page.ts';

export type NoticeFilter = {
  ticket?: string;
  connection?: string;
  kind?: string;
  /** The vendor's id of what it is about. */
  object?: string;
  /** The code of what came of it. */
  outcome?: string;
  waiting?: boolean;
  from?: Date;
  until?: Date;
};

const columns = {
  receivedAt: { of: notice.receivedAt, as: 'timestamptz' },
  happenedAt: { of: notice.happenedAt, as: 'timestamptz' },
  id: { of: notice.id, as: 'bigint' },
} as const;
export const noticeOrders = ['receivedAt', 'happenedAt'] as const;

/** What the vendors said, and what came of it. */
export async function listNotices(db: Queryable, workspaceId: string, filter: NoticeFilter, page: Page) {
  const order = inOrder(columns, [{ by: 'receivedAt', descending: true }], page);
  const behind = (place: readonly SQL[]) =>
    db
      .select({
        place: order.place,
        id: sql<string>`${notice.id}::text`,
        connector: connection.connector,
        connection: connection.id,
        kind: notice.kind,
        objectId: notice.objectId,
        intoId: notice.intoId,
        happenedAt: notice.happenedAt,
        receivedAt: notice.receivedAt,
        waiting: sql<boolean>`${notice.dueAt} is not null`,
        attempts: notice.attempts,
        outcome: notice.outcome,
      })
      .from(notice)
      .innerJoin(connection, eq(connection.id, notice.connectionId))
      .where(
        and(
          eq(notice.workspaceId, workspaceId),
          ...(filter.ticket === undefined
            ? []
            : [eq(notice.objectId, filter.ticket), sql`${notice.kind} like 'ticket.%'`]),
          ...equals(connection.id, filter.connection),
          ...equals(notice.kind, filter.kind),
          ...equals(notice.objectId, filter.object),
          ...(filter.outcome === undefined ? [] : [sql`${notice.outcome} ->> 'code' = ${filter.outcome}`]),
          ...present(notice.dueAt, filter.waiting),
          ...within(notice.receivedAt, filter),
          ...place,
        ),
      );
  return readPage(db, order, page, behind);
}
