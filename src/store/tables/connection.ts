import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';
import { workspaceId } from './workspace.ts';

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
    keysChangedAt: moment('keys_changed_at'),
    status: text('status', { enum: ['new', 'ready', 'refused', 'retired'] }).notNull(),
    /** For `refused`: what happened and what to do, as sentences. */
    statusDetail: text('status_detail'),
    /** For `refused`: since when. */
    refusedAt: moment('refused_at'),
    /** It is being ended, and on the way there our values are taken out of every record. */
    clearingSince: moment('clearing_since'),
    /** The watermark: resolutions before it are never asked about. */
    listensSince: moment('listens_since').notNull(),
    /** Everything the vendor changed before this was looked at by the poll. */
    polledUntil: moment('polled_until').notNull(),
    pollCursor: text('poll_cursor'),
    lastPolledAt: moment('last_polled_at'),
    pollDueAt: moment('poll_due_at').notNull(),
    checkedAt: moment('checked_at'),
    /** How far the vendor's clock was ahead of ours when it was last looked at, in milliseconds. */
    clockDifference: integer('clock_difference'),
    provisionDueAt: moment('provision_due_at').notNull(),
    readBackDueAt: moment('read_back_due_at').notNull(),
    asks: boolean('asks').notNull().default(true),
    writes: boolean('writes').notNull().default(true),
    createsContacts: boolean('creates_contacts').notNull().default(false),
    /** Whether an answer is marked on its ticket, and whether with an internal note. */
    marksTickets: boolean('marks_tickets').notNull().default(true),
    notesTickets: boolean('notes_tickets').notNull().default(false),
    askingPausedAt: moment('asking_paused_at'),
    writingPausedAt: moment('writing_paused_at'),
    findings: jsonb('findings')
      .$type<{ subject: string; state: string; detail?: string; remedy?: string; fields?: readonly string[] }[]>()
      .notNull()
      .default([]),
    /** When somebody last wanted every record written again, and how many that were. */
    rewriteSince: moment('rewrite_since'),
    rewriteCount: integer('rewrite_count').notNull().default(0),
    lastNoticeAt: moment('last_notice_at'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('connection_account').on(table.connector, table.account).where(sql`${table.status} <> 'retired'`),
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
    sealed: text('sealed').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.connectionId, table.name] })],
);

/** Who may call a connection's vendor: one process at a time. */
export const lease = pgTable('lease', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  until: moment('until').notNull(),
});
