import { milliseconds } from '../duration.ts';
import { beganAt, type Facts, isTest } from './facts.ts';
import { openFrom } from './open-hours.ts';
import type { DecisionNote, DelayMessage } from './reasons.ts';
import { chooseZone } from './zones.ts';

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
  if (isTest(facts) || !(timing.quietHours || timing.weekdaysOnly)) return { at, notes: [] };
  const { zone, notes } = chooseZone(facts.zones);
  const opens = openFrom(at, timing, zone);
  if (opens.getTime() === at.getTime()) return { at, notes };
  const params = { kind: closed(timing), at: opens.toISOString(), timeZone: zone };
  return { at: opens, notes: [...notes, { code: 'moved', params }] };
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
