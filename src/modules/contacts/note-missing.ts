import type { ContactsContext } from './context.ts';
import { markMissing } from './queries/gone-records.ts';

/**
 * Call it after a vendor was asked for records by their ids, and answered: those that it did not show are gone, and are
 * looked for from now on. Not every vendor tells of every merge.
 */
export async function noteMissing(
  { database, clock, wake }: ContactsContext,
  connectionId: string,
  ids: { asked: readonly string[]; found: readonly string[] },
): Promise<void> {
  if ((await markMissing(database.db, connectionId, ids, clock())) > 0) await wake('gone', connectionId);
}
