import type { Queryable } from '../../platform/database/database.ts';
import { lockContact } from '../contacts/index.ts';
import { type InvitationRow, lockInvitation } from '../invitations/index.ts';
import { lockTicketRow } from '../tickets/index.ts';

/** The ticket first, then the contact, then the invitation: as whoever looks at a ticket takes them. */
export async function lockInvitationWithContact(
  tx: Queryable,
  { id, ticketId, contactId }: Pick<InvitationRow, 'id' | 'ticketId' | 'contactId'>,
): Promise<InvitationRow | undefined> {
  if (ticketId !== null) await lockTicketRow(tx, ticketId);
  await lockContact(tx, contactId);
  return lockInvitation(tx, id);
}
