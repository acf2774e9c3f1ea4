import { BadRequest, NotFound } from '../../model/errors.ts';
import type { ContactsContext } from './context.ts';
import { findContact } from './queries/contacts.ts';
import { mergeContacts } from './queries/merges.ts';

/**
 * Somebody says that two contacts are one: the first goes up in the second, and the records of both are written anew.
 *
 * @throws NotFound when either is unknown in this workspace
 */
export async function joinContacts(
  context: ContactsContext,
  { workspaceId, loser, winner }: { workspaceId: string; loser: string; winner: string },
): Promise<void> {
  if (loser === winner) throw new BadRequest({ code: 'merged_with_itself', params: {} });
  const { database, clock, wake } = context;
  const outOfSync = await database.transaction(async (tx) => {
    for (const id of [loser, winner]) {
      const row = await findContact(tx, id);
      if (row?.workspaceId !== workspaceId || row.mergedInto) throw new NotFound('contact');
    }
    return mergeContacts(tx, { workspaceId, loser, winner }, clock());
  });
  for (const connectionId of outOfSync) await wake('write', connectionId);
}
