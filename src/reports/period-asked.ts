import { beginningOf, daysBefore, type Part, type Period, partsOf, type Step, usualStep } from '../domain/period.ts';
import { invalidField } from '../errors.ts';

const usualDays = 90;

/** More could not be told apart in a chart either. */
const mostParts = 400;

/** The last 90 days unless said. @throws RequestError when it has no length */
export function readPeriod({ from, until }: { from?: string; until?: string }, timeZone: string, now: Date): Period {
  const end = until === undefined ? now : beginningOf(until, timeZone);
  const period = {
    from: from === undefined ? daysBefore(end, usualDays, timeZone) : beginningOf(from, timeZone),
    until: end,
  };
  if (period.from < period.until) return period;
  const code = until === undefined ? 'field.not_past' : 'field.before_until';
  throw invalidField('from', { code, params: {} });
}

/** How the period is cut for its trend. @throws RequestError when that would be too fine */
export function cut(period: Period, requested: Step | undefined, timeZone: string): { every: Step; parts: Part[] } {
  const every = requested ?? usualStep(period);
  const days = (period.until.getTime() - period.from.getTime()) / 86_400_000;
  const parts = days / { day: 1, week: 7, month: 28 }[every];
  if (parts > mostParts) {
    throw invalidField('every', { code: 'field.too_fine', params: { max: mostParts } });
  }
  return { every, parts: partsOf(period, every, timeZone) };
}
