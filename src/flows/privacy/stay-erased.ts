import type { ContactSnapshot } from '../../domain/contact.ts';
import { findContactByEmail } from '../../store/contacts.ts';
import type { Queryable } from '../../store/database.ts';
import { forgetUnused } from '../../store/erasure.ts';
import { addressesShown } from '../../store/persons.ts';
import { findRecordLink } from '../../store/record-links.ts';
import { wasErased } from '../../store/suppressions.ts';
import type { Context } from '../context.ts';

/**
 * Whoever was erased and is still known to a vendor is seen with every look at a ticket of theirs. They were made anew
 * for as long as it takes to decide that they are not asked, and are forgotten again with the same transaction.
 */
export async function stayErased(
  tx: Queryable,
  { addressHashes }: Pick<Context, 'addressHashes'>,
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
