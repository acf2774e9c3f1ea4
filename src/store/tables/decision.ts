import { sql } from 'drizzle-orm';
import { bigserial, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { contact } from './contact.ts';
import { moment } from './moment.ts';
import { survey } from './survey.ts';
import { resolution } from './ticket.ts';
import { workspaceId } from './workspace.ts';

/** One a resolution and survey; its current verdict, with the history beside it in `verdict`. */
export const decision = pgTable(
  'decision',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    resolutionId: uuid('resolution_id')
      .notNull()
      .references(() => resolution.id),
    /** Nothing when no survey listened. */
    surveyId: uuid('survey_id').references(() => survey.id),
    contactId: uuid('contact_id').references(() => contact.id, { onDelete: 'set null' }),
    verdict: text('verdict', { enum: ['asked', 'waiting', 'withheld'] }).notNull(),
    reason: text('reason').notNull(),
    because: text('because').notNull(),
    notes: jsonb('notes').$type<string[]>().notNull().default([]),
    decidedAt: moment('decided_at').notNull(),
  },
  (table) => [
    uniqueIndex('decision_survey').on(table.resolutionId, table.surveyId),
    uniqueIndex('decision_no_survey').on(table.resolutionId).where(sql`${table.surveyId} is null`),
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
      .references(() => decision.id),
    verdict: text('verdict').notNull(),
    reason: text('reason').notNull(),
    because: text('because').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [index('verdict_decision').on(table.decisionId)],
);
