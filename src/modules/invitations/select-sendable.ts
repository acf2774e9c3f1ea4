import { isDeepStrictEqual } from 'node:util';
import type { BrandRow } from '../surveys/index.ts';
import type { InvitationsContext } from './context.ts';
import { deferAll, emailServerThrottled, type Obstacle, retryAt } from './defer.ts';
import { hasOwnServer, obstacleTo, roomFor } from './email-server-for.ts';
import type { InvitationRow } from './queries/invitations.ts';
import { updateInvitations } from './queries/sending.ts';

/** When there is room again, in milliseconds. */
const roomAgainAfterMs = 2000;

/**
 * Postpones what cannot leave because of its brand's email server, and says so in the ledger once.
 *
 * @returns the invitations that nothing keeps
 */
export async function selectSendable(
  context: InvitationsContext,
  due: readonly InvitationRow[],
  brands: ReadonlyMap<string, BrandRow>,
): Promise<readonly InvitationRow[]> {
  const obstacles = new Map<BrandRow | undefined, Obstacle | undefined>();
  for (const brand of [undefined, ...brands.values()]) obstacles.set(brand, obstacleTo(context, brand));
  const obstacleOf = ({ id }: InvitationRow) => obstacles.get(brands.get(id));

  for (const obstacle of new Set(obstacles.values())) {
    if (!obstacle) continue;
    const blocked = due.filter((invitation) => obstacleOf(invitation) === obstacle);
    await postpone(context, blocked, obstacle);
  }
  return limitToRoom(
    context,
    due.filter((invitation) => !obstacleOf(invitation)),
    brands,
  );
}

/** Lets as many leave as each server takes soon; the others wait until then. */
async function limitToRoom(
  context: InvitationsContext,
  sending: readonly InvitationRow[],
  brands: ReadonlyMap<string, BrandRow>,
): Promise<readonly InvitationRow[]> {
  const byServer = Map.groupBy(sending, ({ id }) => {
    const brand = brands.get(id);
    return hasOwnServer(brand) ? brand.id : undefined;
  });
  const kept = new Set<InvitationRow>();
  for (const some of byServer.values()) {
    const room = roomFor(context, brands.get(some[0]?.id ?? ''));
    for (const invitation of some.slice(0, room)) kept.add(invitation);
    const rest = some.slice(room);
    const until = new Date(context.clock().getTime() + roomAgainAfterMs);
    if (rest.length > 0) await postpone(context, rest, { ...emailServerThrottled, until });
  }
  return sending.filter((invitation) => kept.has(invitation));
}

async function postpone(
  context: InvitationsContext,
  blocked: readonly InvitationRow[],
  obstacle: Obstacle,
): Promise<void> {
  const until = retryAt(context, obstacle);
  const told = blocked.filter(({ waitingFor }) => isDeepStrictEqual(waitingFor, obstacle.reason));
  const untold = blocked.filter((invitation) => !told.includes(invitation));
  await updateInvitations(
    context.database.db,
    told.map(({ id }) => id),
    { dueAt: until, claimedUntil: null, clearedUntil: null },
  );
  await deferAll(context, untold, { ...obstacle, until });
}
