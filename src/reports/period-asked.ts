import { beginningOf, daysBefore, type Part, type Period, partsOf, type Step, usualStep } from '../domain/period.ts';
import { InvalidInput } from '../errors.ts';

const usualDays = 90;

/** More could not be told apart in a chart either. */
const mostParts = 400;

/** The last 90 days unless said. @throws InvalidInput when it has no length */
export function readPeriod({ from, until }: { from?: string; until?: string }, timeZone: string, now: Date): Period {
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

/** How the period is cut for its trend. @throws InvalidInput when that would be too fine */
export function cut(period: Period, wished: Step | undefined, timeZone: string): { every: Step; parts: Part[] } {
  const every = wished ?? usualStep(period);
  const days = (period.until.getTime() - period.from.getTime()) / 86_400_000;
  const parts = days / { day: 1, week: 7, month: 28 }[every];
  if (parts > mostParts) {
    const coarser = every === 'day' ? 'a "week" or a "month"' : every === 'week' ? 'a "month"' : 'a shorter period';
    const problem = `must not cut the period into more than ${mostParts}: take ${coarser}`;
    throw new InvalidInput('the trend would be too fine', { problems: [{ field: 'every', problem }] });
  }
  return { every, parts: partsOf(period, every, timeZone) };
}
