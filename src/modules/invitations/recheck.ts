import { runDue } from '../../platform/jobs/run-due.ts';
import { runInTurn } from '../../platform/jobs/run-in-turn.ts';
import { claimMs } from '../../platform/jobs/timing.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import { findConnection } from '../connections/index.ts';
import { listBrands } from '../surveys/index.ts';
import { attemptAlone } from './attempt-alone.ts';
import type { InvitationsContext } from './context.ts';
import { decideDue } from './decide-due.ts';
import { deferDue, deferPaused, noteWaiting, type Obstacle } from './defer.ts';
import { restoreServer } from './email-server.ts';
import { emailServerFor, hasOwnServer, obstacleTo, roomFor, serverIdFor } from './email-server-for.ts';
import { findInOtherConnections, type SeenElsewhere } from './find-in-other-connections.ts';
import { findInvitationBrands } from './invitation-brand.ts';
import { claimDue, countCleared, countDue, listDueConnections } from './queries/due.ts';
import { type DueKey, recheckKey } from './queries/due-key.ts';
import { type InvitationRow, updateInvitation } from './queries/invitations.ts';
import { type RefreshedSource, readSoughtTickets, refreshSource, whereToRead } from './refresh-due.ts';
import { selectSendable } from './select-sendable.ts';
import { wakeNextRecheck } from './wake-recheck.ts';

const batch = 100;
const readAtOnce = 8;

/** So many cleared emails of a connection may wait to be sent. More would leave later than what was read for them holds. */
const mostCleared = 500;

/** When more is rechecked while so many wait to be sent, in milliseconds. */
const roomAgainAfterMs = 1000;

/**
 * Rechecks the due invitations and reminders of a connection, in batches: reads tickets and records again and decides
 * again. What may still leave is cleared for a minute, and the job `send` sends it; the rest is withdrawn or waits, and
 * the ledger says why. One process at a time does this for a connection.
 *
 * @param key a connection's id, or a workspace's: for contacts without a record anywhere, and to look at all
 *   connections of the workspace
 */
export async function recheck(context: InvitationsContext, key: string, signal: AbortSignal): Promise<void> {
  const { monotonic, wake } = context;
  const due = await readKey(context, key);
  if (!due) return;
  const lease = context.leaseFor(key);
  await deferPaused(context, due);
  await runDue({
    claim: async () => ((await lease.hold()) ? claimSome(context, due) : undefined),
    handle: (claimed) => recheckSome(context, due, claimed, signal),
    again: () => wake('recheck', key),
    monotonic,
    signal,
  });
}

/** A workspace's key wakes its connections that have something due besides. */
async function readKey({ database, clock, wake }: InvitationsContext, key: string): Promise<DueKey | undefined> {
  const workspace = await findWorkspace(database.db, key);
  if (workspace) {
    for (const connectionId of await listDueConnections(database.db, key, clock())) await wake('recheck', connectionId);
    return { workspaceId: key, connectionId: null };
  }
  const connection = await findConnection(database.db, key);
  return connection && { workspaceId: connection.workspaceId, connectionId: connection.id };
}

/** Claims what is due and may leave; where nothing is, what is due next gets its wake-up. */
async function claimSome(context: InvitationsContext, due: DueKey): Promise<readonly InvitationRow[] | undefined> {
  const { database, clock, gathering, wake } = context;
  const now = clock();
  const key = recheckKey(due);
  const { obstacle, room } = await findObstacle(context, due);
  if (obstacle) {
    await deferDue(context, due, obstacle);
    if (obstacle.until) await wake('recheck', key, obstacle.until);
    return undefined;
  }
  if (room <= 0) {
    await wake('recheck', key, new Date(now.getTime() + roomAgainAfterMs));
    return undefined;
  }
  const limit = Math.min(batch, room);
  const wait = gathering.waitMs(`recheck ${key}`);
  const waiting = wait > 0 ? await countDue(database.db, due, now, limit) : 0;
  if (waiting > 0 && waiting < limit) {
    await wake('recheck', key, new Date(now.getTime() + wait));
    return undefined;
  }
  const until = new Date(now.getTime() + claimMs);
  const claimed = await claimDue(database.db, due, { now, until, limit });
  if (claimed.length > 0) {
    gathering.noteBatch(`recheck ${key}`);
    return claimed;
  }
  await wakeNextRecheck(context, due);
  return undefined;
}

/** What keeps all emails of a workspace from leaving, and how many more may be cleared. */
async function findObstacle(
  context: InvitationsContext,
  due: DueKey,
): Promise<{ obstacle?: Obstacle | undefined; room: number }> {
  const { database, clock } = context;
  const { workspaceId } = due;
  const workspace = await findWorkspace(database.db, workspaceId);
  if (workspace?.surveysPausedAt) {
    return { obstacle: { reason: { code: 'paused', params: { kind: 'everything' } } }, room: 0 };
  }
  const cleared = await countCleared(database.db, due, clock());
  const room = mostCleared - cleared;
  // Where brands have servers of their own, each email's is looked at.
  const withServer = (await listBrands(database.db, workspaceId)).filter(hasOwnServer);
  for (const brand of [undefined, ...withServer]) await restoreServer(context, brand, emailServerFor(context, brand));
  if (withServer.length > 0) return { room };
  const obstacle = obstacleTo(context, undefined);
  // While one email tries it, the others wait a moment.
  const until = new Date(Math.max(obstacle?.until?.getTime() ?? 0, clock().getTime() + 1000));
  return {
    obstacle: obstacle?.until ? { ...obstacle, until } : obstacle,
    room: Math.min(room, roomFor(context, undefined) - cleared),
  };
}

async function recheckSome(
  context: InvitationsContext,
  due: DueKey,
  claimed: readonly InvitationRow[],
  signal: AbortSignal,
): Promise<undefined> {
  const { database, wake } = context;
  const brands = await findInvitationBrands(database.db, due.workspaceId, claimed);
  const invitations = await selectSendable(context, claimed, brands);
  const reads = await readSources(context, due, invitations, signal);
  const seen = await seeElsewhere(context, due.workspaceId, reads);
  const serverIds = new Map(invitations.map(({ id }) => [id, serverIdFor(brands.get(id))]));
  const cleared = await decideDue(context, { workspaceId: due.workspaceId, serverIds }, seen);
  for (const serverId of cleared) await wake('send', serverId);
  return undefined;
}

/** What the vendors show of the tickets and records; whatever cannot be read waits. */
async function readSources(
  context: InvitationsContext,
  { workspaceId }: DueKey,
  invitations: readonly InvitationRow[],
  signal: AbortSignal,
): Promise<readonly RefreshedSource[]> {
  const { database } = context;
  const sought = await whereToRead(database.db, workspaceId, invitations);
  const tickets = await readSoughtTickets(context, sought);
  const read = await runInTurn(invitations, readAtOnce, (invitation) =>
    attemptAlone(context, invitation, async () => {
      if (signal.aborted) return updateInvitation(database.db, invitation.id, { claimedUntil: null });
      const found = await refreshSource(context, sought, tickets, invitation);
      if ('invitation' in found) return found;
      return database.transaction((tx) => noteWaiting(tx, context, invitation, found));
    }),
  );
  return read.flatMap((found) => found ?? []);
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
    attemptAlone(context, one.read.invitation, async () => {
      if ('failure' in one) throw one.failure;
      const { read, obstacle } = one;
      if (obstacle) await context.database.transaction((tx) => noteWaiting(tx, context, read.invitation, obstacle));
      return obstacle ? undefined : read;
    }),
  );
  return ready.flatMap((read) => read ?? []);
}
