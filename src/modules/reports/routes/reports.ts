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
  survey: surveyKey.optional().describe('Of this survey.'),
  metric: metric.optional().describe('Of all surveys with this metric.'),
  connection: id.optional().describe('Only about tickets of this connection.'),
  from: sentTimestampOrDay
    .optional()
    .describe('The first day, or moment, that is in it; 90 days before `until` unless said.'),
  until: sentTimestampOrDay.optional().describe('The first that is not in it any more; now unless said.'),
  every: z.enum(steps).optional().describe('How long a part of the trend is; as suits the period unless said.'),
  compare: z.enum(['previous']).optional().describe('Tells the period before as well.'),
  by: z.enum(dimensions).optional().describe('What to tell apart by.'),
});

/** `GET /api/reports/summary`: scores with how sure they are, the response rate beside them, and how both came about. */
export function reportRoutes({ database, clock }: Pick<InvitationsContext, 'database' | 'clock'>): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/reports/summary',
      about: 'Reports',
      summary: 'Scores with how sure they are, their trend, the response rate, and what could not be counted.',
      scope: 'read',
      query: reportQuery,
      answer: report.extend({ notes: z.array(messageShape).describe('What to know when reading it.') }),
      respond: async ({ query, ...sent }) => {
        const { workspaceId } = sent.caller;
        const say = await renderFor({ database }, sent);
        const { notes, ...told } = await summarize(database.db, { workspaceId, ...withoutUndefined(query) }, clock());
        return { ...told, notes: notes.map((note) => asMessage('reports', note, say)) };
      },
    }),
  ];
}
