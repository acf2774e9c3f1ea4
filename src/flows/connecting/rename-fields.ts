import { isDeepStrictEqual } from 'node:util';
import type { FieldNames } from '../../domain/account-fields.ts';
import { type ConnectionRow, updateConnection } from '../../store/connections.ts';
import type { Context } from '../context.ts';
import { reopenChanged } from './reopen.ts';

/** What our fields are called in an account from now on: they are looked for anew, and every record is written anew. */
export async function renameFields(context: Context, row: ConnectionRow, fieldNames: FieldNames): Promise<void> {
  if (isDeepStrictEqual(row.fieldNames, fieldNames)) return;
  await updateConnection(context.database.db, row.id, { fieldNames, provisionDueAt: context.clock() });
  await reopenChanged(context);
  await context.wake('provision', row.id);
}
