import type { DecisionNote } from '../../model/messages/decision-reason.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { ContactRow } from '../contacts/index.ts';
import { decide, type Facts, openAt, recordVerdict } from '../decisions/index.ts';
import type { VersionedSurvey } from '../surveys/index.ts';
import type { InvitationsContext } from './context.ts';
import type { DailyCap } from './daily-cap.ts';
import { noteWaiting, type Obstacle, surveyPaused } from './defer.ts';
import { type InvitationRow, updateInvitation } from './queries/invitations.ts';
import { withdraw } from './withdraw.ts';

/** An invitation whose email may leave now, decided again on what the vendors show now. */
export type Cleared = {
  invitation: InvitationRow;
  /** Where it goes: their address may be another one than when it was scheduled. */
  email: string;
  /** Which reminder it is; 0 is the email that asks. */
  reminder: number;
  facts: Facts;
  /** What the decision says could not be looked at, or was assumed. */
  notes: readonly DecisionNote[];
};

/** What an invitation is decided from when it is due, with its row and its contact's locked. */
export type Again = { current: InvitationRow; survey: VersionedSurvey; contact: ContactRow; facts: Facts };

/** @returns what may leave: it is for the caller to clear it, in the same transaction */
export function decideAgain(
  tx: Queryable,
  context: InvitationsContext,
  again: Again,
  cap: DailyCap,
): Promise<Cleared | undefined> {
  return again.current.status === 'scheduled' ? askAgain(tx, context, again, cap) : remindAgain(tx, context, again);
}

async function askAgain(
  tx: Queryable,
  context: InvitationsContext,
  { current, survey, facts }: Again,
  cap: DailyCap,
): Promise<Cleared | undefined> {
  if (survey.status === 'paused' && !current.test) {
    await noteWaiting(tx, context, current, surveyPaused);
    return undefined;
  }
  if (survey.status !== 'live' && !current.test) {
    await withdraw(tx, context, [current], { code: 'survey_not_live', params: {} });
    return undefined;
  }
  const decision = decide(facts);
  if (decision.verdict === 'skipped') {
    await withdraw(tx, context, [current], decision.reason);
    return undefined;
  }
  const obstacle =
    decision.verdict === 'waiting'
      ? { ...decision, until: decision.dueAt }
      : (closedNow(facts) ?? (await cap.take(survey, current)));
  if (obstacle) {
    await noteWaiting(tx, context, current, obstacle);
    return undefined;
  }
  const email = facts.contact?.email ?? current.email;
  return { invitation: current, email, reminder: 0, facts, notes: decision.notes };
}

/** A reminder goes only to somebody who could be asked now, were it not for having been asked. */
async function remindAgain(
  tx: Queryable,
  context: InvitationsContext,
  { current, survey, facts }: Again,
): Promise<Cleared | undefined> {
  const now = context.clock();
  if (survey.status === 'paused' && !current.test) {
    await updateInvitation(tx, current.id, { claimedUntil: null });
    return undefined;
  }
  const hasReminder = survey.content.reminders[current.remindersSent] !== undefined;
  const judgement = decide({ ...facts, ...(facts.contact ? { contact: { ...facts.contact, asked: [] } } : {}) });
  const opens = openAt(facts, now).at;
  const late = current.expiresAt !== null && current.expiresAt <= opens;
  if (judgement.verdict === 'skipped' || (survey.status !== 'live' && !current.test) || late || !hasReminder) {
    await updateInvitation(tx, current.id, { dueAt: null, claimedUntil: null });
    if (judgement.verdict === 'skipped') {
      const reason = { code: 'asked', params: { kind: 'not_reminded', why: judgement.reason } } as const;
      await recordVerdict(tx, context, current, { verdict: 'asked', reason, notes: [] }, now);
    }
    return undefined;
  }
  if (opens > now) {
    await updateInvitation(tx, current.id, { dueAt: opens, claimedUntil: null });
    return undefined;
  }
  return {
    invitation: current,
    email: current.email,
    reminder: current.remindersSent + 1,
    facts,
    notes: judgement.notes,
  };
}

function closedNow(facts: Facts): Obstacle | undefined {
  const { at, notes } = openAt(facts, facts.now);
  return at > facts.now
    ? { reason: { code: 'quiet_hours', params: { notes: notes.slice(-1) } }, until: at }
    : undefined;
}
