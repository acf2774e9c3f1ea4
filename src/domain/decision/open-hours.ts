import { Temporal } from 'temporal-polyfill';
import type { SurveyContent } from '../survey/survey.ts';

type Hours = Pick<SurveyContent['timing'], 'quietHours' | 'weekdaysOnly'>;

/** The first moment from then on that is neither in quiet hours nor, where only weekdays are wanted, on a weekend. */
export function openFrom(at: Date, hours: Hours, zone: string): Date {
  let candidate = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  for (let next = later(candidate, hours); next; next = later(candidate, hours)) candidate = next;
  return new Date(candidate.epochMilliseconds);
}

/** When what keeps this moment closed ends; nothing when nothing does. */
function later(at: Temporal.ZonedDateTime, { quietHours, weekdaysOnly }: Hours): Temporal.ZonedDateTime | undefined {
  if (weekdaysOnly && at.dayOfWeek > 5) return at.toPlainDate().add({ days: 1 }).toZonedDateTime(at.timeZoneId);
  if (!quietHours) return undefined;
  const time = at.toPlainTime();
  const since = Temporal.PlainTime.compare(time, quietHours.from) >= 0;
  const before = Temporal.PlainTime.compare(time, quietHours.until) < 0;
  const overnight = Temporal.PlainTime.compare(quietHours.from, quietHours.until) > 0;
  if (overnight ? !since && !before : !since || !before) return undefined;
  return wallClock(at, at.toPlainDate().add({ days: overnight && since ? 1 : 0 }), quietHours.until);
}

/** When the clock on the wall shows this time: after a gap, where it never does; the second time, where it already did. */
function wallClock(after: Temporal.ZonedDateTime, date: Temporal.PlainDate, time: string): Temporal.ZonedDateTime {
  const shown = date.toPlainDateTime(time);
  const first = shown.toZonedDateTime(after.timeZoneId);
  return Temporal.ZonedDateTime.compare(first, after) > 0
    ? first
    : shown.toZonedDateTime(after.timeZoneId, { disambiguation: 'later' });
}
