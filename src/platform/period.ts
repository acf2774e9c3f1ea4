import { Temporal } from 'temporal-polyfill';
import { dayMs } from '../model/time-units.ts';

/** From `from` on until just before `until`. */
export type Period = { from: Date; until: Date };

/** A day as ISO 8601 writes it begins at midnight in this time zone; a moment is itself. */
export function periodStart(text: string, timeZone: string): Date {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return new Date(text);
  return new Date(Temporal.PlainDate.from(text).toZonedDateTime(timeZone).epochMilliseconds);
}

/**
 * An instant as clocks show it in this time zone, with their offset from UTC: `2026-11-29T17:30:00.000-08:00`. Its first
 * ten characters are the day there.
 */
export function withOffset(instant: Date, timeZone: string): string {
  const written = zoned(instant, timeZone).toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });
  return written.replace(/\+00:00$/u, 'Z');
}

/** So many days before, by the calendar of the time zone. */
export function daysBefore(timestamp: Date, days: number, timeZone: string): Date {
  return new Date(zoned(timestamp, timeZone).subtract({ days }).epochMilliseconds);
}

/** The period of the same length by the calendar that ends where this one begins. */
export function periodBefore({ from, until }: Period, timeZone: string): Period {
  const began = zoned(from, timeZone);
  const length = began.until(zoned(until, timeZone), { largestUnit: 'day' });
  return { from: new Date(began.subtract(length).epochMilliseconds), until: from };
}

/** How finely time is cut. */
export const steps = ['day', 'week', 'month'] as const;
export type Step = (typeof steps)[number];

/** What shows a period best: a month by days, half a year by weeks. */
export function usualStep({ from, until }: Period): Step {
  const days = (until.getTime() - from.getTime()) / dayMs;
  if (days <= 31.5) return 'day';
  return days <= 190 ? 'week' : 'month';
}

/** A part of a period; its key is the day on which it begins by the calendar, or for months 2026-11. */
export type Part = Period & { key: string };

/** The period cut by the calendar of the time zone, weeks on Mondays; the first and the last part may be shorter. */
export function splitPeriod(period: Period, step: Step, timeZone: string): Part[] {
  const parts: Part[] = [];
  // By days and not by moments: a day that begins late, because the clocks went forward, does not move the next one.
  const begins = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).epochMilliseconds;
  let day = firstDay(zoned(period.from, timeZone).toPlainDate(), step);
  while (begins(day) < period.until.getTime()) {
    const next = day.add({ [`${step}s`]: 1 });
    parts.push({
      key: step === 'month' ? day.toString().slice(0, 7) : day.toString(),
      from: new Date(Math.max(begins(day), period.from.getTime())),
      until: new Date(Math.min(begins(next), period.until.getTime())),
    });
    day = next;
  }
  return parts;
}

function firstDay(day: Temporal.PlainDate, step: Step): Temporal.PlainDate {
  if (step === 'day') return day;
  return step === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 });
}

function zoned(timestamp: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(timestamp.getTime()).toZonedDateTimeISO(timeZone);
}
