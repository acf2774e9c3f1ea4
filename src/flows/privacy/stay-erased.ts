import type { ContactSnapshot } from '../../domain/contact.ts';
import { findContactByEmail } from '../../store/contacts.ts';
import type { Queryable } from '../../store/database.ts';
import { forgetUnused } from '../../store/erasure.ts';
import { addressesIn } from '../../store/persons.ts';
import { wasErased } from '../../store/suppressions.ts';
import type { Context } from '../context.ts';

/**
 * Whoever was erased and is still known to a vendor is seen with every look at a ticket of theirs. They were made anew
 * for as long as it takes to decide that they are not asked, and are forgotten again with the same transaction.
 */
export async function stayErased(
  tx: Queryable,
  { addressHashes }: Pick<Context, 'addressHashes'>,
  workspaceId: string,
  requester: ContactSnapshot,
): Promise<void> {
  const addresses = addressesIn(requester);
  const hashes = addresses.flatMap((address) => addressHashes.of(address));
  if (!(await wasErased(tx, workspaceId, hashes))) return;
  for (const address of addresses) {
    const contactId = await findContactByEmail(tx, workspaceId, address);
    if (contactId !== undefined) await forgetUnused(tx, contactId);
  }
}
