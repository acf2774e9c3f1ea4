import { beginningOf, daysBefore, type Period } from '../domain/period.ts';
import type { Metric } from '../domain/survey/scale.ts';
import { InvalidInput } from '../errors.ts';
import type { Queryable } from '../store/database.ts';
import { type Answered, countAnswered, countInvited, type Dimension } from '../store/report-counts.ts';
import { surveyKeys } from '../store/surveys.ts';
import { findWorkspace } from '../store/workspaces.ts';
import { figuresOf } from './figures.ts';
import type { Report } from './report.ts';

export type Question = {
  workspaceId: string;
  /** A survey's key, or a metric, or both. */
  survey?: string;
  metric?: Metric;
  /** Days in the workspace's time zone, or moments; the last 90 days unless said. */
  from?: string;
  until?: string;
  by?: Dimension;
};

const usualDays = 90;

/**
 * The score of a survey, or of all surveys of a metric, with what it rests on: rates of the invitations that left in
 * the period, scores of the answers that were given in it.
 *
 * @throws InvalidInput when there is no such survey, or no such period
 */
export async function summarize(db: Queryable, question: Question, now: Date): Promise<Report> {
  const { workspaceId, survey, metric, by } = question;
  const { timeZone = 'UTC' } = (await findWorkspace(db, workspaceId)) ?? {};
  const surveys = await findSurveys(db, question);
  const period = readPeriod(question, timeZone, now);
  const counting = {
    ...{ workspaceId, surveys, period, timeZone },
    ...(metric === undefined ? {} : { metric }),
    ...(by === undefined ? {} : { by }),
  };
  const invited = await countInvited(db, counting);
  const answered = await countAnswered(db, counting);
  return {
    survey: survey ?? null,
    metric: metric ?? null,
    from: period.from.toISOString(),
    until: period.until.toISOString(),
    timeZone,
    by: by ?? null,
    notes: noteScales(answered),
    total: figuresOf(invited, answered),
    groups:
      by === undefined
        ? []
        : keysOf([...invited, ...answered]).map((key) => ({
            key,
            ...figuresOf(
              invited.filter((row) => row.key === key),
              answered.filter((row) => row.key === key),
            ),
          })),
  };
}

/** @returns the surveys' ids */
async function findSurveys(db: Queryable, { workspaceId, survey }: Question): Promise<string[]> {
  const all = await surveyKeys(db, workspaceId);
  const meant = survey === undefined ? all : all.filter(({ key }) => key === survey);
  if (meant.length > 0 || survey === undefined) return meant.map(({ id }) => id);
  const keys = all.map(({ key }) => key).join(', ');
  const problem = keys === '' ? 'there is no survey yet' : `no survey has this key; there is ${keys}`;
  throw new InvalidInput('there is no such survey', { problems: [{ field: 'survey', problem }] });
}

function readPeriod({ from, until }: Question, timeZone: string, now: Date): Period {
  const end = until === undefined ? now : beginningOf(until, timeZone);
  const period = {
    from: from === undefined ? daysBefore(end, usualDays, timeZone) : beginningOf(from, timeZone),
    until: end,
  };
  if (period.from < period.until) return period;
  const problem =
    until === undefined ? 'must not be in the future' : 'must be before "until", which is not in it any more';
  throw new InvalidInput('the period has no length', { problems: [{ field: 'from', problem }] });
}

/** In their order, which for weeks and months is that of time; what has none comes last. */
function keysOf(rows: readonly { key: string | null }[]): (string | null)[] {
  return [...new Set(rows.map(({ key }) => key))].sort((a, b) => {
    if (a === null || b === null) return a === null ? 1 : -1;
    return a < b ? -1 : 1;
  });
}

function noteScales(answered: readonly Answered[]): string[] {
  const confirmed = answered.filter(({ status }) => status === 'confirmed');
  const scales = new Set(confirmed.map(({ metric, scale }) => `${metric.toUpperCase()} up to ${scale}`));
  if (scales.size <= 1) return [];
  const named = new Intl.ListFormat('en-GB').format([...scales].sort());
  return [
    `The answers are on different scales (${named}). Each has its own score, since means of different scales do not mix.`,
  ];
}
