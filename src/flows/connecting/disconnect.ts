import type { Finding } from '../../connector.ts';
import { NotFound, UpstreamRefused } from '../../errors.ts';
import { findConnection, updateConnection } from '../../store/connections.ts';
import { removeCredentials } from '../../store/credentials.ts';
import type { Context } from '../context.ts';
import { closeConnection } from './open.ts';

/**
 * Ends a connection: the vendor's side is cleaned up as far as it lets us, the credentials are forgotten, and what was
 * answered stays.
 *
 * @param wishes.fields whether the fields go too, with all their values
 * @throws UpstreamBusy when the vendor cannot be reached: nothing is ended then
 */
export async function disconnect(
  context: Context,
  connectionId: string,
  wishes: { fields: boolean },
): Promise<readonly Finding[]> {
  const live = context.connections.find(connectionId);
  const row = await findConnection(context.database.db, connectionId);
  if (!row || row.status === 'retired') throw new NotFound('there is no such connection');
  if (row.origin === 'environment' && live) {
    context.log.warn(
      { connection: row.id },
      'a connection of the environment comes back at the next start: take its keys away too',
    );
  }
  const findings = live ? await cleanUp(live, wishes) : [];
  await updateConnection(context.database.db, row.id, { status: 'retired', statusDetail: 'disconnected by an admin' });
  await removeCredentials(context.database.db, row.id);
  if (live) await closeConnection(context, live);
  return findings;
}

async function cleanUp(
  live: NonNullable<ReturnType<Context['connections']['find']>>,
  wishes: { fields: boolean },
): Promise<readonly Finding[]> {
  live.pace.resume();
  try {
    return (await live.capabilities.provisioning?.remove?.(wishes)) ?? [];
  } catch (failure) {
    // Credentials that no longer open anything cannot clean up either; that must not keep the connection alive.
    if (!(failure instanceof UpstreamRefused)) throw failure;
    return [{ subject: 'credentials', state: 'blocked', detail: `${failure.message}. ${failure.remedy}` }];
  }
}
