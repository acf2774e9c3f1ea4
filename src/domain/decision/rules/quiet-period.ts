import { durationInWords, milliseconds } from '../../duration.ts';
import { type Asked, beganAt, day, type Facts, type Rule } from '../facts.ts';

/** Longer than this after its occasion nobody is asked, however short the survey lets its link live. */
const longestWait = 90 * 86_400_000;

export const quietPeriod: Rule = {
  reason: 'quiet_period',
  judge(facts) {
    const { key, audience, timing } = facts.survey;
    const quiet = quietNow(facts);
    if (!quiet) return undefined;
    const { ends, because } = quiet;
    const wait = ends.getTime() - beganAt(facts).getTime();
    if (audience.whenQuiet === 'drop' || wait > Math.min(milliseconds(timing.expires), longestWait)) {
      return { withheld: `${because}.` };
    }
    return { waiting: `${because}, and survey "${key}" asks then.`, until: ends };
  },
};

/** The quiet period that this person is in for this survey: when it ends, and what it is because of. */
export function quietNow(facts: Facts): Quiet | undefined {
  const { metric, audience } = facts.survey;
  const own = milliseconds(audience.quietPeriod);
  if (own === 0) return undefined;
  // Who asks again sooner by their own metric does not wait longer for the other ones.
  const across = Math.min(own, milliseconds(audience.quietPeriodAcross));
  return later(
    within(facts, own, (asked) => asked.metric === metric),
    within(facts, across, () => true),
  );
}

type Quiet = { ends: Date; because: string };

function within({ now, person }: Facts, period: number, counts: (asked: Asked) => boolean): Quiet | undefined {
  const latest = (person?.asked ?? [])
    .filter(counts)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .at(-1);
  if (!latest) return undefined;
  const ends = new Date(latest.at.getTime() + period);
  if (ends <= now) return undefined;
  const asked = latest.at > now ? 'are already to be asked' : 'were already asked';
  return {
    ends,
    because: `They ${asked} by "${latest.survey}" on ${day(latest.at)}; the quiet period of ${durationInWords(period)} ends on ${day(ends)}`,
  };
}

function later(a: Quiet | undefined, b: Quiet | undefined): Quiet | undefined {
  return a && b && a.ends < b.ends ? b : (a ?? b);
}
