import { invalidField } from '../../model/errors.ts';
import type { ReportNote } from '../../model/messages/report-note.ts';
import { type Metric, metric as metrics, scaleFor } from '../../model/scale.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { type Part, type Period, periodBefore, type Step } from '../../platform/period.ts';
import { findTimeZone } from '../../platform/workspaces/queries.ts';
import { surveyKeys } from '../surveys/index.ts';
import { countPeriod, type ReportCounts } from './count.ts';
import { computeFigures } from './figures.ts';
import { flaggedContacts, latestComments } from './latest.ts';
import type { AnsweredCount, Dimension } from './queries/report-counts.ts';
import type { Figures, Report } from './report.ts';
import { cut, readPeriod } from './report.ts';

export type ReportQuery = {
  workspaceId: string;
  /** A survey's key, or a metric, or both; every metric by itself unless said. */
  survey?: string;
  metric?: Metric;
  /** The id of a connection: only what is about its tickets. */
  connection?: string;
  /** Days in the workspace's time zone, or moments; the last 90 days unless said. */
  from?: string;
  until?: string;
  by?: Dimension;
  /** How the trend is cut; as it shows best unless said. */
  every?: Step;
  /** Whether the period before is counted as well. */
  compare?: 'previous';
};

const mostGroups = 50;

/** Of the customers who are asked by mail, so many answer elsewhere. */
const usualResponseRate = { low: 0.05, high: 0.15 };

/**
 * The scores of surveys with what they rest on: rates of the invitations that left in the period, scores of the
 * answers that were given in it; how both came about in time, and what is newest.
 *
 * @throws RequestError when there is no such survey, or no such period
 */
export async function summarize(db: Queryable, question: ReportQuery, now: Date): Promise<Report> {
  const { workspaceId, survey, metric, connection, by, compare } = question;
  const timeZone = await findTimeZone(db, workspaceId);
  const surveys = await findSurveys(db, question);
  const period = readPeriod(question, timeZone, now);
  const { every, parts } = cut(period, question.every, timeZone);
  const narrowed = {
    ...(metric === undefined ? {} : { metric }),
    ...(connection === undefined ? {} : { connection }),
  };
  const counting = { ...narrowed, workspaceId, surveys, timeZone };
  const counts = await countPeriod(db, { ...counting, by: every }, period);
  const earlier = compare && periodBefore(period, timeZone);
  const before = earlier && (await countPeriod(db, counting, earlier));
  const told = by === undefined ? undefined : await countPeriod(db, { ...counting, by }, period);
  const requested = { ...narrowed, ...(survey === undefined ? {} : { survey }), ...period };
  return {
    survey: survey ?? null,
    metric: metric ?? null,
    connection: connection ?? null,
    ...written(period),
    timeZone,
    by: by ?? null,
    every,
    before: earlier ? written(earlier) : null,
    notes: noteScales(counts.answered),
    usualResponseRate,
    total: computeFigures(counts.invited, counts.answered),
    metrics: metricsOf(metric, counts, before).map((of) => ({
      metric: of,
      ...overTime(only(of, counts), parts),
      before: before ? figures(only(of, before)) : null,
    })),
    groups: by === undefined || told === undefined ? [] : groupsOf(by, told),
    comments: await latestComments(db, workspaceId, requested),
    atRisk: await flaggedContacts(db, workspaceId, 'atRisk'),
    advocates: await flaggedContacts(db, workspaceId, 'advocate'),
  };
}

function written({ from, until }: Period): { from: string; until: string } {
  return { from: from.toISOString(), until: until.toISOString() };
}

const figures = ({ invited, answered }: ReportCounts): Figures => computeFigures(invited, answered);

/** The one that was asked for, else those of which there is anything. */
function metricsOf(asked: Metric | undefined, ...counts: readonly (ReportCounts | undefined)[]): readonly Metric[] {
  if (asked !== undefined) return [asked];
  const found = new Set(
    counts.flatMap((of) => [...(of?.invited ?? []), ...(of?.answered ?? [])].map(({ metric }) => metric)),
  );
  return metrics.options.filter((of) => found.has(of));
}

function only(metric: Metric, { invited, answered }: ReportCounts): ReportCounts {
  return {
    invited: invited.filter((row) => row.metric === metric),
    answered: answered.filter((row) => row.metric === metric),
  };
}

/** The whole, and its parts in the order of time. */
function overTime(counts: ReportCounts, parts: readonly Part[]): Pick<Report['metrics'][number], 'total' | 'trend'> {
  const invited = Map.groupBy(counts.invited, ({ key }) => key);
  const answered = Map.groupBy(counts.answered, ({ key }) => key);
  const trend = parts.map((part) => ({
    key: part.key,
    ...written(part),
    ...computeFigures(invited.get(part.key) ?? [], answered.get(part.key) ?? []),
  }));
  return { total: figures(counts), trend };
}

/** @returns the surveys' ids */
async function findSurveys(db: Queryable, { workspaceId, survey }: ReportQuery): Promise<string[]> {
  const all = await surveyKeys(db, workspaceId);
  const meant = survey === undefined ? all : all.filter(({ key }) => key === survey);
  if (meant.length > 0 || survey === undefined) return meant.map(({ id }) => id);
  throw invalidField('survey', { code: 'field.unknown_survey', params: { surveys: all.map(({ key }) => key) } });
}

/** The 50 with most answers; weeks and months in the order of time. What has no value comes last. */
function groupsOf(by: Dimension, { invited, answered }: ReportCounts): Report['groups'] {
  const of = { invited: Map.groupBy(invited, ({ key }) => key), answered: Map.groupBy(answered, ({ key }) => key) };
  const groups = [...new Set([...of.invited.keys(), ...of.answered.keys()])].map((key) => ({
    key,
    ...computeFigures(of.invited.get(key) ?? [], of.answered.get(key) ?? []),
  }));
  const weight = ({ scores, invited: asked }: Figures) => ({
    answers: scores.reduce((sum, { answers }) => sum + answers, 0),
    asked,
  });
  const isTime = by === 'week' || by === 'month';
  const sorted = groups.sort((a, b) => {
    if (a.key === null || b.key === null) return a.key === null ? 1 : -1;
    const [one, other] = [weight(a), weight(b)];
    const most = isTime ? 0 : other.answers - one.answers || other.asked - one.asked;
    return most || (a.key < b.key ? -1 : 1);
  });
  return isTime ? sorted : sorted.slice(0, mostGroups);
}

function noteScales(answered: readonly AnsweredCount[]): ReportNote[] {
  const confirmed = answered.filter(({ status }) => status === 'confirmed');
  const scales = new Set(
    confirmed.map(({ metric, scale }) => `${metric.toUpperCase()} ${scaleFor(metric, scale).lowest}–${scale}`),
  );
  return scales.size <= 1 ? [] : [{ code: 'scales_differ', params: { scales: [...scales].sort() } }];
}
