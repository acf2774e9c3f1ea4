import { dayMs } from '../../src/model/time-units.ts';

/** The next midnight on this time zone's wall clocks; nothing when there is no such zone. */
export function nextMidnight(now: Date, timeZone: string | undefined): Date | undefined {
  if (timeZone === undefined) return undefined;
  try {
    const guess = now.getTime() + dayMs - timeOfDay(now, timeZone);
    // On the day on which the clocks change, a guess is off by as much as they move.
    const off = timeOfDay(new Date(guess), timeZone);
    const corrected = new Date(off > dayMs / 2 ? guess + dayMs - off : guess - off);
    return timeOfDay(corrected, timeZone) === 0 ? corrected : new Date(guess);
  } catch {
    return undefined;
  }
}

/** Milliseconds since midnight on the wall, in whole seconds. */
function timeOfDay(at: Date, timeZone: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' })
    .format(at)
    .split(':')
    .map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
