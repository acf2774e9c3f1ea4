import { boolean, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { timestamptz } from '../database/timestamptz.ts';

export const workspace = pgTable('workspace', {
  id: text('id').primaryKey(),
  name: text('name'),
  /** BCP 47: the language of field labels and of whoever works here. */
  language: text('language').notNull().default('en'),
  /** IANA name; what holds where neither a contact nor their account says where they live. */
  timeZone: text('time_zone').notNull().default('UTC'),
  /** Addresses and domains of its own: nobody behind them is asked. */
  ownAddresses: jsonb('own_addresses').$type<string[]>().notNull().default([]),
  ownDomains: jsonb('own_domains').$type<string[]>().notNull().default([]),
  /** Addresses, domains and local parts (`alerts@`) behind which there is no person. */
  machineAddresses: jsonb('machine_addresses').$type<string[]>().notNull().default([]),
  /** ISO 8601: after that, what contacts answered and were asked is deleted; nothing keeps it for good. */
  retention: text('retention'),
  /** When what is too old is next looked for; nothing before the first time. */
  retentionDueAt: timestamptz('retention_due_at'),
  /** Whether owners and admins may only look while they have no second factor. */
  requireTwoFactor: boolean('require_two_factor').notNull().default(false),
  surveysPausedAt: timestamptz('surveys_paused_at'),
  writeBackPausedAt: timestamptz('write_back_paused_at'),
  createdAt: timestamptz('created_at').notNull(),
});

/** Every row of customer data belongs to a workspace. */
export const workspaceId = () =>
  text('workspace_id')
    .notNull()
    .references(() => workspace.id);
