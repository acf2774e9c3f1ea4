import { durationInWords, milliseconds } from '../duration.ts';
import { beganAt, type Facts, isTest } from './facts.ts';
import { openFrom } from './open-hours.ts';
import { chooseZone } from './zones.ts';

export type Due = {
  at: Date;
  /** As a sentence goes on: `at once`, `15 minutes after the resolution`. */
  when: string;
  /** What moved it or was assumed, a sentence each. */
  notes: readonly string[];
};

/** When the mail is due: after the delay of a resolution, and at once where somebody wants it; never in quiet hours. */
export function due(facts: Facts): Due {
  const { length, because } = delayOf(facts);
  const when = length === 0 ? 'at once' : `${durationInWords(length)} after the resolution${because}`;
  return { when, ...openAt(facts, new Date(Math.max(facts.now.getTime(), beganAt(facts).getTime() + length))) };
}

/** From then on, when a mail to this person may leave: not in quiet hours, and not at a weekend where that is said. */
export function openAt(facts: Facts, at: Date): Pick<Due, 'at' | 'notes'> {
  const { timing } = facts.survey;
  if (isTest(facts) || !(timing.quietHours || timing.weekdaysOnly)) return { at, notes: [] };
  const { zone, notes } = chooseZone(facts.zones);
  const opens = openFrom(at, timing, zone);
  if (opens.getTime() === at.getTime()) return { at, notes };
  return { at: opens, notes: [...notes, `${closed(timing)} move the mail to ${moment(opens, zone)}.`] };
}

function closed({ quietHours, weekdaysOnly }: Facts['survey']['timing']): string {
  if (!weekdaysOnly) return 'Quiet hours';
  return quietHours ? 'Quiet hours and weekends' : 'Weekends';
}

/** How long after its resolution a ticket is asked about, and why longer than usual. */
function delayOf(facts: Facts): { length: number; because: string } {
  const { occasion, person } = facts;
  const { timing } = facts.survey;
  if (occasion.kind === 'recipient' || isTest(facts)) return { length: 0, because: '' };
  const { afterReopening, longTicket } = timing.adaptive ?? {};
  const tookLong =
    longTicket !== undefined &&
    occasion.ticket.createdAt !== undefined &&
    occasion.resolvedAt.getTime() - occasion.ticket.createdAt.getTime() > milliseconds(longTicket.over);
  const delays = [
    { length: milliseconds(timing.delay), because: '' },
    ...(afterReopening !== undefined && person?.reopenedBefore
      ? [{ length: milliseconds(afterReopening), because: ', longer because a ticket of theirs was reopened before' }]
      : []),
    ...(tookLong ? [{ length: milliseconds(longTicket.delay), because: ', longer because the ticket took long' }] : []),
  ];
  return delays.reduce((longest, delay) => (delay.length > longest.length ? delay : longest));
}

/** A moment as a sentence names it, on the clock of the place. */
function moment(at: Date, timeZone: string): string {
  const said = at.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone });
  return `${said} (${timeZone})`;
}
