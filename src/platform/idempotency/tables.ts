import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { timestamptz } from '../database/timestamptz.ts';
import { workspaceId } from '../workspaces/tables.ts';

/** What a write answered, so that a caller who did not hear it may safely ask again. */
export const idempotency = pgTable(
  'idempotency',
  {
    workspaceId: workspaceId(),
    key: text('key').notNull(),
    /** Of method, address and body: the same key with another request is a mistake of the caller's. */
    fingerprint: text('fingerprint').notNull(),
    /** Nothing while the first request is under way. */
    status: integer('status'),
    body: jsonb('body'),
    at: timestamptz('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.key] }),
    // Each request forgets some that are too old.
    index('idempotency_at').on(table.at),
  ],
);
