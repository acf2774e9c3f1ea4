import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { contact } from './contact.ts';
import { survey } from './survey.ts';
import { timestamptz } from './timestamptz.ts';
import { workspaceId } from './workspace.ts';

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
    /** Of the normalised address, keyed by `SECRET_KEY`: nobody can read it back. */
    hash: text('hash').notNull(),
    /** A survey's key; empty is every survey. */
    survey: text('survey').notNull().default(''),
    reason: text('reason', { enum: ['unsubscribed', 'erased'] }).notNull(),
    at: timestamptz('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.hash, table.survey] })],
);
