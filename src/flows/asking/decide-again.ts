import { decide } from '../../domain/decision/decide.ts';
import { openAt } from '../../domain/decision/due.ts';
import type { Facts } from '../../domain/decision/facts.ts';
import type { ContactRow } from '../../store/contacts.ts';
import type { Queryable } from '../../store/database.ts';
import { recordVerdict } from '../../store/decisions.ts';
import { type InvitationRow, sentSince, updateInvitation } from '../../store/invitations.ts';
import { findSurvey, type VersionedSurvey } from '../../store/surveys.ts';
import type { Context } from '../context.ts';
import { type Case, gatherFacts } from './facts.ts';
import { noteWaiting, type Obstacle, surveyPaused } from './hold-back.ts';
import { withdraw } from './withdraw.ts';

/** An invitation that may leave now, decided anew on what the vendor shows now. */
export type Prepared = {
  invitation: InvitationRow;
  survey: VersionedSurvey;
  contact: ContactRow;
  /** Which reminder it is; 0 is the mail that asks. */
  reminder: number;
  facts: Facts;
};

const day = 86_400_000;

export async function decideAgain(
  tx: Queryable,
  context: Context,
  about: Case,
  current: InvitationRow,
): Promise<Prepared | undefined> {
  const now = context.clock();
  const { survey, contact, facts } = await factsAgain(tx, context, about, current);
  if (survey.status === 'paused' && !current.test) {
    await noteWaiting(tx, context, current, surveyPaused);
    return undefined;
  }
  if (survey.status !== 'live' && !current.test) {
    const because = `Survey "${survey.key}" stopped being live before the mail left.`;
    await withdraw(tx, context, [current], { reason: 'survey_not_live', because });
    return undefined;
  }
  const decision = decide(facts);
  if (decision.verdict === 'withheld') {
    await withdraw(tx, context, [current], decision);
    return undefined;
  }
  const obstacle =
    decision.verdict === 'waiting'
      ? { ...decision, until: decision.dueAt }
      : (closedNow(facts) ?? (await capReached(tx, context, survey, current)));
  if (obstacle) {
    await noteWaiting(tx, context, current, obstacle);
    return undefined;
  }
  // It counts against the cap and as asked from here on; a mail that is refused is taken back.
  const email = facts.person?.email ?? current.email;
  await updateInvitation(tx, current.id, { sentAt: now, email });
  return { invitation: { ...current, email }, survey, contact, reminder: 0, facts };
}

/** A reminder goes only to somebody who could be asked now, were it not for having been asked. */
export async function remindAgain(
  tx: Queryable,
  context: Context,
  about: Case,
  current: InvitationRow,
): Promise<Prepared | undefined> {
  const now = context.clock();
  const { survey, contact, facts } = await factsAgain(tx, context, about, current);
  if (survey.status === 'paused' && !current.test) {
    await updateInvitation(tx, current.id, { claimedUntil: null });
    return undefined;
  }
  const judgement = decide({ ...facts, ...(facts.person ? { person: { ...facts.person, asked: [] } } : {}) });
  const opens = openAt(facts, now).at;
  const late = current.expiresAt !== null && current.expiresAt <= opens;
  if (judgement.verdict === 'withheld' || (survey.status !== 'live' && !current.test) || late) {
    await updateInvitation(tx, current.id, { dueAt: null, claimedUntil: null });
    if (judgement.verdict === 'withheld') {
      const because = `Asked, and not reminded: ${judgement.because}`;
      await recordVerdict(tx, current, { verdict: 'asked', reason: 'asked', because, notes: [] }, now);
    }
    return undefined;
  }
  if (opens > now) {
    await updateInvitation(tx, current.id, { dueAt: opens, claimedUntil: null });
    return undefined;
  }
  return { invitation: current, survey, contact, reminder: current.remindersSent + 1, facts };
}

async function factsAgain(
  tx: Queryable,
  context: Context,
  about: Case,
  current: InvitationRow,
): Promise<{ survey: VersionedSurvey; contact: ContactRow; facts: Facts }> {
  const { contact } = about;
  const survey = await findSurvey(tx, current.surveyId, current.surveyVersion);
  if (!survey || !contact) throw new Error('an invitation without its survey');
  return { survey, contact, facts: await gatherFacts(tx, context, about, survey, { deciding: current.id }) };
}

function closedNow(facts: Facts): Obstacle | undefined {
  const { at, notes } = openAt(facts, facts.now);
  return at > facts.now ? { reason: 'quiet_hours', because: notes.at(-1) ?? '', until: at } : undefined;
}

async function capReached(
  tx: Queryable,
  { clock, log }: Context,
  { key, content }: VersionedSurvey,
  current: InvitationRow,
): Promise<Obstacle | undefined> {
  const { dailyCap } = content.audience;
  const now = clock();
  const dayAgo = new Date(now.getTime() - day);
  // A letter whose fate was unknown keeps the place that it took.
  const hasPlace = current.sentAt !== null && current.sentAt > dayAgo;
  if (dailyCap === null || current.test || hasPlace) return undefined;
  const { sent, first } = await sentSince(tx, current, dayAgo);
  if (sent < dailyCap) return undefined;
  log.warn({ survey: key, dailyCap }, 'a survey has reached its daily cap: the rest wait');
  return {
    reason: 'daily_cap',
    because: `Survey "${key}" has asked ${sent} people in the last 24 hours, as many as it may.`,
    until: new Date((first ?? now).getTime() + day),
  };
}
