import { sql } from 'drizzle-orm';
import { bigserial, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { contact } from './contact.ts';
import { decision } from './decision.ts';
import { moment } from './moment.ts';
import { survey } from './survey.ts';
import { resolution, ticket } from './ticket.ts';
import { workspaceId } from './workspace.ts';

export const invitation = pgTable(
  'invitation',
  {
    /** 128 random bits; with an HMAC under `SECRET_KEY` behind it, the link's token. */
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decision.id),
    resolutionId: uuid('resolution_id')
      .notNull()
      .references(() => resolution.id),
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => ticket.id),
    surveyId: uuid('survey_id')
      .notNull()
      .references(() => survey.id),
    surveyVersion: integer('survey_version').notNull(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    /** Normalised. */
    email: text('email').notNull(),
    status: text('status', {
      enum: ['scheduled', 'sent', 'answered', 'expired', 'withdrawn', 'bounced'],
    }).notNull(),
    /** When the mail, or the next reminder, is to leave; nothing when none is. */
    dueAt: moment('due_at'),
    claimedUntil: moment('claimed_until'),
    attempts: integer('attempts').notNull().default(0),
    /** Why a due mail has not left yet, as a sentence. */
    waitingFor: text('waiting_for'),
    createdAt: moment('created_at').notNull(),
    sentAt: moment('sent_at'),
    expiresAt: moment('expires_at'),
    remindersSent: integer('reminders_sent').notNull().default(0),
    endedBecause: text('ended_because'),
  },
  (table) => [
    uniqueIndex('invitation_open')
      .on(table.decisionId)
      .where(sql`${table.status} in ('scheduled', 'sent', 'answered')`),
    index('invitation_due').on(table.workspaceId, table.dueAt).where(sql`${table.dueAt} is not null`),
    index('invitation_contact').on(table.contactId),
    index('invitation_ticket').on(table.ticketId),
    index('invitation_sent').on(table.surveyId, table.sentAt),
  ],
);

/** Every opening of a link: what a client did before anybody confirmed anything. Never a score. */
export const intent = pgTable(
  'intent',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    workspaceId: workspaceId(),
    invitationId: text('invitation_id')
      .notNull()
      .references(() => invitation.id, { onDelete: 'cascade' }),
    rating: integer('rating'),
    at: moment('at').notNull(),
  },
  (table) => [index('intent_invitation').on(table.invitationId)],
);
