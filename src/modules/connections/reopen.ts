import { isDeepStrictEqual } from 'node:util';
import type { FieldNames, FieldProfile } from '../../model/account-fields.ts';
import { markAllOutOfSync } from '../records/index.ts';
import type { ConnectionsContext, LiveConnection } from './context.ts';
import { closeConnection, openRow } from './open.ts';
import { type ConnectionRow, listConnections, updateConnection } from './queries/connections.ts';

/** Opens those connections anew that were changed, here or by another process, since they were opened; closes the ended. */
export async function reopenChanged(context: ConnectionsContext): Promise<void> {
  // What is opened while the rows are read is not among them yet.
  const open = context.connections.all();
  const rows = await listConnections(context.database.db);
  for (const live of open) {
    const row = rows.find(({ id }) => id === live.id);
    if (row) live.setQuotaShare(row.quotaShare);
    if (!row) await closeConnection(context, live);
    else if (!isDeepStrictEqual(live.fieldNames, row.fieldNames)) await reopenRenamed(context, live, row);
    else if (live.keysChangedAt?.getTime() !== row.keysChangedAt?.getTime() || live.fieldProfile !== row.fieldProfile) {
      await reopen(context, live, row);
    }
  }
}

/** What was written under the old names meanwhile stands in the wrong place. */
async function reopenRenamed(context: ConnectionsContext, live: LiveConnection, row: ConnectionRow): Promise<void> {
  await reopen(context, live, row);
  await markAllOutOfSync(context.database.db, row.id, context.clock());
}

async function reopen(context: ConnectionsContext, live: LiveConnection, row: ConnectionRow): Promise<void> {
  const used = live.rateLimiter.used();
  await closeConnection(context, live);
  const reopened = await openRow(context, row);
  reopened?.rateLimiter.noteUsedElsewhere(context.clock(), used);
}

/**
 * Which of our fields an account gets and what they are called there, from now on: they are looked for at once, and
 * under other names every record is written anew. What is undefined stays; the profile null is chosen by the plan.
 */
export async function changeFields(
  context: ConnectionsContext,
  row: ConnectionRow,
  changes: { fieldNames?: FieldNames | undefined; fieldProfile?: FieldProfile | null | undefined },
): Promise<void> {
  const { fieldNames = row.fieldNames, fieldProfile = row.fieldProfile } = changes;
  if (isDeepStrictEqual(row.fieldNames, fieldNames) && row.fieldProfile === fieldProfile) return;
  await updateConnection(context.database.db, row.id, { fieldNames, fieldProfile, provisionDueAt: context.clock() });
  await reopenChanged(context);
  await context.wake('provision', row.id);
}
