import { sql } from 'drizzle-orm';
import {
  boolean,
  type ExtraConfigColumn,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { RecordOutcome } from '../../model/messages/write-outcome.ts';
import { type Metric, metric } from '../../model/scale.ts';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';
import { connection } from '../connections/tables.ts';
import { contact } from '../contacts/tables.ts';

/** Of the rating, the date and the comment, in the words of the list that is sorted by them; who has none is not in them. */
function latestIndexes(of: Metric, { workspaceId, values, contactId }: LatestColumns) {
  const latest = (what: string) => sql`${values} ->> ${sql.raw(`'${of}_latest_${what}'`)}`;
  const orders = {
    rating: sql`((${latest('rating')})::double precision)`,
    date: sql`(${latest('date')})`,
    comment: sql`(case when ${latest('comment')} is not null then ${latest('date')} end)`,
  };
  return Object.entries(orders).map(([what, value]) =>
    index(`crm_fields_${of}_${what}`)
      .on(workspaceId, sql`${value} desc nulls last`, contactId.desc().nullsFirst())
      .where(sql`${value} is not null`),
  );
}

type LatestColumns = Readonly<Record<'workspaceId' | 'values' | 'contactId', ExtraConfigColumn>>;

/** What should stand on a contact's records. The revision grows with every change. */
export const crmFields = pgTable(
  'crm_fields',
  {
    contactId: uuid('contact_id')
      .primaryKey()
      .references(() => contact.id, { onDelete: 'cascade' }),
    workspaceId: workspaceId(),
    revision: integer('revision').notNull(),
    values: jsonb('values').$type<Record<string, string | number | boolean | null>>().notNull(),
    lastChange: text('last_change', { enum: ['answered', 'corrected', 'retracted', 'merged', 'imported'] }),
    changedAt: timestamptz('changed_at').notNull(),
  },
  (table) => [
    // As contacts are sorted by their latest answer to each metric.
    ...metric.options.flatMap((of) => latestIndexes(of, table)),
    index('crm_fields_at_risk').on(table.contactId).where(sql`${table.values} ->> 'feedback_at_risk' = 'true'`),
    index('crm_fields_advocate').on(table.contactId).where(sql`${table.values} ->> 'feedback_advocate' = 'true'`),
  ],
);

/** A contact's record in one system, and which revision of the score was last written there. */
export const recordLink = pgTable(
  'record_link',
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
    recordId: text('record_id'),
    /** `ambiguous`: two contacts could be meant by this record, so it is not written until somebody joins them. */
    state: text('state', { enum: ['searching', 'present', 'absent', 'gone', 'ambiguous'] }).notNull(),
    doNotSurvey: boolean('do_not_survey').notNull().default(false),
    /** What it showed when it was last read: normalized, the primary one and those that are verified. */
    addresses: jsonb('addresses').$type<string[]>().notNull().default([]),
    /** When this system was last asked for the contact by their addresses. */
    searchedAt: timestamptz('searched_at'),
    writtenRevision: integer('written_revision').notNull().default(0),
    writtenAt: timestamptz('written_at'),
    /** From when it is out of sync and should be written; nothing when it is in sync, or failed. */
    dueAt: timestamptz('due_at'),
    /** Since when it is out of sync, where it was put off: `due_at` says then when it is tried again. */
    outOfSyncSince: timestamptz('out_of_sync_since'),
    claimedUntil: timestamptz('claimed_until'),
    /** The revision of an unfinished write, of which a record has at most one. */
    writingRevision: integer('writing_revision'),
    /** What the vendor gave for the unfinished write, to ask what became of it. */
    receipt: text('receipt'),
    /** Whether the last write may have happened: the record is read before the next one. */
    uncertain: boolean('uncertain').notNull().default(false),
    attempts: integer('attempts').notNull().default(0),
    failedAt: timestamptz('failed_at'),
    /** How often a record that is gone was looked for. */
    goneChecks: integer('gone_checks').notNull().default(0),
    /** For `gone`: when to look whether it is back, went up in another one, or was deleted permanently. */
    goneCheckAt: timestamptz('gone_check_at'),
    /** What became of the last write, or why there is none. */
    outcome: jsonb('outcome').$type<RecordOutcome>(),
  },
  (table) => [
    uniqueIndex('record_link_record').on(table.connectionId, table.recordId),
    index('record_link_contact').on(table.contactId),
    index('record_link_due').on(table.connectionId, table.state, table.dueAt).where(sql`${table.dueAt} is not null`),
    index('record_link_unfinished')
      .on(table.connectionId, table.receipt)
      .where(sql`${table.writingRevision} is not null`),
    index('record_link_gone').on(table.connectionId, table.goneCheckAt).where(sql`${table.goneCheckAt} is not null`),
    index('record_link_written').on(table.connectionId, table.writtenAt),
  ],
);
