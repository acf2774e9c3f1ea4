import { Temporal } from 'temporal-polyfill';

/** From `from` on until just before `until`. */
export type Period = { from: Date; until: Date };

/** A day as ISO 8601 writes it begins at midnight in this time zone; a moment is itself. */
export function beginningOf(text: string, timeZone: string): Date {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return new Date(text);
  return new Date(Temporal.PlainDate.from(text).toZonedDateTime(timeZone).epochMilliseconds);
}

/** So many days before, by the calendar of the time zone. */
export function daysBefore(moment: Date, days: number, timeZone: string): Date {
  const then = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).subtract({ days });
  return new Date(then.epochMilliseconds);
}
