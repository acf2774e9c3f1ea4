import { type BrandRow, listBrands } from '../../store/brands.ts';
import {
  claimDue,
  type InvitationRow,
  nextDelivery,
  releaseInvitations,
  updateInvitation,
} from '../../store/invitations.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Context } from '../context.ts';
import { inTurn } from '../in-turn.ts';
import { brandsOf } from './brand-of.ts';
import { holdBack, holdBackPaused, type Obstacle } from './hold-back.ts';
import { createSentKeeper, type SentKeeper } from './keep-sent.ts';
import { letLeave } from './let-leave.ts';
import { hasOwnServer, obstacleTo } from './mail-of.ts';
import { prepare } from './prepare.ts';
import { sendLetter } from './send.ts';

const claim = 5 * 60_000;
const batch = 100;
const atOnce = 8;
const runFor = 50_000;

/** How far ahead a mail is given a wake-up of its own; the sweep finds the rest. */
const wakeAhead = 90_000;

const tryAgainAfter = 60_000;

/** Sends what is due in a workspace: mails that ask, and reminders. One process at a time does this. */
export async function deliver(context: Context, workspaceId: string, signal: AbortSignal): Promise<void> {
  const { database, clock, wake } = context;
  const lease = context.leaseOf(`deliver ${workspaceId}`, () => releaseInvitations(database.db, workspaceId));
  const keeper = createSentKeeper(context);
  const started = Date.now();
  await holdBackPaused(context, workspaceId);
  while (!signal.aborted && (await lease.hold())) {
    const obstacle = await findObstacle(context, workspaceId);
    if (obstacle) {
      await holdBack(context, workspaceId, obstacle);
      if (obstacle.until) await wake('deliver', workspaceId, obstacle.until);
      return;
    }
    const now = clock();
    const until = new Date(now.getTime() + claim);
    const claimed = await claimDue(database.db, workspaceId, { now, until, limit: batch });
    if (claimed.length === 0) {
      const next = await nextDelivery(database.db, workspaceId);
      if (next && next.getTime() - now.getTime() < wakeAhead) await wake('deliver', workspaceId, next);
      return;
    }
    const brands = await brandsOf(database.db, workspaceId, claimed);
    const leaving = await letLeave(context, claimed, brands);
    await inTurn(leaving, atOnce, (invitation) =>
      deliverOne(context, invitation, { brand: brands.get(invitation.id), keeper }, signal),
    );
    if (Date.now() - started > runFor) {
      await wake('deliver', workspaceId);
      return;
    }
  }
}

/** What keeps all mail of a workspace from leaving. */
async function findObstacle(context: Context, workspaceId: string): Promise<Obstacle | undefined> {
  const { database } = context;
  const workspace = await findWorkspace(database.db, workspaceId);
  if (workspace?.askingPausedAt) {
    return { reason: 'paused', because: 'Asking is paused. The mail leaves when it is resumed.' };
  }
  // Where brands have servers of their own, each mail's is looked at.
  const brands = await listBrands(database.db, workspaceId);
  return brands.some(hasOwnServer) ? undefined : obstacleTo(context, undefined);
}

/** One bad invitation fails alone. */
async function deliverOne(
  context: Context,
  invitation: InvitationRow,
  on: { brand: BrandRow | undefined; keeper: SentKeeper },
  signal: AbortSignal,
): Promise<void> {
  const { database, clock, log } = context;
  try {
    if (signal.aborted) {
      await updateInvitation(database.db, invitation.id, { claimedUntil: null });
      return;
    }
    const prepared = await prepare(context, invitation);
    if (prepared) await sendLetter(context, prepared, on);
  } catch (failure) {
    log.error({ err: failure, decision: invitation.decisionId }, 'an invitation could not be delivered');
    const dueAt = new Date(clock().getTime() + tryAgainAfter);
    await updateInvitation(database.db, invitation.id, { dueAt, claimedUntil: null });
  }
}
