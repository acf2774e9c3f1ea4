import { z } from 'zod';
import { metric } from '../../domain/survey/scale.ts';
import { surveyKey } from '../../domain/survey/survey.ts';
import type { Context } from '../../flows/context.ts';
import { report } from '../../reports/report.ts';
import { summarize } from '../../reports/summary.ts';
import { dimensions } from '../../store/report-counts.ts';
import { type Route, route } from './route.ts';
import { withoutUndefined } from './shapes.ts';

const dayOrMoment = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  'must be a day, e.g. 2026-11-22, or a moment, e.g. 2026-11-22T10:00:00Z',
);

export const reportQuery = z
  .strictObject({
    survey: surveyKey.optional().describe('Of this survey.'),
    metric: metric.optional().describe('Of all surveys with this metric.'),
    from: dayOrMoment
      .optional()
      .describe('The first day, or moment, that is in it; 90 days before `until` unless said.'),
    until: dayOrMoment.optional().describe('The first that is not in it any more; now unless said.'),
    by: z.enum(dimensions).optional().describe('What to tell apart by.'),
  })
  .refine(({ survey, metric: of }) => survey !== undefined || of !== undefined, {
    path: ['survey'],
    message: 'must be given, or "metric" for all surveys of a metric: scores of different metrics do not add up',
  });

/** `GET /api/reports/summary`: a score with how sure it is, and the response rate beside it. */
export function reportRoutes({ database, clock }: Pick<Context, 'database' | 'clock'>): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/reports/summary',
      about: 'Reports',
      summary: 'A score with how sure it is, the response rate beside it, and what could not be counted.',
      scope: 'read',
      query: reportQuery,
      answer: report,
      respond: ({ caller: { workspaceId }, query }) =>
        summarize(database.db, { workspaceId, ...withoutUndefined(query) }, clock()),
    }),
  ];
}
