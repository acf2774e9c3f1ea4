import { Temporal } from 'temporal-polyfill';
import { milliseconds } from '../../model/duration.ts';
import type { DecisionNote, DelayMessage } from '../../model/messages/decision-reason.ts';
import { chooseZone } from '../../model/zones.ts';
import type { SurveyContent } from '../surveys/index.ts';
import { beganAt, type Facts, isTest } from './facts.ts';

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

export type Due = {
  at: Date;
  /** How long after its occasion. */
  when: DelayMessage;
  /** What moved it or was assumed. */
  notes: readonly DecisionNote[];
};

/** When the email is due: after the delay of a resolution, and at once where somebody wants it; never in quiet hours. */
export function due(facts: Facts): Due {
  const when = delayOf(facts);
  const length = 'delay' in when.params ? milliseconds(when.params.delay) : 0;
  return { when, ...openAt(facts, new Date(Math.max(facts.now.getTime(), beganAt(facts).getTime() + length))) };
}

/** From then on, when an email to this contact may leave: not in quiet hours, and not at a weekend where that is said. */
export function openAt(facts: Facts, at: Date): Pick<Due, 'at' | 'notes'> {
  const { timing } = facts.survey;
  if (leavesAnyTime(facts)) return { at, notes: [] };
  const { zone, notes } = chooseZone(facts.zones);
  const opens = openFrom(at, timing, zone);
  if (opens.getTime() === at.getTime()) return { at, notes };
  const params = { kind: closed(timing), at: opens.toISOString(), timeZone: zone };
  return { at: opens, notes: [...notes, { code: 'moved', params }] };
}

/** The time zone in which reminders to this contact wait for open hours; nothing where they leave at any time. */
export function openZone(facts: Facts): string | null {
  return leavesAnyTime(facts) ? null : chooseZone(facts.zones).zone;
}

function leavesAnyTime(facts: Facts): boolean {
  const { quietHours, weekdaysOnly } = facts.survey.timing;
  return isTest(facts) || !(quietHours || weekdaysOnly);
}

function closed({ quietHours, weekdaysOnly }: Facts['survey']['timing']): 'quiet_hours' | 'weekends' | 'both' {
  if (!weekdaysOnly) return 'quiet_hours';
  return quietHours ? 'both' : 'weekends';
}

/** How long after its resolution a ticket is asked about, and why longer than usual. */
function delayOf(facts: Facts): DelayMessage {
  const { occasion, contact } = facts;
  const { timing } = facts.survey;
  if (occasion.kind === 'surveyRequest' || isTest(facts)) return atOnce;
  const { afterReopening, longTicket } = timing.adaptive ?? {};
  const tookLong =
    longTicket !== undefined &&
    occasion.ticket.createdAt !== undefined &&
    occasion.resolvedAt.getTime() - occasion.ticket.createdAt.getTime() > milliseconds(longTicket.over);
  const delays: { code: Exclude<DelayMessage['code'], 'delay.at_once'>; delay: string }[] = [
    { code: 'delay.usual', delay: timing.delay },
    ...(afterReopening !== undefined && contact?.reopenedBefore
      ? [{ code: 'delay.after_reopening' as const, delay: afterReopening }]
      : []),
    ...(tookLong ? [{ code: 'delay.long_ticket' as const, delay: longTicket.delay }] : []),
  ];
  const { code, delay } = delays.reduce((longest, one) =>
    milliseconds(one.delay) > milliseconds(longest.delay) ? one : longest,
  );
  return milliseconds(delay) === 0 ? atOnce : { code, params: { delay } };
}

const atOnce: DelayMessage = { code: 'delay.at_once', params: {} };
