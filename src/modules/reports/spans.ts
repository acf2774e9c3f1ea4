import { dayMs, hourMs } from '../../model/time-units.ts';
import type { Period } from '../../platform/period.ts';

/** A stretch of a part of a report, and the longest unit of the roll-ups that tells it whole. */
export type RolledSpan = Period & { part: number; unit: 'hour' | 'day' | 'month' };

type Cut = { rolled: readonly RolledSpan[]; fromRows: readonly Period[] };

/**
 * Cuts the parts of a report into months, days and hours of UTC that roll-ups tell, and what is left for the rows: hours
 * that have begun or that a part ends in, as in time zones of half an hour, and days whose roll-ups are out of date.
 *
 * @param stale days, as `2026-11-22`
 * @param hours whether there are roll-ups of hours for what is requested; otherwise the ends are read by days
 */
export function cutIntoSpans(parts: readonly Period[], stale: ReadonlySet<string>, hours: boolean): Cut {
  const rolled: RolledSpan[] = [];
  const fromRows: Period[] = [];
  for (const [part, { from, until }] of parts.entries()) {
    const end = until.getTime();
    for (let at = from.getTime(); at < end; ) {
      const unit = longestUnit(at, end, stale, hours);
      const step = unit ?? (hours && !stale.has(dayAt(at)) ? 'hour' : 'day');
      const next = unit ? nextStart(at, unit) : Math.min(end, nextStart(at, step));
      const span = { from: new Date(at), until: new Date(next) };
      if (unit) joinRolled(rolled, { ...span, part, unit });
      else joinRows(fromRows, span);
      at = next;
    }
  }
  return { rolled, fromRows };
}

function longestUnit(
  at: number,
  end: number,
  stale: ReadonlySet<string>,
  hours: boolean,
): RolledSpan['unit'] | undefined {
  const whole = (unit: RolledSpan['unit']) => startOf(at, unit) === at && nextStart(at, unit) <= end;
  if (whole('month') && !daysIn(at, nextStart(at, 'month')).some((day) => stale.has(day))) return 'month';
  if (stale.has(dayAt(at))) return undefined;
  if (whole('day')) return 'day';
  return hours && whole('hour') ? 'hour' : undefined;
}

const dayAt = (at: number) => new Date(at).toISOString().slice(0, 10);

function daysIn(from: number, until: number): string[] {
  return Array.from({ length: (until - from) / dayMs }, (_, index) => dayAt(from + index * dayMs));
}

function startOf(at: number, unit: RolledSpan['unit']): number {
  if (unit === 'hour') return Math.floor(at / hourMs) * hourMs;
  const day = Math.floor(at / dayMs) * dayMs;
  return unit === 'day' ? day : day - (new Date(at).getUTCDate() - 1) * dayMs;
}

function nextStart(at: number, unit: RolledSpan['unit']): number {
  if (unit === 'hour') return startOf(at, unit) + hourMs;
  if (unit === 'day') return startOf(at, unit) + dayMs;
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

function joinRolled(spans: RolledSpan[], span: RolledSpan): void {
  const last = spans.at(-1);
  const goesOn = last?.part === span.part && last.unit === span.unit && last.until.getTime() === span.from.getTime();
  if (goesOn) last.until = span.until;
  else spans.push(span);
}

/** Rows tell by themselves to which part they belong. */
function joinRows(spans: Period[], span: Period): void {
  const last = spans.at(-1);
  if (last && last.until.getTime() === span.from.getTime()) last.until = span.until;
  else spans.push(span);
}
