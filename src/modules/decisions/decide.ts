import type { DecisionNote, DecisionReason } from '../../model/messages/decision-reason.ts';
import { due, openAt } from './due.ts';
import { type Facts, isTest, type Rule } from './facts.ts';
import {
  complained,
  doNotSurvey,
  optedOut,
  suppressed,
  undeliverable,
  unsubscribed,
  unsubscribedHere,
} from './rules/about-consent.ts';
import {
  contactConditions,
  machine,
  noAddress,
  noRequester,
  ownTeam,
  sharedRecord,
  suspended,
} from './rules/about-requester.ts';
import {
  beforeConnection,
  closedByAutomation,
  gone,
  merged,
  noPublicReply,
  reopened,
  spam,
  ticketConditions,
  tooLate,
  unknownTime,
} from './rules/about-ticket.ts';
import { anotherSurvey, mirrored, quietPeriod } from './rules/about-timing.ts';

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
