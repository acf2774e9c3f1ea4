import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { FailureMessage } from '../../model/messages/failure-message.ts';
import type { Finding } from '../../model/messages/finding.ts';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';

export const connection = pgTable(
  'connection',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    connector: text('connector').notNull(),
    /** The vendor's account; unknown until the credentials opened it for the first time. */
    account: text('account'),
    /** What people here call it. */
    name: text('name'),
    /** The account's own, as its vendor says: an IANA name. */
    timeZone: text('time_zone'),
    /** Where the account's own pages are, as its vendor says. */
    host: text('host'),
    /** What our fields are called there, by our key; null is a field that this account does without. */
    fieldNames: jsonb('field_names').$type<Record<string, string | null>>().notNull().default({}),
    /** Which of our fields it gets; null: all of them, the core ones where its plan has no room for all. */
    fieldProfile: text('field_profile', { enum: ['full', 'core'] }),
    /** Where its settings come from: `environment`, `sandbox`, `authorization` by an admin's consent, or `console`. */
    origin: text('origin').notNull(),
    /** When the keys that were given in the console were last changed. */
    keysChangedAt: timestamptz('keys_changed_at'),
    status: text('status', { enum: ['new', 'ready', 'unauthorized', 'disconnected'] }).notNull(),
    /** For `refused`: why, as a message of failures. */
    statusDetail: jsonb('status_detail').$type<FailureMessage>(),
    /** For `refused`: since when. */
    unauthorizedAt: timestamptz('unauthorized_at'),
    /** It is being ended, and on the way there our values are taken out of every record. */
    clearingSince: timestamptz('clearing_since'),
    /** The watermark: resolutions before it are never asked about. */
    activeSince: timestamptz('active_since').notNull(),
    /** Everything the vendor changed before this was looked at by the poll. */
    polledUntil: timestamptz('polled_until').notNull(),
    pollCursor: text('poll_cursor'),
    lastPolledAt: timestamptz('last_polled_at'),
    pollDueAt: timestamptz('poll_due_at').notNull(),
    checkedAt: timestamptz('checked_at'),
    /** How far the vendor's clock was ahead of ours when it was last looked at, in milliseconds. */
    clockDifference: integer('clock_difference'),
    provisionDueAt: timestamptz('provision_due_at').notNull(),
    readBackDueAt: timestamptz('read_back_due_at').notNull(),
    surveysEnabled: boolean('surveys_enabled').notNull().default(true),
    writeBackEnabled: boolean('write_back_enabled').notNull().default(true),
    /** How much of the vendor's rate limit we use, in percent: the rest belongs to the account's other integrations. */
    quotaShare: integer('quota_share').notNull().default(50),
    createContacts: boolean('create_contacts').notNull().default(false),
    /** Whether an answer is marked on its ticket, and whether with an internal note. */
    tagTickets: boolean('tag_tickets').notNull().default(true),
    addTicketNotes: boolean('add_ticket_notes').notNull().default(false),
    surveysPausedAt: timestamptz('surveys_paused_at'),
    writeBackPausedAt: timestamptz('write_back_paused_at'),
    findings: jsonb('findings').$type<readonly Finding[]>().notNull().default([]),
    /** When somebody last wanted every record written again, and how many that were. */
    resyncSince: timestamptz('resync_since'),
    resyncCount: integer('resync_count').notNull().default(0),
    lastEventAt: timestamptz('last_event_at'),
    createdAt: timestamptz('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('connection_account').on(table.connector, table.account).where(sql`${table.status} <> 'disconnected'`),
    index('connection_workspace').on(table.workspaceId),
  ],
);

export const credential = pgTable(
  'credential',
  {
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connection.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Encrypted under `SECRET_KEY`. */
    encrypted: text('encrypted').notNull(),
    updatedAt: timestamptz('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.connectionId, table.name] })],
);
