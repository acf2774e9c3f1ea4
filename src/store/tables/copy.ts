import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { RecordOutcome } from '../../domain/write-outcome.ts';
import { connection } from './connection.ts';
import { contact } from './contact.ts';
import { moment } from './moment.ts';
import { workspaceId } from './workspace.ts';

/** What should stand on a person's records. The revision grows with every change. */
export const score = pgTable(
  'score',
  {
    contactId: uuid('contact_id')
      .primaryKey()
      .references(() => contact.id, { onDelete: 'cascade' }),
    workspaceId: workspaceId(),
    revision: integer('revision').notNull(),
    values: jsonb('values').$type<Record<string, string | number | boolean | null>>().notNull(),
    lastChange: text('last_change', { enum: ['answered', 'corrected', 'retracted', 'merged', 'imported'] }),
    changedAt: moment('changed_at').notNull(),
  },
  (table) => [
    // As people are sorted by their latest NPS answer.
    index('score_rating').on(
      table.workspaceId,
      sql`((${table.values} ->> 'nps_latest_rating')::double precision) desc nulls last`,
      table.contactId.desc().nullsFirst(),
    ),
    index('score_date').on(
      table.workspaceId,
      sql`(${table.values} ->> 'nps_latest_date') desc nulls last`,
      table.contactId.desc().nullsFirst(),
    ),
    index('score_at_risk').on(table.contactId).where(sql`${table.values} ->> 'feedback_at_risk' = 'true'`),
    index('score_advocate').on(table.contactId).where(sql`${table.values} ->> 'feedback_advocate' = 'true'`),
  ],
);

/** A person's record in one system, and which revision of the score was last written there. */
export const copy = pgTable(
  'copy',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connection.id),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    /** The vendor's id of the record; unknown while `state` is `wanted` or `absent`. */
    externalId: text('external_id'),
    /** `ambiguous`: two people could be meant by this record, so it is not written until somebody joins them. */
    state: text('state', { enum: ['wanted', 'present', 'absent', 'gone', 'ambiguous'] }).notNull(),
    doNotSurvey: boolean('do_not_survey').notNull().default(false),
    /** What it showed when it was last read: normalised, the primary one and those that are verified. */
    addresses: jsonb('addresses').$type<string[]>().notNull().default([]),
    /** When this system was last asked for the person by their addresses. */
    lookedForAt: moment('looked_for_at'),
    writtenRevision: integer('written_revision').notNull().default(0),
    writtenAt: moment('written_at'),
    /** From when it is behind and should be written; nothing when it is not behind, or parked. */
    dueAt: moment('due_at'),
    claimedUntil: moment('claimed_until'),
    /** The revision of an unfinished write, of which a record has at most one. */
    writingRevision: integer('writing_revision'),
    /** What the vendor gave for the unfinished write, to ask what became of it. */
    receipt: text('receipt'),
    /** Whether the last write may have happened: the record is read before the next one. */
    uncertain: boolean('uncertain').notNull().default(false),
    attempts: integer('attempts').notNull().default(0),
    parkedAt: moment('parked_at'),
    /** How often a record that is gone was looked for. */
    goneLooks: integer('gone_looks').notNull().default(0),
    /** For `gone`: when to look whether it is back, went up in another one, or was deleted permanently. */
    goneCheckAt: moment('gone_check_at'),
    /** What became of the last write, or why there is none. */
    outcome: jsonb('outcome').$type<RecordOutcome>(),
  },
  (table) => [
    uniqueIndex('copy_record').on(table.connectionId, table.externalId),
    index('copy_contact').on(table.contactId),
    index('copy_due').on(table.connectionId, table.state, table.dueAt).where(sql`${table.dueAt} is not null`),
    index('copy_unfinished').on(table.connectionId, table.receipt).where(sql`${table.writingRevision} is not null`),
    index('copy_gone').on(table.connectionId, table.goneCheckAt).where(sql`${table.goneCheckAt} is not null`),
    index('copy_written').on(table.connectionId, table.writtenAt),
  ],
);
