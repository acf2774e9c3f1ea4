import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';
import { survey } from '../surveys/tables.ts';

/** A contact, whatever systems know them. */
export const contact = pgTable(
  'contact',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    name: text('name'),
    language: text('language'),
    timeZone: text('time_zone'),
    company: text('company'),
    /** One of our own who tries it out: asked at once, never counted. */
    test: boolean('test').notNull().default(false),
    /** Somebody here said so; what stands on records is with the record links. */
    doNotSurvey: boolean('do_not_survey').notNull().default(false),
    /** From every survey; from single ones, see `unsubscription`. */
    unsubscribedAt: timestamptz('unsubscribed_at'),
    lastAskedAt: timestamptz('last_asked_at'),
    /** The contact this one turned out to be: everything of theirs stands there now. */
    mergedInto: uuid('merged_into'),
    /** Nobody any more: only holds the records of somebody erased until their fields are cleared. */
    erasedAt: timestamptz('erased_at'),
    createdAt: timestamptz('created_at').notNull(),
  },
  (table) => [
    index('contact_workspace').on(table.workspaceId, table.createdAt, table.id),
    index('contact_name').on(
      table.workspaceId,
      sql`lower(left(${table.name}, 100)) desc nulls last`,
      table.id.desc().nullsFirst(),
    ),
    index('contact_asked').on(table.workspaceId, table.lastAskedAt.desc().nullsLast(), table.id.desc().nullsFirst()),
    index('contact_erased').on(table.erasedAt).where(sql`${table.erasedAt} is not null`),
  ],
);

/** What the admin chose to join a contact's records by, where they named a field for it. */
export const contactKey = pgTable(
  'contact_key',
  {
    workspaceId: workspaceId(),
    value: text('value').notNull(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.value] }),
    index('contact_key_contact').on(table.contactId),
  ],
);

/** The addresses that mail to this contact reaches: a record's primary one, and others that are verified. */
export const contactEmail = pgTable(
  'contact_email',
  {
    workspaceId: workspaceId(),
    /** Normalized. */
    address: text('address').notNull(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.address] }),
    index('contact_email_contact').on(table.contactId),
  ],
);

/** Somebody wants no more mail of this survey; who wants none at all has that on their own row. */
export const unsubscription = pgTable(
  'unsubscription',
  {
    workspaceId: workspaceId(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    surveyId: uuid('survey_id')
      .notNull()
      .references(() => survey.id),
    at: timestamptz('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.contactId, table.surveyId] })],
);

/** Remembers not to ask an address again when everything else about its contact is gone. */
export const suppression = pgTable(
  'suppression',
  {
    workspaceId: workspaceId(),
    /** Of the normalized address, keyed by `SECRET_KEY`: nobody can read it back. */
    hash: text('hash').notNull(),
    /** A survey's key; empty is every survey. */
    survey: text('survey').notNull().default(''),
    reason: text('reason', { enum: ['unsubscribed', 'erased'] }).notNull(),
    at: timestamptz('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.hash, table.survey] })],
);
