import { z } from 'zod';
import type { Connector } from '../../connector.ts';
import { findConnection } from '../../store/connections.ts';
import { openRow } from '../connecting/open.ts';
import type { Context, LiveConnection } from '../context.ts';

const ids = z.guid();

/**
 * The connections of this connector that a request may be for. One that another process has just made is opened here,
 * so that the first webhooks of a connection find it.
 *
 * @param id of the only one, where the address names it
 */
export async function findCandidates(
  context: Context,
  connector: Connector,
  id: string | undefined,
): Promise<readonly LiveConnection[]> {
  const open = context.connections.all().filter((live) => live.connector === connector);
  if (id === undefined) return open;
  const named = open.filter((live) => live.id === id);
  if (named.length > 0 || !ids.safeParse(id).success) return named;
  const row = await findConnection(context.database.db, id);
  if (row?.connector !== connector.name || row.status === 'disconnected') return [];
  const live = await openRow(context, row);
  return live ? [live] : [];
}
