import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { StatusReason } from '../../model/messages/status-reason.ts';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';
import { contact } from '../contacts/tables.ts';
import { invitation } from '../invitations/tables.ts';
import { survey } from '../surveys/tables.ts';

export const response = pgTable(
  'response',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    /** Nothing where the answer came by another way than ours. */
    invitationId: text('invitation_id').references(() => invitation.id, { onDelete: 'cascade' }),
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
    /**
     * `pending`: tapped, and judged when the comment window ends. `unconfirmed`: nobody can say that a person meant it.
     * `quarantined`: there is evidence of a machine. `retracted`: taken off the record by hand.
     */
    status: text('status', { enum: ['pending', 'confirmed', 'unconfirmed', 'quarantined', 'retracted'] })
      .notNull()
      .default('confirmed'),
    /** For `quarantined`, `retracted`, and what was corrected by hand: why. */
    statusReason: jsonb('status_reason').$type<StatusReason>(),
    /** What confirmed it: `submit`, `act`, `tap`, or somebody `by_hand`; nothing while nothing has. */
    confirmedBy: text('confirmed_by'),
    /** Whether it counts on the contact's record: confirmed, and not a test. */
    onRecord: boolean('on_record').notNull().default(true),
    test: boolean('test').notNull().default(false),
    /** Given before the ticket was opened again. */
    beforeReopening: boolean('before_reopening').notNull().default(false),
    /** Whether they may be contacted about it; nothing where they were not asked. */
    mayContact: boolean('may_contact'),
    /** In which they were asked. */
    language: text('language'),
    channel: text('channel').notNull().default('email'),
    /** The survey's key, and who had the ticket at its resolution: neither changes, and lists are sorted by both. */
    surveyKey: text('survey_key').notNull(),
    agent: text('agent'),
    answeredAt: timestamptz('answered_at').notNull(),
    ratedAt: timestamptz('rated_at').notNull(),
    changedAt: timestamptz('changed_at').notNull(),
  },
  (table) => [
    uniqueIndex('response_invitation').on(table.invitationId),
    index('response_contact').on(table.contactId),
    // As lists of them are sorted.
    index('response_workspace').on(table.workspaceId, table.answeredAt, table.id),
    index('response_rating').on(table.workspaceId, table.rating, table.id),
    index('response_comment').on(
      table.workspaceId,
      sql`(case when ${table.comment} is not null then ${table.answeredAt} end) desc nulls last`,
      table.id.desc().nullsFirst(),
    ),
    index('response_changed').on(table.workspaceId, table.changedAt, table.id),
    index('response_agent').on(table.workspaceId, table.agent.desc().nullsLast(), table.id.desc().nullsFirst()),
    index('response_survey_key').on(table.workspaceId, table.surveyKey, table.id),
    // As reports and lists of one survey are read.
    index('response_survey').on(table.surveyId, table.answeredAt),
  ],
);
