import { sql } from 'drizzle-orm';
import { bigserial, boolean, check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { DecisionNote } from '../../model/messages/decision-reason.ts';
import type { Parameters } from '../../model/messages/message.ts';
import { requesterRules } from '../../model/ticket.ts';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';
import { contact } from '../contacts/tables.ts';
import { survey } from '../surveys/tables.ts';
import { resolution } from '../tickets/tables.ts';

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
    /** Normalized; empty where their records say it. */
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

/** One a resolution or recipient, and survey; its current verdict, with the history beside it in `verdict`. */
export const decision = pgTable(
  'decision',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    /** What it is about: a resolution, or a recipient. */
    resolutionId: uuid('resolution_id').references(() => resolution.id, { onDelete: 'cascade' }),
    surveyRequestId: uuid('survey_request_id').references(() => surveyRequest.id, { onDelete: 'cascade' }),
    /** Nothing when no survey listened. */
    surveyId: uuid('survey_id').references(() => survey.id),
    contactId: uuid('contact_id').references(() => contact.id, { onDelete: 'set null' }),
    verdict: text('verdict', { enum: ['asked', 'waiting', 'skipped'] }).notNull(),
    reason: text('reason').notNull(),
    /** What the sentence of the reason names, as `DecisionReason` says. */
    reasonParams: jsonb('reason_params').$type<Parameters>().notNull(),
    notes: jsonb('notes').$type<DecisionNote[]>().notNull().default([]),
    /** Where several contacts belong to the ticket, why this one was taken for its requester. */
    requesterBy: text('requester_by', { enum: requesterRules }),
    decidedAt: timestamptz('decided_at').notNull(),
  },
  (table) => [
    uniqueIndex('decision_survey').on(table.resolutionId, table.surveyId),
    uniqueIndex('decision_no_survey').on(table.resolutionId).where(sql`${table.surveyId} is null`),
    uniqueIndex('decision_survey_request').on(table.surveyRequestId),
    check('decision_occasion', sql`(${table.resolutionId} is null) <> (${table.surveyRequestId} is null)`),
    index('decision_workspace').on(table.workspaceId, table.decidedAt),
    index('decision_contact').on(table.contactId),
  ],
);

export const verdict = pgTable(
  'verdict',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    workspaceId: workspaceId(),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decision.id, { onDelete: 'cascade' }),
    verdict: text('verdict').notNull(),
    reason: text('reason').notNull(),
    reasonParams: jsonb('reason_params').$type<Parameters>().notNull(),
    at: timestamptz('at').notNull(),
  },
  (table) => [index('verdict_decision').on(table.decisionId)],
);
