import type { Queryable } from '../../platform/database/database.ts';
import { type Period, type Step, splitPeriod, steps } from '../../platform/period.ts';
import {
  type AnsweredCount,
  type Counting,
  countAnswered,
  countInvited,
  type InvitedCount,
} from './queries/report-counts.ts';
import { findStaleDays } from './queries/roll-ups.ts';
import { readRollUps, rolledDimension } from './queries/rolled-counts.ts';
import { cutIntoSpans } from './spans.ts';

export type ReportCounts = { invited: InvitedCount[]; answered: AnsweredCount[] };

/**
 * Counts what was sent and answered in a period: from roll-ups as far as they tell it, the rest from the rows. Which
 * days are out of date is read first: one that is counted again meanwhile is right either way.
 */
export async function countPeriod(db: Queryable, counting: Counting, period: Period): Promise<ReportCounts> {
  const dimension = rolledDimension(counting);
  if (dimension === undefined) return countRows(db, counting, [period]);
  const stale = await findStaleDays(db, counting.surveys, period);
  const step = steps.find((one): one is Step => one === counting.by);
  const parts = step ? splitPeriod(period, step, counting.timeZone) : [{ ...period, key: '' }];
  const hasHours = dimension === 'none' || dimension === 'connection';
  const { rolled, fromRows } = cutIntoSpans(parts, stale, hasHours);
  const keys = parts.map(({ key }) => key);
  const counts = [
    await readRollUps(db, counting, { spans: rolled, dimension, keys }),
    await countRows(db, counting, fromRows),
  ];
  return {
    invited: counts.flatMap(({ invited }) => invited),
    answered: counts.flatMap(({ answered }) => answered),
  };
}

async function countRows(db: Queryable, counting: Counting, spans: readonly Period[]): Promise<ReportCounts> {
  if (spans.length === 0) return { invited: [], answered: [] };
  return { invited: await countInvited(db, counting, spans), answered: await countAnswered(db, counting, spans) };
}
