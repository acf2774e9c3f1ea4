import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { contact } from './contact.ts';
import { survey } from './survey.ts';
import { timestamptz } from './timestamptz.ts';
import { workspaceId } from './workspace.ts';

/** A contact whom somebody wants to be asked: through the API, by a workflow, by hand. */
export const surveyRequest = pgTable(
  'survey_request',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    surveyId: uuid('survey_id')
      .notNull()
      .references(() => survey.id),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    /** Normalised; empty where their records say it. */
    email: text('email').notNull(),
    /** Who wants it: `api`, `workflow`, `console`, `agent`. */
    requestedBy: text('requested_by').notNull(),
    /** What happened, as the caller calls it; the same thing asks once. */
    key: text('key'),
    test: boolean('test').notNull().default(false),
    createdAt: timestamptz('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('survey_request_key').on(table.workspaceId, table.surveyId, table.key),
    index('survey_request_contact').on(table.contactId),
  ],
);
