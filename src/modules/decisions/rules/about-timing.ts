import { isoDuration, milliseconds } from '../../../model/duration.ts';
import { dayMs } from '../../../model/time-units.ts';
import { beganAt, type EarlierInvitation, type Facts, onTickets, type Rule } from '../facts.ts';

/** Longer than this after its occasion nobody is asked, however short the survey lets its link live. */
const longestWaitMs = 90 * dayMs;

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
    if (audience.whenQuiet === 'drop' || wait > Math.min(milliseconds(timing.expires), longestWaitMs)) {
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
type Quiet = { ends: Date; period: number; latest: EarlierInvitation };

function within(
  { now, contact }: Facts,
  period: number,
  counts: (asked: EarlierInvitation) => boolean,
): Quiet | undefined {
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

export const anotherSurvey: Rule = {
  reason: 'another_survey',
  judge: onTickets(({ askedBy }) =>
    askedBy === undefined ? undefined : { skipped: { code: 'another_survey', params: { survey: askedBy } } },
  ),
};

/** A case that is kept in two systems is resolved in both within this. */
export const sameCaseWithinMs = dayMs;

/** A survey that lifts every quiet period wants to ask about each ticket, and this rule is one of them. */
export const mirrored: Rule = {
  reason: 'mirrored',
  judge: onTickets(({ ticket, resolvedAt, elsewhere }, { survey }) => {
    if (milliseconds(survey.audience.quietPeriod) === 0) return undefined;
    const subject = bareSubject(ticket.subject);
    const same = elsewhere.find(
      (other) =>
        subject !== '' &&
        bareSubject(other.subject) === subject &&
        Math.abs(other.resolvedAt.getTime() - resolvedAt.getTime()) <= sameCaseWithinMs,
    );
    return same && { skipped: { code: 'mirrored', params: { system: same.system } } };
  }),
};

/** What mail programs put before the subject of an answer or of what they pass on. */
const answered = /^(?:re|aw|sv|antw|fwd?|wg|tr|rv|i)(?:\[\d+\])?\s*:\s*/u;
const number =
  /[[(]?(?:\b(?:ticket|case|request)\s*)?#\s*\d+[\])]?|[[(]?\b(?:ticket|case|request)\s+\d+[\])]?|\[[^[\]\d]*\d[^[\]]*\]/gu;

/** A customer writes it, at whatever length: two that are alike so far are taken for the same. */
const compared = 300;

/** A subject without what a system adds to it: prefixes of answers, the number of its own ticket. */
function bareSubject(subject = ''): string {
  let left = subject
    .slice(0, compared)
    .normalize('NFKC')
    .toLowerCase()
    .replace(number, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  while (answered.test(left)) left = left.replace(answered, '');
  return left.replace(/^[\s:–—-]+|[\s:–—-]+$/gu, '');
}
