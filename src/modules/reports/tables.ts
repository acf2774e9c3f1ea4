import { bigserial, date, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';
import { survey } from '../surveys/tables.ts';

/**
 * The roll-ups of reports: what was sent and answered in an hour, a day or a month of UTC. Each invitation and response
 * is counted once under `none`, and once under each dimension: by its value there, or by null. Tests are left out.
 */
export const reportCount = pgTable(
  'report_count',
  {
    workspaceId: workspaceId(),
    surveyId: uuid('survey_id')
      .notNull()
      .references(() => survey.id, { onDelete: 'cascade' }),
    /** Hours are there for `none` and `connection` only: by an agent an hour has hardly fewer counts than responses. */
    unit: text('unit', { enum: ['hour', 'day', 'month'] }).notNull(),
    startsAt: timestamptz('starts_at').notNull(),
    dimension: text('dimension').notNull(),
    value: text('value'),
    metric: text('metric', { enum: ['nps', 'csat', 'ces'] }).notNull(),
    /** The highest point; 0 for invitations. */
    scale: integer('scale').notNull(),
    invited: integer('invited').notNull(),
    bounced: integer('bounced').notNull(),
    answered: integer('answered').notNull(),
    /** Confirmed responses, by rating from 0 to 10. */
    confirmed: integer('confirmed').array().notNull(),
    unconfirmed: integer('unconfirmed').notNull(),
    quarantined: integer('quarantined').notNull(),
    /** Pending and retracted ones: a report tells no number of them, but that there is a group. */
    others: integer('others').notNull(),
  },
  (table) => [
    index('report_count_survey').on(table.surveyId, table.dimension, table.unit, table.startsAt),
    index('report_count_workspace').on(table.workspaceId),
  ],
);

/**
 * Days, of UTC, whose roll-ups are out of date. Triggers add a row in the transaction that changes what is counted, and
 * only ever add: no transaction waits for another. Reports read such days from the rows until they are counted again.
 */
export const reportStale = pgTable(
  'report_stale',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** Without a foreign key: a survey is locked by no one who only sends or answers. */
    surveyId: uuid('survey_id').notNull(),
    day: date('day').notNull(),
  },
  (table) => [index('report_stale_survey').on(table.surveyId, table.day)],
);
