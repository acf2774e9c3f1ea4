import type { DecisionReason } from '../../domain/decision/reasons.ts';
import type { Queryable } from '../../store/database.ts';
import { recordVerdict } from '../../store/decisions.ts';
import { heldBackBy, type InvitationRow, lockInvitation, updateInvitation } from '../../store/invitations.ts';
import { pausedMails } from '../../store/stopped-surveys.ts';
import type { Context } from '../context.ts';

export type Obstacle = {
  reason: DecisionReason;
  /** When it may be gone. */
  until?: Date;
};

export const mailServerBusy: Obstacle = {
  reason: { code: 'mail_server_busy', params: {} },
};

export const mailServerThrottled: Obstacle = {
  reason: { code: 'mail_server_throttled', params: {} },
};

export const surveyPaused: Obstacle = {
  reason: { code: 'survey_paused', params: {} },
};

/** Says in the ledger, once, why mails that are due do not leave. They stay due. */
export async function holdBack(context: Context, workspaceId: string, obstacle: Obstacle): Promise<void> {
  const { database, clock, log } = context;
  const waiting = await heldBackBy(database.db, workspaceId, clock(), obstacle.reason);
  if (waiting.length === 0) return;
  log.warn(
    { code: 'email.held_back', invitations: waiting.length, reason: obstacle.reason.code },
    'Due emails cannot leave.',
  );
  for (const invitation of waiting) {
    await database.transaction((tx) => noteWaiting(tx, context, invitation, obstacle));
  }
}

/** The same of mails of surveys that are paused, which nobody takes up meanwhile. */
export async function holdBackPaused(context: Context, workspaceId: string): Promise<void> {
  const { database, clock } = context;
  for (const invitation of await pausedMails(database.db, workspaceId, clock(), surveyPaused.reason)) {
    await database.transaction((tx) => noteWaiting(tx, context, invitation, surveyPaused));
  }
}

/** The invitation waits; its decision says so until it is sent. One that has ended meanwhile is left alone. */
export async function noteWaiting(
  tx: Queryable,
  { clock }: Pick<Context, 'clock'>,
  { id }: Pick<InvitationRow, 'id'>,
  { reason, until }: Obstacle,
): Promise<void> {
  const invitation = await lockInvitation(tx, id);
  if (invitation?.status !== 'scheduled' && invitation?.status !== 'sent') return;
  await updateInvitation(tx, id, {
    waitingFor: reason,
    claimedUntil: null,
    ...(until ? { dueAt: until } : {}),
  });
  if (invitation.status !== 'scheduled') return;
  const judgement = { verdict: 'waiting' as const, reason, notes: [] };
  await recordVerdict(tx, invitation, judgement, clock());
}
