import { bigserial, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { timestamptz } from '../database/timestamptz.ts';
import { workspaceId } from '../workspaces/tables.ts';

/** Who changed what, and when. */
export const audit = pgTable(
  'audit',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    workspaceId: workspaceId(),
    /** The user's or the key's id, or `environment` for what the settings did. */
    actor: text('actor').notNull(),
    /** As a verb with its noun, e.g. `response.retract`. */
    action: text('action').notNull(),
    /** The id of what was changed. */
    subject: text('subject').notNull(),
    /** What changed; no personal data. */
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    at: timestamptz('at').notNull(),
  },
  (table) => [
    index('audit_workspace').on(table.workspaceId, table.at),
    index('audit_actor').on(table.workspaceId, table.actor, table.at),
    index('audit_action').on(table.workspaceId, table.action, table.at),
    index('audit_subject').on(table.workspaceId, table.subject),
  ],
);
