import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { MarkMessage } from '../../model/messages/write-outcome.ts';
import { ticketHandlers } from '../../model/ticket.ts';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';
import { connection } from '../connections/tables.ts';
import { contact } from '../contacts/tables.ts';

export const ticket = pgTable(
  'ticket',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connection.id),
    externalId: text('external_id').notNull(),
    state: text('state', { enum: ['open', 'resolved', 'gone'] }).notNull(),
    /** How often it was resolved so far: the number of its latest resolution. */
    resolutions: integer('resolutions').notNull().default(0),
    contactId: uuid('contact_id').references(() => contact.id, { onDelete: 'set null' }),
    /** The vendor's time of the last change that we have seen. */
    updatedAt: timestamptz('updated_at'),
    refreshedAt: timestamptz('refreshed_at').notNull(),
    /** From when its answer is to be marked on it; nothing when it stands there, or was given up. */
    markDueAt: timestamptz('mark_due_at'),
    markAttempts: integer('mark_attempts').notNull().default(0),
    /** When the rating was given that its mark stands for; nothing while none of ours stands there. */
    markedAnswerAt: timestamptz('marked_answer_at'),
    /** What became of the mark. */
    markOutcome: jsonb('mark_outcome').$type<MarkMessage>(),
  },
  (table) => [
    uniqueIndex('ticket_external').on(table.connectionId, table.externalId),
    // As lists find a ticket by its number, whatever its connection.
    index('ticket_number').on(table.externalId),
    index('ticket_contact').on(table.contactId),
    index('ticket_mark_due').on(table.connectionId, table.markDueAt).where(sql`${table.markDueAt} is not null`),
  ],
);

/** A ticket resolved for the n-th time, with who had it then. */
export const resolution = pgTable(
  'resolution',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => ticket.id, { onDelete: 'cascade' }),
    n: integer('n').notNull(),
    resolvedAt: timestamptz('resolved_at').notNull(),
    /** Whether `resolved_at` is the vendor's own time. */
    exact: boolean('exact').notNull(),
    seenOpen: boolean('seen_open').notNull(),
    firstSeenAt: timestamptz('first_seen_at').notNull(),
    agent: text('agent'),
    group: text('group'),
    /** Who brought it about; nothing where the system does not tell. */
    handler: text('handler', { enum: ticketHandlers }),
    brand: text('brand'),
    channel: text('channel'),
    tags: jsonb('tags').$type<string[]>().notNull().default([]),
    /** A case that is kept in two systems has the same one in both. */
    subject: text('subject'),
  },
  (table) => [uniqueIndex('resolution_n').on(table.ticketId, table.n)],
);
