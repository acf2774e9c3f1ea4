import { and, eq, type SQL, sql } from 'drizzle-orm';
import { equals, present, within } from '../../../platform/database/conditions.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { inOrder, type Page, readPage } from '../../../platform/database/page.ts';
import { connection } from '../../connections/tables.ts';
import { event } from '../tables.ts';

export type EventFilter = {
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
  receivedAt: { of: event.receivedAt, as: 'timestamptz' },
  happenedAt: { of: event.happenedAt, as: 'timestamptz' },
  id: { of: event.id, as: 'bigint' },
} as const;
export const eventOrders = ['receivedAt', 'happenedAt'] as const;

/** What the vendors said, and what came of it. */
export async function listEvents(db: Queryable, workspaceId: string, filter: EventFilter, page: Page) {
  const order = inOrder(columns, [{ by: 'receivedAt', descending: true }], page);
  const afterPlace = (place: readonly SQL[]) =>
    db
      .select({
        place: order.place,
        id: sql<string>`${event.id}::text`,
        connector: connection.connector,
        connection: connection.id,
        kind: event.kind,
        objectId: event.objectId,
        intoId: event.intoId,
        happenedAt: event.happenedAt,
        receivedAt: event.receivedAt,
        waiting: sql<boolean>`${event.dueAt} is not null`,
        attempts: event.attempts,
        outcome: event.outcome,
      })
      .from(event)
      .innerJoin(connection, eq(connection.id, event.connectionId))
      .where(
        and(
          eq(event.workspaceId, workspaceId),
          ...(filter.ticket === undefined
            ? []
            : [eq(event.objectId, filter.ticket), sql`${event.kind} like 'ticket.%'`]),
          ...equals(connection.id, filter.connection),
          ...equals(event.kind, filter.kind),
          ...equals(event.objectId, filter.object),
          ...(filter.outcome === undefined ? [] : [sql`${event.outcome} ->> 'code' = ${filter.outcome}`]),
          ...present(event.dueAt, filter.waiting),
          ...within(event.receivedAt, filter),
          ...place,
        ),
      );
  return readPage(db, order, page, afterPlace);
}
