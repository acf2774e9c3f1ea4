import { isDeepStrictEqual } from 'node:util';
import { type ConnectionRow, listConnections } from '../../store/connections.ts';
import { markAllBehind } from '../../store/record-links.ts';
import type { Context, LiveConnection } from '../context.ts';
import { closeConnection, openRow } from './open.ts';

/** Opens those connections anew that were changed, here or by another process, since they were opened; closes the ended. */
export async function reopenChanged(context: Context): Promise<void> {
  // What is opened while the rows are read is not among them yet.
  const open = context.connections.all();
  const rows = await listConnections(context.database.db);
  for (const live of open) {
    const row = rows.find(({ id }) => id === live.id);
    if (!row) await closeConnection(context, live);
    else if (!isDeepStrictEqual(live.fieldNames, row.fieldNames)) await reopenRenamed(context, live, row);
    else if (live.keysChangedAt?.getTime() !== row.keysChangedAt?.getTime() || live.fieldProfile !== row.fieldProfile) {
      await reopen(context, live, row);
    }
  }
}

/** What was written under the old names meanwhile stands in the wrong place. */
async function reopenRenamed(context: Context, live: LiveConnection, row: ConnectionRow): Promise<void> {
  await reopen(context, live, row);
  await markAllBehind(context.database.db, row.id, context.clock());
}

async function reopen(context: Context, live: LiveConnection, row: ConnectionRow): Promise<void> {
  await closeConnection(context, live);
  await openRow(context, row);
}
