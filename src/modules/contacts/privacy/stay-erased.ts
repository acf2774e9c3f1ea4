import type { ContactSnapshot } from '../../../model/contact.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { findRecordLink } from '../../records/index.ts';
import type { ContactsContext } from '../context.ts';
import { findContactByEmail } from '../queries/contacts.ts';
import { forgetUnused } from '../queries/erasure.ts';
import { addressesShown } from '../queries/merges.ts';
import { wasErased } from '../queries/suppressions.ts';

/**
 * Whoever was erased and is still known to a vendor is seen with every look at a ticket of theirs. They were made anew
 * for as long as it takes to decide that they are not asked, and are forgotten again with the same transaction.
 */
export async function stayErased(
  tx: Queryable,
  { addressHashes }: Pick<ContactsContext, 'addressHashes'>,
  { workspaceId, connectionId }: { workspaceId: string; connectionId: string },
  requester: ContactSnapshot,
): Promise<void> {
  const addresses = addressesShown(requester);
  const hashes = addresses.flatMap((address) => addressHashes.of(address));
  if (!(await wasErased(tx, workspaceId, hashes))) return;
  const contactIds = new Set<string | undefined>();
  for (const address of addresses) contactIds.add(await findContactByEmail(tx, workspaceId, address));
  // An address that is shared leads to nobody.
  contactIds.add((await findRecordLink(tx, connectionId, requester.id))?.contactId);
  for (const contactId of contactIds) if (contactId !== undefined) await forgetUnused(tx, contactId);
}
