import { Conflict } from '../../model/errors.ts';
import type { ConnectionRow } from '../connections/index.ts';
import type { ContactsContext } from '../contacts/index.ts';
import { beginRewrite } from './queries/rewrites.ts';

/**
 * Writes what should stand on every record of a connection again, at its usual pace. What is being written then counts
 * for nothing, and is written once more.
 *
 * @throws RequestError where nothing is written at all
 */
export async function rewriteAll({ database, clock, wake }: ContactsContext, row: ConnectionRow): Promise<void> {
  if (!row.writeBackEnabled) {
    const problems = [{ field: 'writeBackEnabled', message: { code: 'field.write_back_off', params: {} } }] as const;
    throw new Conflict({ code: 'write_back_off', params: {} }, { problems });
  }
  await database.transaction((tx) => beginRewrite(tx, row.id, clock()));
  await wake('write', row.id);
}
