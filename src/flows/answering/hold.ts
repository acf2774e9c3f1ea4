import { lockContact } from '../../store/contacts.ts';
import type { Queryable } from '../../store/database.ts';
import { type InvitationRow, lockInvitation } from '../../store/invitations.ts';
import { holdTicket } from '../../store/tickets.ts';

/** The ticket first, then the contact, then the invitation: as whoever looks at a ticket takes them. */
export async function holdInvitation(
  tx: Queryable,
  { id, ticketId, contactId }: Pick<InvitationRow, 'id' | 'ticketId' | 'contactId'>,
): Promise<InvitationRow | undefined> {
  if (ticketId !== null) await holdTicket(tx, ticketId);
  await lockContact(tx, contactId);
  return lockInvitation(tx, id);
}
