import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { FailureMessage } from '../../model/messages/failure-message.ts';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';
import { survey } from '../surveys/tables.ts';

/** Whom a survey would have asked about the tickets of the last weeks; sends nothing. */
export const dryRun = pgTable(
  'dry_run',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    surveyId: uuid('survey_id')
      .notNull()
      .references(() => survey.id),
    /** The survey as it was when the run began. */
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    status: text('status', { enum: ['running', 'finished', 'failed', 'cancelled'] }).notNull(),
    /** Where it goes on: what was looked at so far, by connection. */
    place: jsonb('place').$type<Record<string, unknown>>().notNull().default({}),
    /** What came out so far. */
    findings: jsonb('findings').$type<Record<string, unknown>>().notNull().default({}),
    /** For `failed`: why, as a message of failures. */
    why: jsonb('why').$type<FailureMessage>(),
    since: timestamptz('since').notNull(),
    dueAt: timestamptz('due_at'),
    createdAt: timestamptz('created_at').notNull(),
    endedAt: timestamptz('ended_at'),
  },
  (table) => [index('dry_run_due').on(table.dueAt).where(sql`${table.dueAt} is not null`)],
);
