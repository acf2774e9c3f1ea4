import { boolean, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { timestamptz } from '../database/timestamptz.ts';

/** Calls that a connection's last holder made in the vendor's current window, by lane. */
export type LeaseNote = Readonly<Record<string, number>>;

/** Which worker works on a connection, an email server or a workspace: one at a time. */
export const lease = pgTable('lease', {
  /** The id of the connection or workspace, or the email server's. */
  key: text('key').primaryKey(),
  holder: text('holder').notNull(),
  /** When it runs out, or when it was released: its holder began nothing after that. */
  until: timestamptz('until').notNull(),
  /** What its last holder left for the next one; null while it is in use, and after that holder was killed. */
  note: jsonb('note').$type<LeaseNote>(),
});

/** The processes of this service. */
export const worker = pgTable('worker', {
  id: text('id').primaryKey(),
  /** Whether it works on jobs; one that only answers requests does not. */
  works: boolean('works').notNull(),
  startedAt: timestamptz('started_at').notNull(),
  seenAt: timestamptz('seen_at').notNull(),
});
