import { normalizeEmail } from '../../../model/contact.ts';
import { invalidField, NotFound } from '../../../model/errors.ts';
import { noteChange } from '../../../platform/audit/queries.ts';
import type { ContactsContext } from '../context.ts';
import { findContactByEmail, lockContact } from '../queries/contacts.ts';
import { liftSuppressions } from '../queries/suppressions.ts';
import { liftUnsubscriptions } from '../queries/unsubscriptions.ts';

/**
 * This address may be asked again, though its contact was erased or had unsubscribed: by their own wish, which is for
 * whoever enters the address to know.
 *
 * @throws RequestError when it is no address
 * @throws NotFound when nothing is remembered of it, or only under a secret key that is lost
 */
export async function liftSuppression(
  { database, clock, addressHashes }: ContactsContext,
  { workspaceId, address, actor }: { workspaceId: string; address: string; actor: string },
): Promise<void> {
  const normalized = normalizeEmail(address);
  if (normalized === undefined) {
    throw invalidField('address', { code: 'field.email', params: {} });
  }
  const hashes = addressHashes.of(normalized);
  await database.transaction(async (tx) => {
    const contactId = await findContactByEmail(tx, workspaceId, normalized);
    const contact = contactId === undefined ? undefined : await lockContact(tx, contactId);
    const known = contact !== undefined && (await liftUnsubscriptions(tx, contact.id));
    const remembered = (await liftSuppressions(tx, workspaceId, hashes)) > 0;
    if (!known && !remembered) throw new NotFound('suppression');
    await noteChange(tx, { workspaceId, actor, action: 'suppression.lift', subject: hashes[0], at: clock() });
  });
}
