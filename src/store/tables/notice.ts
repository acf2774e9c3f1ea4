import { sql } from 'drizzle-orm';
import { bigserial, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { EventOutcome } from '../../domain/event-outcome.ts';
import { connection } from './connection.ts';
import { moment } from './moment.ts';
import { workspaceId } from './workspace.ts';

/** The journal of what webhooks brought: one row a flush, so that accepting is one small insert. */
export const intake = pgTable('intake', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  /** A JSON list of notices, each with the connection it reached. */
  notices: text('notices').notNull(),
  receivedAt: moment('received_at').notNull(),
});

export const notice = pgTable(
  'notice',
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
    happenedAt: moment('happened_at').notNull(),
    receivedAt: moment('received_at').notNull(),
    /** Nothing once it has been looked at. */
    dueAt: moment('due_at'),
    claimedUntil: moment('claimed_until'),
    attempts: integer('attempts').notNull().default(0),
    /** What came of it. */
    outcome: jsonb('outcome').$type<EventOutcome>(),
  },
  (table) => [
    uniqueIndex('notice_key').on(table.connectionId, table.key),
    index('notice_due').on(table.connectionId, table.dueAt).where(sql`${table.dueAt} is not null`),
    index('notice_workspace').on(table.workspaceId, table.receivedAt),
  ],
);
