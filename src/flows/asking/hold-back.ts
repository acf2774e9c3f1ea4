import type { Queryable } from '../../store/database.ts';
import { recordVerdict } from '../../store/decisions.ts';
import { heldBackBy, type InvitationRow, lockInvitation, updateInvitation } from '../../store/invitations.ts';
import { pausedMails } from '../../store/stopped-surveys.ts';
import type { Context } from '../context.ts';

export type Obstacle = {
  reason: string;
  /** For the ledger, as sentences. */
  because: string;
  /** When it may be gone. */
  until?: Date;
};

export const mailServerBusy: Obstacle = {
  reason: 'mail_server_busy',
  because: 'The mail server does not answer. The mail leaves when it does.',
};

export const mailServerThrottled: Obstacle = {
  reason: 'mail_server_throttled',
  because: 'The email server takes fewer emails than are due. The email leaves when it takes it.',
};

export const surveyPaused: Obstacle = {
  reason: 'survey_paused',
  because: 'This survey is paused. The mail leaves when it is live again.',
};

/** Says in the ledger, once, why mails that are due do not leave. They stay due. */
export async function holdBack(context: Context, workspaceId: string, obstacle: Obstacle): Promise<void> {
  const { database, clock, log } = context;
  const waiting = await heldBackBy(database.db, workspaceId, clock(), obstacle.because);
  if (waiting.length === 0) return;
  log.warn({ invitations: waiting.length, reason: obstacle.reason }, 'mails that are due cannot leave');
  for (const invitation of waiting) {
    await database.transaction((tx) => noteWaiting(tx, context, invitation, obstacle));
  }
}

/** The same of mails of surveys that are paused, which nobody takes up meanwhile. */
export async function holdBackPaused(context: Context, workspaceId: string): Promise<void> {
  const { database, clock } = context;
  for (const invitation of await pausedMails(database.db, workspaceId, clock(), surveyPaused.because)) {
    await database.transaction((tx) => noteWaiting(tx, context, invitation, surveyPaused));
  }
}

/** The invitation waits; its decision says so until it is sent. One that has ended meanwhile is left alone. */
export async function noteWaiting(
  tx: Queryable,
  { clock }: Pick<Context, 'clock'>,
  { id }: Pick<InvitationRow, 'id'>,
  { reason, because, until }: Obstacle,
): Promise<void> {
  const invitation = await lockInvitation(tx, id);
  if (invitation?.status !== 'scheduled' && invitation?.status !== 'sent') return;
  await updateInvitation(tx, id, {
    waitingFor: because,
    claimedUntil: null,
    ...(until ? { dueAt: until } : {}),
  });
  if (invitation.status !== 'scheduled') return;
  const judgement = { verdict: 'waiting' as const, reason, because, notes: [] };
  await recordVerdict(tx, invitation, judgement, clock());
}
