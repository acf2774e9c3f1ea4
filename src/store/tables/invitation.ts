import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { DecisionReason, EndReason } from '../../domain/decision/reasons.ts';
import { contact } from './contact.ts';
import { decision } from './decision.ts';
import { moment } from './moment.ts';
import { recipient } from './recipient.ts';
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
      .references(() => decision.id, { onDelete: 'cascade' }),
    /** Nothing where no ticket was the occasion. */
    resolutionId: uuid('resolution_id').references(() => resolution.id, { onDelete: 'cascade' }),
    ticketId: uuid('ticket_id').references(() => ticket.id, { onDelete: 'cascade' }),
    recipientId: uuid('recipient_id').references(() => recipient.id, { onDelete: 'cascade' }),
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
    /** One of our own tries it out: neither asked nor answered counts. */
    test: boolean('test').notNull().default(false),
    /** In which it asks; before the mail was written only where somebody chose it. */
    language: text('language'),
    /** The ticket is open again: the link says so until it is resolved anew. */
    reopenedAt: moment('reopened_at'),
    /** When what was tapped is judged: who it was, and whether it counts. */
    settleAt: moment('settle_at'),
    /** Why a due mail has not left yet. */
    waitingFor: jsonb('waiting_for').$type<DecisionReason>(),
    createdAt: moment('created_at').notNull(),
    sentAt: moment('sent_at'),
    expiresAt: moment('expires_at'),
    remindersSent: integer('reminders_sent').notNull().default(0),
    endReason: jsonb('end_reason').$type<EndReason>(),
  },
  (table) => [
    uniqueIndex('invitation_open')
      .on(table.decisionId)
      .where(sql`${table.status} in ('scheduled', 'sent', 'answered')`),
    index('invitation_workspace').on(table.workspaceId, table.createdAt),
    index('invitation_due').on(table.workspaceId, table.dueAt).where(sql`${table.dueAt} is not null`),
    index('invitation_settle').on(table.settleAt).where(sql`${table.settleAt} is not null`),
    index('invitation_contact').on(table.contactId),
    index('invitation_ticket').on(table.ticketId),
    index('invitation_decision').on(table.decisionId),
    index('invitation_recipient').on(table.recipientId),
    index('invitation_sent').on(table.surveyId, table.sentAt),
  ],
);

/** Whatever a client did with a link, each time: evidence of who it was. Never a score by itself. */
export const intent = pgTable(
  'intent',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    workspaceId: workspaceId(),
    invitationId: text('invitation_id')
      .notNull()
      .references(() => invitation.id, { onDelete: 'cascade' }),
    /**
     * `open`: the page, or with a rating a number in the mail. `hidden`: a link that no person sees. `act`: a trusted
     * touch, click or key on the page. `submit`: the form.
     */
    kind: text('kind', { enum: ['open', 'hidden', 'act', 'submit'] })
      .notNull()
      .default('open'),
    rating: integer('rating'),
    /** The browser, as it names itself by our cookie; a client without one is another each time. */
    visitor: text('visitor'),
    /** A keyed hash of address and program: the same for all that come through one proxy with one program. */
    network: text('network'),
    /** The name of a known program that is no person's browser. */
    scanner: text('scanner'),
    /** The opening that rendered the page it was done on; nothing where the page was never loaded. */
    page: bigint('page', { mode: 'number' }),
    at: moment('at').notNull(),
  },
  (table) => [index('intent_invitation').on(table.invitationId)],
);
