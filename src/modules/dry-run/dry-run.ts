import type { DecisionReason } from '../../model/messages/decision-reason.ts';
import { dayMs } from '../../model/time-units.ts';
import { type ContactFacts, type EarlierInvitation, type Facts, quietPeriod } from '../decisions/index.ts';
import type { SurveyContent } from '../surveys/index.ts';

/** What a survey would have said of one ticket at the time, whatever its contact was asked meanwhile. */
export type Replayed = {
  connector: string;
  ticket: string;
  resolvedAt: Date;
  verdict: 'asked' | 'waiting' | 'skipped';
  reason: DecisionReason;
  /** For `asked`: when the email would have been due. */
  dueAt?: Date;
  /** For `asked`: tells contacts apart without saying who they are, and what they were really asked by then. */
  contact?: { key: string; asked: readonly EarlierInvitation[] };
};

/** What a survey would have done in these weeks. */
export type DryRunFindings = {
  resolutions: number;
  asked: number;
  skipped: number;
  /** Why not, the most frequent first; each as it was of one of its tickets. */
  reasons: readonly { reason: DecisionReason; count: number }[];
  /** Emails a day, without the days on which none would have left; those beyond the daily cap leave a day later. */
  days: readonly { day: string; emails: number }[];
  busiestDay: number;
  /** How many emails would have had to wait for another day because of the daily cap. */
  deferredByCap: number;
  /** Some tickets of each verdict and reason, the newest first. */
  examples: readonly Omit<Replayed, 'contact'>[];
};

const examplesEach = 20;

/**
 * Puts the tickets in their order and lets what was asked about one count for the next, as it would have been.
 *
 * @param timeZone whose days are counted
 */
export function replayTickets(
  survey: { key: string } & SurveyContent,
  replayed: readonly Replayed[],
  timeZone: string,
): DryRunFindings {
  const asked = new Map<string, EarlierInvitation[]>();
  const decided = [...replayed]
    .sort((a, b) => a.resolvedAt.getTime() - b.resolvedAt.getTime() || (a.ticket < b.ticket ? -1 : 1))
    .map((one) => afterQuietPeriod(survey, one, asked));
  const due = decided.flatMap(({ verdict, dueAt }) => (verdict === 'skipped' || !dueAt ? [] : [dueAt]));
  const { days, deferred } = spread(due, survey.audience.dailyCap, timeZone);
  const skipped = decided.filter(({ verdict }) => verdict === 'skipped');
  return {
    resolutions: decided.length,
    asked: due.length,
    skipped: skipped.length,
    reasons: countReasons(skipped),
    days,
    busiestDay: Math.max(0, ...days.map(({ emails }) => emails)),
    deferredByCap: deferred,
    examples: chooseExamples(decided),
  };
}

function afterQuietPeriod(
  survey: { key: string } & SurveyContent,
  one: Replayed,
  asked: Map<string, EarlierInvitation[]>,
): Replayed {
  if (one.verdict === 'skipped' || !one.contact || !one.dueAt) return one;
  const { key } = one.contact;
  const before = asked.get(key) ?? [];
  const said = quietPeriod.judge(factsOf(survey, one.resolvedAt, [...one.contact.asked, ...before]));
  if (said && 'skipped' in said) {
    const { dueAt: _never, ...rest } = one;
    return { ...rest, verdict: 'skipped', reason: said.skipped };
  }
  const dueAt = said && 'waiting' in said ? said.until : one.dueAt;
  asked.set(key, [...before, { metric: survey.metric, survey: survey.key, at: dueAt }]);
  return { ...one, dueAt };
}

/** What the quiet period rests on. */
function factsOf(survey: { key: string } & SurveyContent, now: Date, asked: ContactFacts['asked']): Facts {
  return {
    now,
    survey,
    occasion: { kind: 'surveyRequest', requestedBy: 'console', requestedAt: now, test: false },
    contact: { records: [], asked },
    unseen: [],
    ownAddresses: new Set(),
    ownDomains: new Set(),
    machineAddresses: new Set(),
    zones: [],
  };
}

function spread(
  due: readonly Date[],
  cap: number | null,
  timeZone: string,
): { days: DryRunFindings['days']; deferred: number } {
  const countByDay = new Map<string, number>();
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone });
  for (const at of due) {
    const day = dayOf.format(at);
    countByDay.set(day, (countByDay.get(day) ?? 0) + 1);
  }
  const days: { day: string; emails: number }[] = [];
  let waiting = 0;
  let deferred = 0;
  const queue = [...countByDay.keys()].sort();
  for (let day = queue.shift(); day !== undefined; day = queue.shift()) {
    const all = waiting + (countByDay.get(day) ?? 0);
    const emails = Math.min(all, cap ?? all);
    waiting = all - emails;
    deferred += Math.max(0, waiting - (all - (countByDay.get(day) ?? 0)));
    days.push({ day, emails });
    const next = dayAfter(day);
    if (waiting > 0 && queue[0] !== next) queue.unshift(next);
  }
  return { days, deferred };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}

function countReasons(skipped: readonly Replayed[]): DryRunFindings['reasons'] {
  return [...Map.groupBy(skipped, ({ reason }) => reason.code).values()]
    .flatMap((all) => all.slice(-1).map(({ reason }) => ({ reason, count: all.length })))
    .sort((a, b) => b.count - a.count || (a.reason.code < b.reason.code ? -1 : 1));
}

function chooseExamples(decided: readonly Replayed[]): DryRunFindings['examples'] {
  const some = [...Map.groupBy(decided.toReversed(), ({ reason }) => reason.code).values()];
  return some
    .flatMap((all) => all.slice(0, examplesEach))
    .sort((a, b) => b.resolvedAt.getTime() - a.resolvedAt.getTime())
    .map(({ contact: _contact, ...shown }) => shown);
}
