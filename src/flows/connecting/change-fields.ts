import { isDeepStrictEqual } from 'node:util';
import type { FieldNames, FieldProfile } from '../../domain/account-fields.ts';
import { type ConnectionRow, updateConnection } from '../../store/connections.ts';
import type { Context } from '../context.ts';
import { reopenChanged } from './reopen.ts';

/**
 * Which of our fields an account gets and what they are called there, from now on: they are looked for at once, and
 * under other names every record is written anew. What is undefined stays; the profile null is chosen by the plan.
 */
export async function changeFields(
  context: Context,
  row: ConnectionRow,
  wanted: { fieldNames?: FieldNames | undefined; fieldProfile?: FieldProfile | null | undefined },
): Promise<void> {
  const { fieldNames = row.fieldNames, fieldProfile = row.fieldProfile } = wanted;
  if (isDeepStrictEqual(row.fieldNames, fieldNames) && row.fieldProfile === fieldProfile) return;
  await updateConnection(context.database.db, row.id, { fieldNames, fieldProfile, provisionDueAt: context.clock() });
  await reopenChanged(context);
  await context.wake('provision', row.id);
}
