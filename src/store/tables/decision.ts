import { sql } from 'drizzle-orm';
import { bigserial, check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { DecisionNote } from '../../domain/decision/reasons.ts';
import type { Parameters } from '../../domain/message.ts';
import { requesterRules } from '../../domain/ticket.ts';
import { contact } from './contact.ts';
import { survey } from './survey.ts';
import { surveyRequest } from './survey-request.ts';
import { resolution } from './ticket.ts';
import { timestamptz } from './timestamptz.ts';
import { workspaceId } from './workspace.ts';

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
