import { durationInWords, milliseconds } from '../../duration.ts';
import { day, type Facts, type Rule } from '../facts.ts';

export const quietPeriod: Rule = {
  reason: 'quiet_period',
  judge(facts) {
    const own = milliseconds(facts.survey.audience.quietPeriod);
    if (own === 0) return undefined;
    const { metric } = facts.survey;
    return (
      within(facts, own, (asked) => asked.metric === metric) ??
      // Who asks again sooner by their own metric does not wait longer for the other ones.
      within(facts, Math.min(own, milliseconds(facts.survey.audience.quietPeriodAcross)), () => true)
    );
  },
};

type Asked = NonNullable<Facts['person']>['asked'][number];

function within({ now, person }: Facts, period: number, counts: (asked: Asked) => boolean) {
  const latest = (person?.asked ?? [])
    .filter(counts)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .at(-1);
  if (!latest || now.getTime() - latest.at.getTime() >= period) return undefined;
  const asked = latest.at > now ? 'are already to be asked' : 'were already asked';
  return {
    withheld: `They ${asked} by "${latest.survey}" on ${day(latest.at)}; the quiet period of ${durationInWords(period)} ends on ${day(new Date(latest.at.getTime() + period))}.`,
  };
}
