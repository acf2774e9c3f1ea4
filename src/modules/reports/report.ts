import { z } from 'zod';
import { invalidField } from '../../model/errors.ts';
import type { ReportNote } from '../../model/messages/report-note.ts';
import { metric } from '../../model/scale.ts';
import { dayMs } from '../../model/time-units.ts';
import {
  daysBefore,
  type Part,
  type Period,
  periodStart,
  type Step,
  splitPeriod,
  steps,
  usualStep,
} from '../../platform/period.ts';
import { dimensions } from './queries/report-counts.ts';

const usualDays = 90;

/** More could not be told apart in a chart either. */
const mostParts = 400;

/** The last 90 days unless said. @throws RequestError when it has no length */
export function readPeriod({ from, until }: { from?: string; until?: string }, timeZone: string, now: Date): Period {
  const end = until === undefined ? now : periodStart(until, timeZone);
  const period = {
    from: from === undefined ? daysBefore(end, usualDays, timeZone) : periodStart(from, timeZone),
    until: end,
  };
  if (period.from < period.until) return period;
  const code = until === undefined ? 'field.not_past' : 'field.before_until';
  throw invalidField('from', { code, params: {} });
}

/** How the period is cut for its trend. @throws RequestError when that would be too fine */
export function cut(period: Period, requested: Step | undefined, timeZone: string): { every: Step; parts: Part[] } {
  const every = requested ?? usualStep(period);
  const days = (period.until.getTime() - period.from.getTime()) / dayMs;
  const parts = days / { day: 1, week: 7, month: 28 }[every];
  if (parts > mostParts) {
    throw invalidField('every', { code: 'field.too_fine', params: { max: mostParts } });
  }
  return { every, parts: splitPeriod(period, every, timeZone) };
}

const interval = z.object({ low: z.number(), high: z.number() }).describe('95% confidence interval.');

const estimate = z.object({
  value: z.number(),
  interval: interval.nullable().describe('Null if it cannot be estimated because all ratings are the same.'),
});

const apart = z.object({
  count: z.int(),
  share: z.number().nullable().describe('Share of all confirmed, unconfirmed and quarantined responses, from 0 to 1.'),
});

/** What was answered on one scale. */
const score = z.object({
  metric,
  scale: z.object({ lowest: z.int(), highest: z.int() }),
  answers: z.int().describe('Number of confirmed responses that are not retracted.'),
  split: z.record(z.string(), z.int()).describe('Number of responses in each category.'),
  score: estimate.describe('NPS: % promoters − % detractors, −100 to 100. CSAT and CES: sum of ratings ÷ answers.'),
  satisfied: estimate
    .nullable()
    .describe('Share of positive (CSAT) or easy (CES) responses, from 0 to 1. Not for NPS.'),
});

const figures = z.object({
  invited: z.int().describe('Invitations sent in the period, including those that the email server refused.'),
  bounced: z.int(),
  delivered: z.int().describe('Invitations that did not bounce.'),
  answered: z.int().describe('Invitations sent in the period that have a confirmed response by now.'),
  responseRate: estimate.nullable().describe('Response rate: answered ÷ delivered, from 0 to 1.'),
  scores: z.array(score).describe('Scores by date of response, one for each scale.'),
  unconfirmed: apart.describe('Responses of the period that no person confirmed. They never count.'),
  quarantined: apart.describe('Responses of the period with evidence of a machine. They never count.'),
});
export type Figures = z.infer<typeof figures>;

const ofMetric = z.object({
  metric,
  total: figures,
  before: figures.nullable().describe('Figures of the previous period, if requested.'),
  trend: z
    .array(figures.extend({ key: z.string(), from: z.iso.datetime(), until: z.iso.datetime() }))
    .describe('Intervals in chronological order, empty ones included.'),
});

const comment = z.object({
  id: z.uuid(),
  contact: z.uuid(),
  name: z.string().nullable(),
  survey: z.string(),
  metric,
  scale: z.int(),
  rating: z.int(),
  category: z.string(),
  comment: z.string(),
  answeredAt: z.iso.datetime(),
});

const flagged = z.object({
  count: z.int().describe('Number of contacts, counted up to 10,000.'),
  newest: z.array(
    z.object({
      id: z.uuid(),
      name: z.string().nullable(),
      reason: z.string().nullable(),
      date: z.string().nullable().describe('Date of the latest NPS response.'),
    }),
  ),
});

/** `GET /api/reports/summary`. Tests are never in it. */
export const report = z.object({
  survey: z.string().nullable(),
  metric: metric.nullable(),
  connection: z.uuid().nullable(),
  from: z.iso.datetime(),
  until: z.iso.datetime().describe('End of the period, exclusive.'),
  timeZone: z.string().describe('Time zone of the workspace, in which days, weeks and months begin.'),
  by: z.enum(dimensions).nullable(),
  every: z.enum(steps).describe('Length of each interval of the trend.'),
  before: z
    .object({ from: z.iso.datetime(), until: z.iso.datetime() })
    .nullable()
    .describe('The previous period of the same length.'),
  notes: z.array(z.custom<ReportNote>()).describe('Notes on how to read the report.'),
  usualResponseRate: z
    .object({ low: z.number(), high: z.number() })
    .describe('Typical response rate of email surveys, for comparison.'),
  total: figures,
  metrics: z.array(ofMetric).describe('Figures of each metric.'),
  groups: z
    .array(
      figures.extend({
        key: z.string().nullable().describe('Key of the group. Null for tickets or contacts that have no value.'),
      }),
    )
    .describe(
      'The 50 groups with most responses, or in chronological order. The key of a week is its Monday, 2026-11-16; of a month, 2026-11; of a connection, its ID.',
    ),
  comments: z.array(comment).describe('The five newest comments of confirmed responses.'),
  atRisk: flagged.describe('Contacts at risk in the whole workspace, regardless of the period.'),
  advocates: flagged,
});
export type Report = z.infer<typeof report>;
