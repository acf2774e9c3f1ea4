import { integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';

export const survey = pgTable(
  'survey',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    key: text('key').notNull(),
    status: text('status', { enum: ['draft', 'live', 'paused', 'unpublished'] }).notNull(),
    /** The admin's order: the first that asks wins the ticket. */
    position: integer('position').notNull(),
    /** `file` when it is kept in `SURVEYS_FILE`, `default` when it came with the service, `api` when people made it. */
    origin: text('origin').notNull(),
    /** The newest that was published; 0 before the first. */
    version: integer('version').notNull(),
    /** What is being worked on: it asks nobody until it is published. Nothing when there is nothing new. */
    draft: jsonb('draft').$type<Record<string, unknown>>(),
  },
  (table) => [uniqueIndex('survey_key').on(table.workspaceId, table.key)],
);

export const surveyVersion = pgTable(
  'survey_version',
  {
    surveyId: uuid('survey_id')
      .notNull()
      .references(() => survey.id),
    version: integer('version').notNull(),
    workspaceId: workspaceId(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    createdAt: timestamptz('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.surveyId, table.version] })],
);

/** A brand under which a workspace writes: its sender, its look, and which tickets are its own. */
export const brand = pgTable(
  'brand',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    key: text('key').notNull(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    /** Its own email server, encrypted under `SECRET_KEY`; nothing when it sends by the usual one. */
    encryptedSmtpUrl: text('encrypted_smtp_url'),
    updatedAt: timestamptz('updated_at').notNull(),
  },
  (table) => [uniqueIndex('brand_key').on(table.workspaceId, table.key)],
);
