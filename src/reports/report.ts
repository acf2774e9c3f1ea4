import { z } from 'zod';
import { steps } from '../domain/period.ts';
import type { ReportNote } from '../domain/report-note.ts';
import { metric } from '../domain/survey/scale.ts';
import { dimensions } from '../store/report-counts.ts';

const interval = z
  .object({ low: z.number(), high: z.number() })
  .describe('Holds the true value in 95 of 100 surveys like this one.');

const estimate = z.object({
  value: z.number(),
  interval: interval.nullable().describe('Nothing where the answers cannot tell: all ratings are the same.'),
});

const apart = z.object({
  count: z.int(),
  share: z.number().nullable().describe('Of answers, unconfirmed and quarantined ones together, from 0 to 1.'),
});

/** What was answered on one scale. */
const score = z.object({
  metric,
  scale: z.object({ lowest: z.int(), highest: z.int() }),
  answers: z.int().describe('Confirmed, and not retracted.'),
  split: z.record(z.string(), z.int()).describe('How many answers are in each category.'),
  score: estimate.describe('NPS: % promoters − % detractors, −100 to 100. CSAT and CES: sum of ratings ÷ answers.'),
  satisfied: estimate
    .nullable()
    .describe('The share of positive (CSAT) or easy (CES) answers, from 0 to 1; not for NPS.'),
});

const figures = z.object({
  invited: z.int().describe('Invitations that left in the period, with those that the mail server refused.'),
  bounced: z.int(),
  delivered: z.int().describe('Invited and not bounced.'),
  answered: z.int().describe('Of the invitations that left in the period, those with a confirmed answer by now.'),
  responseRate: estimate.nullable().describe('Answered ÷ delivered, from 0 to 1.'),
  scores: z
    .array(score)
    .describe('By when they were answered. One for each scale: means of different scales do not mix.'),
  unconfirmed: apart.describe('Answers of the period of which nobody can say that a person meant them; never counted.'),
  quarantined: apart.describe('Answers of the period with evidence of a machine; never counted.'),
});
export type Figures = z.infer<typeof figures>;

const ofMetric = z.object({
  metric,
  total: figures,
  before: figures.nullable().describe('The same of the period before, when asked for.'),
  trend: z
    .array(figures.extend({ key: z.string(), from: z.iso.datetime(), until: z.iso.datetime() }))
    .describe('In the order of time, with those in which nothing was.'),
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
  count: z.int().describe('Counted up to 10,000.'),
  newest: z.array(
    z.object({
      id: z.uuid(),
      name: z.string().nullable(),
      reason: z.string().nullable(),
      date: z.string().nullable().describe('Of their latest NPS answer.'),
    }),
  ),
});

/** `GET /api/reports/summary`. Tests are never in it. */
export const report = z.object({
  survey: z.string().nullable(),
  metric: metric.nullable(),
  connection: z.uuid().nullable(),
  from: z.iso.datetime(),
  until: z.iso.datetime().describe('Not in it any more.'),
  timeZone: z.string().describe('In which days, weeks and months begin: the workspace’s.'),
  by: z.enum(dimensions).nullable(),
  every: z.enum(steps).describe('How long a part of the trend is.'),
  before: z
    .object({ from: z.iso.datetime(), until: z.iso.datetime() })
    .nullable()
    .describe('The period that it is compared with, as long and just before.'),
  notes: z.array(z.custom<ReportNote>()).describe('What to know when reading it.'),
  usualResponseRate: z
    .object({ low: z.number(), high: z.number() })
    .describe('What surveys by mail may expect, to set one’s own beside.'),
  total: figures,
  metrics: z.array(ofMetric).describe('Each metric by itself: rates of different metrics are no more one than scores.'),
  groups: z
    .array(figures.extend({ key: z.string().nullable().describe('Nothing where a ticket, or a contact, has none.') }))
    .describe(
      'The 50 with most answers, or in the order of time. A week has the key of its Monday, 2026-11-16; a month 2026-11; a connection its id.',
    ),
  comments: z.array(comment).describe('The five newest, confirmed.'),
  atRisk: flagged.describe('Of the whole workspace, whenever they answered.'),
  advocates: flagged,
});
export type Report = z.infer<typeof report>;
