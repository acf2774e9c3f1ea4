import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { contact } from './contact.ts';
import { invitation } from './invitation.ts';
import { moment } from './moment.ts';
import { survey } from './survey.ts';
import { workspaceId } from './workspace.ts';

export const response = pgTable(
  'response',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    invitationId: text('invitation_id')
      .notNull()
      .references(() => invitation.id, { onDelete: 'cascade' }),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    surveyId: uuid('survey_id')
      .notNull()
      .references(() => survey.id),
    surveyVersion: integer('survey_version').notNull(),
    metric: text('metric', { enum: ['nps', 'csat', 'ces'] }).notNull(),
    scale: integer('scale').notNull(),
    rating: integer('rating').notNull(),
    comment: text('comment'),
    /** How the person's own act confirmed it. */
    confirmedBy: text('confirmed_by').notNull(),
    onRecord: boolean('on_record').notNull().default(true),
    answeredAt: moment('answered_at').notNull(),
    ratedAt: moment('rated_at').notNull(),
    changedAt: moment('changed_at').notNull(),
  },
  (table) => [
    uniqueIndex('response_invitation').on(table.invitationId),
    index('response_contact').on(table.contactId),
    index('response_workspace').on(table.workspaceId, table.answeredAt),
  ],
);
