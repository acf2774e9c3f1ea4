import { lockContact, updateContact } from '../../store/contacts.ts';
import { scheduledForContact } from '../../store/invitations.ts';
import { withdraw } from '../asking/withdraw.ts';
import type { Context } from '../context.ts';
import type { Invited } from './invited.ts';

/** The person wants no more surveys: nothing that has not left yet will, and no reminder. */
export async function unsubscribe(context: Context, { invitation }: Pick<Invited, 'invitation'>): Promise<void> {
  const { database, clock } = context;
  await database.transaction(async (tx) => {
    const contact = await lockContact(tx, invitation.contactId);
    if (!contact) return;
    if (!contact.unsubscribedAt) await updateContact(tx, contact.id, { unsubscribedAt: clock() });
    const because = 'They unsubscribed before the mail left.';
    await withdraw(tx, context, await scheduledForContact(tx, contact.id), { reason: 'unsubscribed', because });
  });
}
