import { isoDuration, milliseconds } from '../../duration.ts';
import { type Asked, beganAt, type Facts, type Rule } from '../facts.ts';

/** Longer than this after its occasion nobody is asked, however short the survey lets its link live. */
const longestWait = 90 * 86_400_000;

export const quietPeriod: Rule = {
  reason: 'quiet_period',
  judge(facts) {
    const { key, audience, timing } = facts.survey;
    const quiet = quietNow(facts);
    if (!quiet) return undefined;
    const { ends, period, latest } = quiet;
    const wait = ends.getTime() - beganAt(facts).getTime();
    const asks = latest.at > facts.now ? 'scheduled' : 'asked';
    const about = {
      survey: key,
      other: latest.survey,
      at: latest.at.toISOString(),
      period: isoDuration(period),
      ends: ends.toISOString(),
    };
    if (audience.whenQuiet === 'drop' || wait > Math.min(milliseconds(timing.expires), longestWait)) {
      return { skipped: { code: 'quiet_period', params: { kind: asks, ...about } } };
    }
    return { waiting: { code: 'quiet_period', params: { kind: `${asks}_waits`, ...about } }, until: ends };
  },
};

/** The quiet period that this contact is in for this survey. */
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

/** When it ends, its length in milliseconds, and the invitation that began it. */
type Quiet = { ends: Date; period: number; latest: Asked };

function within({ now, contact }: Facts, period: number, counts: (asked: Asked) => boolean): Quiet | undefined {
  const latest = (contact?.asked ?? [])
    .filter(counts)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .at(-1);
  if (!latest) return undefined;
  const ends = new Date(latest.at.getTime() + period);
  return ends > now ? { ends, period, latest } : undefined;
}

function later(a: Quiet | undefined, b: Quiet | undefined): Quiet | undefined {
  return a && b && a.ends < b.ends ? b : (a ?? b);
}
