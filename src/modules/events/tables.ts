import { sql } from 'drizzle-orm';
import { bigserial, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { EventOutcome } from '../../model/messages/event-outcome.ts';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';
import { connection } from '../connections/tables.ts';

/** What webhooks brought, until it is sorted into events: one row a flush, so that accepting is one small insert. */
export const receivedEvent = pgTable('received_event', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  /** A JSON list of events, each with the connection it reached. */
  events: text('events').notNull(),
  receivedAt: timestamptz('received_at').notNull(),
});

export const event = pgTable(
  'event',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    workspaceId: workspaceId(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connection.id),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    objectId: text('object_id').notNull(),
    intoId: text('into_id'),
    happenedAt: timestamptz('happened_at').notNull(),
    receivedAt: timestamptz('received_at').notNull(),
    /** Nothing once it has been looked at. */
    dueAt: timestamptz('due_at'),
    claimedUntil: timestamptz('claimed_until'),
    attempts: integer('attempts').notNull().default(0),
    /** What came of it. */
    outcome: jsonb('outcome').$type<EventOutcome>(),
  },
  (table) => [
    uniqueIndex('event_key').on(table.connectionId, table.key),
    index('event_due').on(table.connectionId, table.dueAt).where(sql`${table.dueAt} is not null`),
    index('event_workspace').on(table.workspaceId, table.receivedAt),
    index('event_happened').on(table.workspaceId, table.happenedAt),
    index('event_object').on(table.workspaceId, table.objectId),
    index('event_kind').on(table.workspaceId, table.kind, table.receivedAt),
    index('event_outcome').on(table.workspaceId, sql`(${table.outcome} ->> 'code')`, table.receivedAt),
  ],
);
