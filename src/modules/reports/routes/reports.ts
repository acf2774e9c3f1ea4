import { z } from 'zod';
import { metric } from '../../../model/scale.ts';
import { asMessage, messageShape, renderFor } from '../../../platform/http/messages.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { id, sentTimestampOrDay, withoutUndefined } from '../../../platform/http/shapes.ts';
import { steps } from '../../../platform/period.ts';
import type { InvitationsContext } from '../../invitations/index.ts';
import { surveyKey } from '../../surveys/index.ts';
import { dimensions } from '../queries/report-counts.ts';
import { report } from '../report.ts';
import { summarize } from '../summary.ts';

export type { Figures, Report } from '../report.ts';

const reportQuery = z.strictObject({
  survey: surveyKey.optional().describe('Key of the survey.'),
  metric: metric.optional().describe('Metric of the surveys.'),
  connection: id.optional().describe('ID of the connection of the tickets.'),
  from: sentTimestampOrDay.optional().describe('Start of the period, inclusive. 90 days before `until` by default.'),
  until: sentTimestampOrDay.optional().describe('End of the period, exclusive. Now by default.'),
  every: z.enum(steps).optional().describe('Length of each interval of the trend. Depends on the period by default.'),
  compare: z.enum(['previous']).optional().describe('Also returns the previous period.'),
  by: z.enum(dimensions).optional().describe('Dimension to group by.'),
});

/** `GET /api/reports/summary`: scores with how sure they are, the response rate beside them, and how both came about. */
export function reportRoutes({ database, clock }: Pick<InvitationsContext, 'database' | 'clock'>): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/reports/summary',
      about: 'Reports',
      summary: 'Gets scores with confidence intervals, trends and response rates.',
      scope: 'read',
      query: reportQuery,
      answer: report.extend({ notes: z.array(messageShape).describe('Notes on how to read the report.') }),
      respond: async ({ query, ...sent }) => {
        const { workspaceId } = sent.caller;
        const say = await renderFor({ database }, sent);
        const { notes, ...told } = await summarize(
          database.reading,
          { workspaceId, ...withoutUndefined(query) },
          clock(),
        );
        return { ...told, notes: notes.map((note) => asMessage('reports', note, say)) };
      },
    }),
  ];
}
