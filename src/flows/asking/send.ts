import { milliseconds } from '../../domain/duration.ts';
import { type Failure, UpstreamBusy, UpstreamRefused } from '../../errors.ts';
import { lockContact, updateContact } from '../../store/contacts.ts';
import type { Queryable } from '../../store/database.ts';
import { recordVerdict } from '../../store/decisions.ts';
import { type InvitationRow, lockInvitation, updateInvitation } from '../../store/invitations.ts';
import { refreshScore } from '../../store/scores.ts';
import type { VersionedSurvey } from '../../store/surveys.ts';
import type { Context } from '../context.ts';
import type { Prepared } from './prepare.ts';
import { withdraw } from './withdraw.ts';
import { writeLetter } from './write-letter.ts';

/** What a mailbox that refuses us for now is given before we stop: a minute, then ever longer, half a day in all. */
const softRetries = [60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 8 * 3_600_000] as const;

/**
 * Hands the letter to the mail server and keeps what came of it. After a crash in between, the same letter goes again
 * under the same Message-ID.
 */
export async function sendLetter(context: Context, prepared: Prepared): Promise<void> {
  const { mail } = context;
  if (!mail) throw new Error('nothing to send with');
  const letter = await writeLetter(context, mail, prepared);
  try {
    await mail.pace.run('write', () => mail.send(letter));
  } catch (failure) {
    if (!(failure instanceof UpstreamBusy || failure instanceof UpstreamRefused)) throw failure;
    await keepFailure(context, prepared, failure);
    return;
  }
  await keepSent(context, prepared);
}

async function keepSent(context: Context, { invitation, survey, reminder }: Prepared): Promise<void> {
  const { database, clock, wake } = context;
  const now = clock();
  const behind = await database.transaction(async (tx) => {
    await lockContact(tx, invitation.contactId);
    const current = await lockInvitation(tx, invitation.id);
    // An answer, or an erasure, may have been faster than this line.
    if (current?.status === 'scheduled' || current?.status === 'sent') {
      const expiresAt = current.expiresAt ?? new Date(now.getTime() + milliseconds(survey.content.expires));
      await updateInvitation(tx, current.id, {
        status: 'sent',
        sentAt: reminder === 0 ? now : current.sentAt,
        expiresAt,
        dueAt: nextReminder(survey, reminder === 0 ? now : (current.sentAt ?? now), reminder, expiresAt),
        remindersSent: reminder,
        claimedUntil: null,
        waitingFor: null,
        attempts: 0,
      });
    }
    if (reminder > 0) return [];
    await updateContact(tx, invitation.contactId, { lastAskedAt: now });
    const because = `The ticket was resolved and nothing spoke against asking: survey "${survey.key}" was sent.`;
    await recordAsked(tx, invitation, because, now);
    return refreshScore(tx, invitation, now);
  });
  for (const connectionId of behind) await wake('write', connectionId);
}

function nextReminder(survey: VersionedSurvey, sentAt: Date, sent: number, expiresAt: Date): Date | null {
  const after = survey.content.reminders[sent];
  if (after === undefined) return null;
  const at = new Date(sentAt.getTime() + milliseconds(after));
  return at < expiresAt ? at : null;
}

async function recordAsked(tx: Queryable, of: InvitationRow, because: string, now: Date): Promise<void> {
  const { workspaceId, resolutionId, surveyId, contactId } = of;
  const judgement = { verdict: 'asked' as const, reason: 'asked', because, notes: [] };
  await recordVerdict(tx, { workspaceId, resolutionId, surveyId, contactId }, judgement, now);
}

/** The mail did not leave: it stays due, or, when this mailbox will not have it, the person is not asked. */
async function keepFailure(
  context: Context,
  { invitation, reminder }: Prepared,
  failure: UpstreamBusy | UpstreamRefused,
): Promise<void> {
  const { database, clock } = context;
  const now = clock();
  const unsent = reminder === 0 ? { sentAt: null } : {};
  if (failure.concerns === 'connection') {
    if (failure instanceof UpstreamRefused) reportRefusal(context, failure);
    await updateInvitation(database.db, invitation.id, { ...unsent, claimedUntil: null });
    return;
  }
  const wait = softRetries[invitation.attempts];
  if (failure instanceof UpstreamBusy && wait !== undefined) {
    const dueAt = new Date(now.getTime() + wait);
    const waitingFor = `The recipient's mail server is not taking it yet: ${failure.message}.`;
    const attempts = invitation.attempts + 1;
    await updateInvitation(database.db, invitation.id, { ...unsent, dueAt, waitingFor, attempts, claimedUntil: null });
    return;
  }
  await database.transaction((tx) => keepBounce(tx, context, invitation, reminder, failure));
}

async function keepBounce(
  tx: Queryable,
  context: Context,
  invitation: InvitationRow,
  reminder: number,
  failure: Failure,
): Promise<void> {
  await lockContact(tx, invitation.contactId);
  await updateContact(tx, invitation.contactId, { bouncedAt: context.clock() });
  if (reminder > 0) {
    await updateInvitation(tx, invitation.id, { dueAt: null, claimedUntil: null });
    return;
  }
  const because = `The recipient's mail server refused the mail: ${failure.message}.`;
  await withdraw(tx, context, [invitation], { reason: 'bounced', because });
  await updateInvitation(tx, invitation.id, { status: 'bounced', sentAt: null });
}

function reportRefusal({ log }: Context, { message, remedy }: UpstreamRefused): void {
  log.error({ reason: message, remedy }, 'the mail server refuses us: no mail leaves until somebody acts');
}
