import { normalizeEmail } from '../../model/contact.ts';
import { NotFound } from '../../model/errors.ts';
import { noteChange } from '../../platform/audit/queries.ts';
import type { ContactsContext } from './context.ts';
import { type ContactReference, findReferencedContact } from './find-contact.ts';
import { liftAddressStates } from './queries/address-states.ts';
import { findAddresses } from './queries/contacts.ts';

/**
 * Lets addresses of a contact be written to again, though they bounced or complained: an admin says that they work now.
 * What the connected systems say of an address stays as it is.
 *
 * @param of.address one of theirs; all of them unless it is given
 * @throws NotFound when there is no such contact, or none of these addresses bounced or complained
 */
export async function liftBounces(
  context: ContactsContext,
  { address, actor, ...named }: ContactReference & { address?: string; actor: string },
): Promise<void> {
  const { database, clock } = context;
  const { id, workspaceId } = await findReferencedContact(context, named);
  await database.transaction(async (tx) => {
    const own = (await findAddresses(tx, [id])).get(id) ?? [];
    const chosen = address === undefined ? own : own.filter((one) => one === normalizeEmail(address));
    const kinds = await liftAddressStates(tx, workspaceId, chosen);
    if (kinds.length === 0) throw new NotFound('bounce');
    const detail = { fields: kinds };
    await noteChange(tx, { workspaceId, actor, action: 'bounce.lift', subject: id, at: clock(), detail });
  });
}
