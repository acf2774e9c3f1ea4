import { TooManyRequests } from '../../model/errors.ts';
import { dayMs } from '../../model/time-units.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import { isOwnAddress, listMembers, lockCount, nthTestToOthers, readOwnAddresses } from '../accounts/index.ts';

/** Test emails that a workspace may send in `withinMs` to addresses that are not of its team. */
const mostTests = 20;

/** Milliseconds. */
const withinMs = dayMs;

/**
 * A test passes every rule and cap, so that it must not become a way to email strangers: members of the team and the
 * workspace's own addresses and domains get as many as they like, all others together 20 in 24 hours.
 *
 * @param of.email normalized
 * @throws TooManyRequests with the time until the next one may leave
 */
export async function limitTests(
  tx: Queryable,
  { workspaceId, email, now }: { workspaceId: string; email: string; now: Date },
): Promise<void> {
  const workspace = await findWorkspace(tx, workspaceId);
  if (workspace && isOwnAddress(email, readOwnAddresses(workspace))) return;
  const team = await listMembers(tx, workspaceId);
  if (team.some((member) => member.email.toLowerCase() === email)) return;
  await lockCount(tx, workspaceId, 'test');
  const last = await nthTestToOthers(tx, { workspaceId, since: new Date(now.getTime() - withinMs) }, mostTests);
  if (!last) return;
  throw new TooManyRequests(last.getTime() + withinMs - now.getTime(), { kind: 'test_emails', max: mostTests });
}
