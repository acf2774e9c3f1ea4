import { isDeepStrictEqual } from 'node:util';
import type { FieldNames } from '../../domain/account-fields.ts';
import { type ConnectionRow, listConnections, updateConnection } from '../../store/connections.ts';
import { markAllBehind } from '../../store/copies.ts';
import type { Context, LiveConnection } from '../context.ts';
import { closeConnection, openRow } from './open.ts';

/** What our fields are called in an account from now on: they are looked for anew, and every record is written anew. */
export async function renameFields(context: Context, row: ConnectionRow, fieldNames: FieldNames): Promise<void> {
  if (isDeepStrictEqual(row.fieldNames, fieldNames)) return;
  await updateConnection(context.database.db, row.id, { fieldNames, provisionDueAt: context.clock() });
  await reopenRenamed(context);
  await context.wake('provision', row.id);
}

/** Opens those connections anew whose fields were renamed, here or by another process, since they were opened. */
export async function reopenRenamed(context: Context): Promise<void> {
  for (const row of await listConnections(context.database.db)) {
    const live = context.connections.find(row.id);
    if (live && !isDeepStrictEqual(live.fieldNames, row.fieldNames)) await reopen(context, live, row);
  }
}

/** What was written under the old names meanwhile stands in the wrong place. */
async function reopen(context: Context, live: LiveConnection, row: ConnectionRow): Promise<void> {
  await closeConnection(context, live);
  openRow(context, row);
  await markAllBehind(context.database.db, row.id, context.clock());
}
