import { runDue } from '../../platform/jobs/run-due.ts';
import { runInTurn } from '../../platform/jobs/run-in-turn.ts';
import { claimMs, tryAgainAfterMs, wakeAheadMs } from '../../platform/jobs/timing.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import { type BrandRow, listBrands } from '../surveys/index.ts';
import { brandsOf } from './brand-of.ts';
import type { InvitationsContext } from './context.ts';
import { deferDue, deferPaused, noteWaiting, type Obstacle } from './defer.ts';
import { emailOf, hasOwnServer, obstacleTo, roomFor } from './email-of.ts';
import { restoreServer } from './email-server.ts';
import { findInOtherConnections, type SeenElsewhere } from './find-in-other-connections.ts';
import { prepare } from './prepare.ts';
import { prepareTogether } from './prepare-together.ts';
import {
  claimDue,
  type InvitationRow,
  nextDelivery,
  releaseInvitations,
  updateInvitation,
} from './queries/invitations.ts';
import { type RefreshedSource, readSoughtTickets, refreshSource, whereToRead } from './refresh-due.ts';
import { createSentWriter, type SentWriter } from './save-sent.ts';
import { selectSendable } from './select-sendable.ts';
import { sendEmail } from './send.ts';

const batch = 100;
const readAtOnce = 8;

/** More than the email server takes at once: those that it took wait until that is kept, which many are together. */
const sentAtOnce = 16;

/**
 * How many are read and decided before the first of them leaves, and how many such groups are in hand: while one is
 * sent, the next is read. A larger group would cost less, and leave later after it was read.
 */
const together = 25;
const groupsAtOnce = 2;

/** Sends what is due in a workspace: emails that ask, and reminders. One process at a time does this. */
export async function deliver(context: InvitationsContext, workspaceId: string, signal: AbortSignal): Promise<void> {
  const { database, monotonic, wake } = context;
  const lease = context.leaseOf(`deliver ${workspaceId}`, () => releaseInvitations(database.db, workspaceId));
  const sentWriter = createSentWriter(context);
  await deferPaused(context, workspaceId);
  await runDue({
    claim: async () => ((await lease.hold()) ? claimLeaving(context, workspaceId) : undefined),
    async handle(claimed) {
      const brands = await brandsOf(database.db, workspaceId, claimed);
      const sending = await selectSendable(context, claimed, brands);
      await runInTurn(inGroups(sending, together), groupsAtOnce, (some) =>
        deliverSome(context, workspaceId, some, { brands, sentWriter, signal }),
      );
      return undefined;
    },
    again: () => wake('deliver', workspaceId),
    monotonic,
    signal,
  });
}

/** Claims what is due and may leave; where nothing is, the next delivery that is due soon gets its wake-up. */
async function claimLeaving(
  context: InvitationsContext,
  workspaceId: string,
): Promise<readonly InvitationRow[] | undefined> {
  const { database, clock, wake } = context;
  const { obstacle, room } = await findObstacle(context, workspaceId);
  if (obstacle) {
    await deferDue(context, workspaceId, obstacle);
    if (obstacle.until) await wake('deliver', workspaceId, obstacle.until);
    return undefined;
  }
  const now = clock();
  const until = new Date(now.getTime() + claimMs);
  const claimed = await claimDue(database.db, workspaceId, { now, until, limit: Math.min(batch, room) });
  if (claimed.length > 0) return claimed;
  const next = await nextDelivery(database.db, workspaceId);
  if (next && next.getTime() - now.getTime() < wakeAheadMs) await wake('deliver', workspaceId, next);
  return undefined;
}

/** What keeps all mail of a workspace from leaving, and how much may leave. */
async function findObstacle(
  context: InvitationsContext,
  workspaceId: string,
): Promise<{ obstacle?: Obstacle | undefined; room: number }> {
  const { database } = context;
  const workspace = await findWorkspace(database.db, workspaceId);
  if (workspace?.surveysPausedAt) {
    return { obstacle: { reason: { code: 'paused', params: { kind: 'everything' } } }, room: 0 };
  }
  // Where brands have servers of their own, each mail's is looked at.
  const withServer = (await listBrands(database.db, workspaceId)).filter(hasOwnServer);
  for (const brand of [undefined, ...withServer]) await restoreServer(context, brand, emailOf(context, brand));
  if (withServer.length > 0) return { room: batch };
  const obstacle = obstacleTo(context, undefined);
  // While one email tries it, the others wait a moment.
  const until = new Date(Math.max(obstacle?.until?.getTime() ?? 0, context.clock().getTime() + 1000));
  return { obstacle: obstacle?.until ? { ...obstacle, until } : obstacle, room: roomFor(context, undefined) };
}

type Sending = { brands: ReadonlyMap<string, BrandRow>; sentWriter: SentWriter; signal: AbortSignal };

/** Reads, decides and sends for some at once. */
async function deliverSome(
  context: InvitationsContext,
  workspaceId: string,
  invitations: readonly InvitationRow[],
  { brands, sentWriter, signal }: Sending,
): Promise<void> {
  const { database, wake, log } = context;
  const sought = await whereToRead(database.db, workspaceId, invitations);
  const tickets = await readSoughtTickets(context, sought);
  const read = await runInTurn(invitations, readAtOnce, (invitation) =>
    alone(context, invitation, async () => {
      if (signal.aborted) return updateInvitation(database.db, invitation.id, { claimedUntil: null });
      const found = await refreshSource(context, sought, tickets, invitation);
      if ('invitation' in found) return found;
      return database.transaction((tx) => noteWaiting(tx, context, invitation, found));
    }),
  );
  const seen = await seeElsewhere(
    context,
    workspaceId,
    read.flatMap((found) => found ?? []),
  );
  const together = await prepareTogether(context, workspaceId, seen);
  await runInTurn([...together.prepared, ...together.alone], sentAtOnce, (item) =>
    alone(context, item.invitation, async () => {
      if (signal.aborted) return giveBack(context, item.invitation);
      const prepared = 'survey' in item ? item : await prepare(context, item);
      if (prepared) await sendEmail(context, prepared, { brand: brands.get(prepared.invitation.id), sentWriter });
    }),
  );
  for (const connectionId of sentWriter.outOfSync()) {
    await wake('write', connectionId).catch((failure) =>
      log.warn({ code: 'job.wake_failed', err: failure }, 'A job could not be woken. The sweep finds what is due.'),
    );
  }
}

/** What may be decided on what all systems show; the others wait, and the ledger says for what. */
async function seeElsewhere(
  context: InvitationsContext,
  workspaceId: string,
  reads: readonly RefreshedSource[],
): Promise<readonly RefreshedSource[]> {
  const looked: readonly (SeenElsewhere & { failure?: unknown })[] = await findInOtherConnections(
    context,
    workspaceId,
    reads,
  ).catch((failure: unknown) => reads.map((read) => ({ read, failure })));
  const ready = await runInTurn(looked, readAtOnce, (one) =>
    alone(context, one.read.invitation, async () => {
      if ('failure' in one) throw one.failure;
      const { read, obstacle } = one;
      if (obstacle) await context.database.transaction((tx) => noteWaiting(tx, context, read.invitation, obstacle));
      return obstacle ? undefined : read;
    }),
  );
  return ready.flatMap((read) => read ?? []);
}

/** It did not leave after all, and does not count as asked for what was decided just now. */
function giveBack({ database }: InvitationsContext, { id, sentAt }: InvitationRow): Promise<void> {
  return updateInvitation(database.db, id, { sentAt, claimedUntil: null });
}

/** One bad invitation fails alone. */
async function alone<Result>(
  { database, clock, log }: InvitationsContext,
  invitation: InvitationRow,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (failure) {
    log.error(
      { code: 'invitation.failed', err: failure, decision: invitation.decisionId },
      'An invitation could not be delivered.',
    );
    const dueAt = new Date(clock().getTime() + tryAgainAfterMs);
    await updateInvitation(database.db, invitation.id, { dueAt, claimedUntil: null });
    return undefined;
  }
}

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
