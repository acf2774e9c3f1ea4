import { durationInWords, milliseconds } from '../duration.ts';
import type { Facts, Rule } from './facts.ts';
import { anotherSurvey } from './rules/another-survey.ts';
import { beforeConnection } from './rules/before-connection.ts';
import { doNotSurvey } from './rules/do-not-survey.ts';
import { merged } from './rules/merged.ts';
import { noAddress } from './rules/no-address.ts';
import { noPublicReply } from './rules/no-public-reply.ts';
import { noRequester } from './rules/no-requester.ts';
import { optedOut } from './rules/opted-out.ts';
import { ownPeople } from './rules/own-people.ts';
import { quietPeriod } from './rules/quiet-period.ts';
import { reopened } from './rules/reopened.ts';
import { sharedRecord } from './rules/shared-record.ts';
import { spam } from './rules/spam.ts';
import { suspended } from './rules/suspended.ts';
import { tooLate } from './rules/too-late.ts';
import { undeliverable } from './rules/undeliverable.ts';
import { unknownTime } from './rules/unknown-time.ts';
import { unsubscribed } from './rules/unsubscribed.ts';

/** In this order: what is wrong with the ticket, with its time, with the person, and only then what else they got. */
export const rules: readonly Rule[] = [
  merged,
  spam,
  reopened,
  unknownTime,
  beforeConnection,
  tooLate,
  noRequester,
  noAddress,
  ownPeople,
  suspended,
  sharedRecord,
  optedOut,
  undeliverable,
  unsubscribed,
  doNotSurvey,
  noPublicReply,
  anotherSurvey,
  quietPeriod,
];

export type Verdict = 'asked' | 'waiting' | 'withheld';

export type Judgement = {
  verdict: Verdict;
  /** A rule's reason, or `asked`. */
  reason: string;
  /** Why, in words that an admin understands. */
  because: string;
  /** Rules that could not be applied, each as a sentence. */
  notes: readonly string[];
};

/** Whether to ask. The first rule that withholds decides. */
export function decide(facts: Facts): Judgement {
  const notes: string[] = [];
  for (const rule of rules) {
    const said = rule.judge(facts);
    if (said && 'notApplied' in said) notes.push(said.notApplied);
    if (said && 'withheld' in said) return { verdict: 'withheld', reason: rule.reason, because: said.withheld, notes };
  }
  const delay = milliseconds(facts.survey.timing.delay);
  const when = delay === 0 ? 'at once' : `${durationInWords(delay)} after the resolution`;
  return {
    verdict: 'asked',
    reason: 'asked',
    because: `The ticket was resolved and nothing speaks against asking: survey "${facts.survey.key}" asks ${when}.`,
    notes,
  };
}

/** When the mail of this resolution is due. A vendor whose clock runs ahead of ours delays nothing. */
export function dueAt({ now, survey, resolution: { resolvedAt, firstSeenAt } }: Facts): Date {
  const resolved = Math.min(resolvedAt.getTime(), firstSeenAt.getTime());
  return new Date(Math.max(now.getTime(), resolved + milliseconds(survey.timing.delay)));
}
