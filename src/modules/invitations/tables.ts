import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { DecisionNote, DecisionReason, EndReason } from '../../model/messages/decision-reason.ts';
import type { EmailFailureMessage } from '../../model/messages/failure-message.ts';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';
import { connection } from '../connections/tables.ts';
import { contact } from '../contacts/tables.ts';
import { decision, surveyRequest } from '../decisions/tables.ts';
import { survey } from '../surveys/tables.ts';
import { resolution, ticket } from '../tickets/tables.ts';

/** What lets a due email leave: it was decided again on what the vendors show. */
export type Clearance = {
  /** Which reminder it is; 0 is the email that asks. */
  reminder: number;
  /** The time zone in which quiet hours and weekends are the contact's; nothing where reminders leave at any time. */
  zone: string | null;
  /** What the decision says could not be looked at, or was assumed. */
  notes: readonly DecisionNote[];
};

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
    surveyRequestId: uuid('survey_request_id').references(() => surveyRequest.id, { onDelete: 'cascade' }),
    surveyId: uuid('survey_id')
      .notNull()
      .references(() => survey.id),
    surveyVersion: integer('survey_version').notNull(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    /** In which its ticket is, or a record of the contact who is asked without one; nothing where they have none. */
    connectionId: uuid('connection_id').references(() => connection.id, { onDelete: 'set null' }),
    /** Normalized. */
    email: text('email').notNull(),
    status: text('status', {
      enum: ['scheduled', 'sent', 'answered', 'expired', 'withdrawn', 'bounced'],
    }).notNull(),
    /** When the email, or the next reminder, is to leave; nothing when none is. */
    dueAt: timestamptz('due_at'),
    claimedUntil: timestamptz('claimed_until'),
    /** Until when a due email may leave on what was read and decided last; nothing before that, and after it was sent. */
    clearedUntil: timestamptz('cleared_until'),
    /** What was decided then. */
    clearance: jsonb('clearance').$type<Clearance>(),
    /** The email server by which it is to leave then: `usual`, or a brand's id. */
    emailServerId: text('email_server_id'),
    attempts: integer('attempts').notNull().default(0),
    /** One of our own tries it out: neither asked nor answered counts. */
    test: boolean('test').notNull().default(false),
    /** In which it asks; before the email was written only where somebody chose it. */
    language: text('language'),
    /** The ticket is open again: the link says so until it is resolved anew. */
    reopenedAt: timestamptz('reopened_at'),
    /** When what was tapped is judged: who it was, and whether it counts. */
    finalizeAt: timestamptz('finalize_at'),
    /** Why a due email has not left yet. */
    waitingFor: jsonb('waiting_for').$type<DecisionReason>(),
    createdAt: timestamptz('created_at').notNull(),
    sentAt: timestamptz('sent_at'),
    expiresAt: timestamptz('expires_at'),
    remindersSent: integer('reminders_sent').notNull().default(0),
    endReason: jsonb('end_reason').$type<EndReason>(),
  },
  (table) => [
    uniqueIndex('invitation_open')
      .on(table.decisionId)
      .where(sql`${table.status} in ('scheduled', 'sent', 'answered')`),
    index('invitation_workspace').on(table.workspaceId, table.createdAt),
    index('invitation_due').on(table.connectionId, table.dueAt).where(sql`${table.dueAt} is not null`),
    index('invitation_cleared')
      .on(table.emailServerId, table.clearedUntil)
      .where(sql`${table.clearedUntil} is not null`),
    index('invitation_finalize').on(table.finalizeAt).where(sql`${table.finalizeAt} is not null`),
    index('invitation_contact').on(table.contactId),
    index('invitation_ticket').on(table.ticketId),
    index('invitation_decision').on(table.decisionId),
    index('invitation_survey_request').on(table.surveyRequestId),
    index('invitation_resolution').on(table.resolutionId),
    index('invitation_sent').on(table.surveyId, table.sentAt),
    // As lists of them are sorted.
    index('invitation_due_order')
      .on(table.workspaceId, table.dueAt.desc().nullsLast())
      .where(sql`${table.dueAt} is not null`),
    index('invitation_sent_order').on(table.workspaceId, table.sentAt.desc().nullsLast()),
    index('invitation_place').on(table.workspaceId, sql`md5(${table.id})`),
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
     * `open`: the page, or with a rating a number in the email. `hidden`: a link that no person sees. `act`: a trusted
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
    at: timestamptz('at').notNull(),
  },
  (table) => [index('intent_invitation').on(table.invitationId)],
);

/** Where an email server stands that refuses us, takes less than we would send, or does not answer. Others have no row. */
export const emailServer = pgTable('email_server', {
  /** `usual`, or a brand's id. */
  id: text('id').primaryKey(),
  /** Another for another server or user. */
  identity: text('identity').notNull(),
  /** Nothing where emails leave, if slowly. */
  kind: text('kind', { enum: ['refused', 'throttled', 'down'] }),
  since: timestamptz('since'),
  nextTryAt: timestamptz('next_try_at'),
  failures: integer('failures').notNull().default(0),
  /** What it said, as a failure's code with its parameters. */
  why: jsonb('why').$type<EmailFailureMessage>(),
  throttledSince: timestamptz('throttled_since'),
  throttledAt: timestamptz('throttled_at'),
  perSecond: doublePrecision('per_second'),
});

/**
 * Why no email is sent to an address: it bounced, or its owner complained. It belongs to the address, not to a contact:
 * a contact who gets another address can be asked there.
 */
export const addressState = pgTable(
  'address_state',
  {
    workspaceId: workspaceId(),
    /** Normalized. */
    address: text('address').notNull(),
    kind: text('kind', { enum: ['bounce', 'complaint'] }).notNull(),
    /** A stable word for what was said of it, e.g. `mailbox_unknown`. */
    reason: text('reason').notNull(),
    at: timestamptz('at').notNull(),
    /** The invitation whose email showed it. */
    invitationId: text('invitation_id').references(() => invitation.id, { onDelete: 'set null' }),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.address, table.kind] }),
    index('address_state_invitation').on(table.invitationId),
  ],
);
