import type { DecisionReason } from '../../model/messages/decision-reason.ts';
import { minuteMs } from '../../model/time-units.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { recordVerdicts } from '../decisions/index.ts';
import type { InvitationsContext } from './context.ts';
import type { DueKey } from './queries/due-key.ts';
import { type InvitationRow, isOpen } from './queries/invitations.ts';
import { lockInvitations, updateInvitations } from './queries/sending.ts';
import { listNotYetDeferred, pausedEmails } from './queries/stopped-surveys.ts';

export type Obstacle = {
  reason: DecisionReason;
  /** When it may be gone. */
  until?: Date;
};

export const emailServerBusy: Obstacle = {
  reason: { code: 'email_server_busy', params: {} },
};

export const emailServerThrottled: Obstacle = {
  reason: { code: 'email_server_throttled', params: {} },
};

export const surveyPaused: Obstacle = {
  reason: { code: 'survey_paused', params: {} },
};

/** When a server is tried again that does not say when it may be better, in milliseconds. */
const serverAgainAfterMs = minuteMs;

/** When what an email server keeps from leaving is due again. */
export function retryAt({ clock }: Pick<InvitationsContext, 'clock'>, { until }: Obstacle): Date {
  return until ?? new Date(clock().getTime() + serverAgainAfterMs);
}

/** Says in the ledger why these emails do not leave, and in the log that they do not. */
export async function deferAll(
  context: InvitationsContext,
  invitations: readonly Pick<InvitationRow, 'id'>[],
  obstacle: Obstacle,
): Promise<void> {
  const { database, log } = context;
  if (invitations.length === 0) return;
  await database.transaction((tx) => noteAllWaiting(tx, context, invitations, obstacle));
  log.warn(
    { code: 'email.deferred', invitations: invitations.length, reason: obstacle.reason.code },
    'Due emails cannot leave.',
  );
}

/** The same, once, of the emails that are due. They stay due. */
export async function deferDue(context: InvitationsContext, due: DueKey, obstacle: Obstacle): Promise<void> {
  const { database, clock } = context;
  await deferAll(context, await listNotYetDeferred(database.db, due, clock(), obstacle.reason), obstacle);
}

/** Says in the ledger that emails of paused surveys wait, which nobody rechecks meanwhile. */
export async function deferPaused(context: InvitationsContext, due: DueKey): Promise<void> {
  const { database, clock } = context;
  const paused = await pausedEmails(database.db, due, clock(), surveyPaused.reason);
  if (paused.length === 0) return;
  await database.transaction((tx) => noteAllWaiting(tx, context, paused, surveyPaused));
}

/**
 * The invitation waits; its decision says so until it is sent. One that has ended meanwhile is left alone.
 *
 * @param also what else is saved of the invitation
 */
export function noteWaiting(
  tx: Queryable,
  context: Pick<InvitationsContext, 'clock' | 'metrics'>,
  invitation: Pick<InvitationRow, 'id'>,
  obstacle: Obstacle,
  also: Partial<InvitationRow> = {},
): Promise<void> {
  return noteAllWaiting(tx, context, [invitation], obstacle, also);
}

/** The same of many that wait for the same. */
export async function noteAllWaiting(
  tx: Queryable,
  { clock, metrics }: Pick<InvitationsContext, 'clock' | 'metrics'>,
  invitations: readonly Pick<InvitationRow, 'id'>[],
  { reason, until }: Obstacle,
  also: Partial<InvitationRow> = {},
): Promise<void> {
  const locked = await lockInvitations(
    tx,
    invitations.map(({ id }) => id),
  );
  const open = [...locked.values()].filter(isOpen);
  await updateInvitations(
    tx,
    open.map(({ id }) => id),
    { ...also, waitingFor: reason, claimedUntil: null, clearedUntil: null, ...(until ? { dueAt: until } : {}) },
  );
  const scheduled = open.filter(({ status }) => status === 'scheduled');
  await recordVerdicts(
    tx,
    { metrics },
    scheduled.map(({ decisionId, contactId }) => ({ decisionId, contactId, verdict: 'waiting', reason, notes: [] })),
    clock(),
  );
}
