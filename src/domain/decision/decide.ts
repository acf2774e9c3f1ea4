import { due, openAt } from './due.ts';
import { type Facts, isTest, type Rule } from './facts.ts';
import type { DecisionNote, DecisionReason } from './reasons.ts';
import { anotherSurvey } from './rules/another-survey.ts';
import { beforeConnection } from './rules/before-connection.ts';
import { closedByAutomation } from './rules/closed-by-automation.ts';
import { complained } from './rules/complained.ts';
import { doNotSurvey } from './rules/do-not-survey.ts';
import { gone } from './rules/gone.ts';
import { machine } from './rules/machine.ts';
import { merged } from './rules/merged.ts';
import { mirrored } from './rules/mirrored.ts';
import { noAddress } from './rules/no-address.ts';
import { noPublicReply } from './rules/no-public-reply.ts';
import { noRequester } from './rules/no-requester.ts';
import { optedOut } from './rules/opted-out.ts';
import { ownTeam } from './rules/own-people.ts';
import { contactConditions } from './rules/person-conditions.ts';
import { quietPeriod } from './rules/quiet-period.ts';
import { reopened } from './rules/reopened.ts';
import { sharedRecord } from './rules/shared-record.ts';
import { spam } from './rules/spam.ts';
import { suppressed } from './rules/suppressed.ts';
import { suspended } from './rules/suspended.ts';
import { ticketConditions } from './rules/ticket-conditions.ts';
import { tooLate } from './rules/too-late.ts';
import { undeliverable } from './rules/undeliverable.ts';
import { unknownTime } from './rules/unknown-time.ts';
import { unsubscribed } from './rules/unsubscribed.ts';
import { unsubscribedHere } from './rules/unsubscribed-here.ts';

/**
 * In this order: what is wrong with the ticket, with its time, with the contact, whom the survey leaves out, and only
 * then what else they got.
 */
export const rules: readonly Rule[] = [
  merged,
  gone,
  spam,
  reopened,
  unknownTime,
  beforeConnection,
  tooLate,
  noRequester,
  noAddress,
  ownTeam,
  machine,
  suspended,
  sharedRecord,
  optedOut,
  undeliverable,
  complained,
  unsubscribed,
  unsubscribedHere,
  suppressed,
  doNotSurvey,
  closedByAutomation,
  noPublicReply,
  ticketConditions,
  contactConditions,
  anotherSurvey,
  mirrored,
  quietPeriod,
];

export type Verdict = 'asked' | 'waiting' | 'skipped';

/** What the ledger keeps of a decision. */
export type Judgement = {
  verdict: Verdict;
  reason: DecisionReason;
  /** Rules that could not be applied, and what was assumed. */
  notes: readonly DecisionNote[];
};

/** With when the email is due, where there is to be one. */
export type Decision =
  | (Judgement & { verdict: 'asked' | 'waiting'; dueAt: Date })
  | (Judgement & { verdict: 'skipped' });

/** Whether to ask, and when. The first rule that withholds, or makes it wait, decides. */
export function decide(facts: Facts): Decision {
  const notes: DecisionNote[] = facts.unseen.map((system) => ({ code: 'system_unread', params: { system } }));
  const isTried = isTest(facts);
  for (const { judge } of rules.filter(({ evenForTests }) => evenForTests || !isTried)) {
    const said = judge(facts);
    if (!said) continue;
    if ('notApplied' in said) notes.push(...said.notApplied);
    if ('skipped' in said) return { verdict: 'skipped', reason: said.skipped, notes };
    if ('waiting' in said) {
      const opens = openAt(facts, said.until);
      return { verdict: 'waiting', reason: said.waiting, notes: [...notes, ...opens.notes], dueAt: opens.at };
    }
  }
  const { at, when, notes: moved } = due(facts);
  const { occasion, survey } = facts;
  const whose = occasion.kind === 'surveyRequest' ? occasion.requestedBy : 'resolution';
  const reason = {
    code: 'asked' as const,
    params: { kind: isTried ? 'test' : whose, survey: survey.key, when } as const,
  };
  return { verdict: 'asked', reason, notes: [...notes, ...moved], dueAt: at };
}
