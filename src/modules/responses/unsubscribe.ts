import {
  addUnsubscription,
  endReminders,
  findAddresses,
  lockContact,
  suppress,
  updateContact,
} from '../contacts/index.ts';
import { scheduledForContact, withdraw } from '../invitations/index.ts';
import type { ResponsesContext } from './context.ts';
import type { InvitedContact } from './invited.ts';

/** What the contact wants no more of. */
export type UnsubscribeScope = 'survey' | 'everything';

/**
 * The contact wants no more surveys, or no more of this one: nothing that has not left yet will, and no reminder. Their
 * addresses are remembered as hashes, which outlive everything else that is known of them.
 */
export async function unsubscribe(
  context: ResponsesContext,
  { invitation, survey }: Pick<InvitedContact, 'invitation' | 'survey'>,
  scope: UnsubscribeScope = 'everything',
): Promise<void> {
  const { database, clock, addressHashes } = context;
  const { workspaceId } = invitation;
  const surveyId = scope === 'survey' ? survey.id : undefined;
  await database.transaction(async (tx) => {
    const contact = await lockContact(tx, invitation.contactId);
    if (!contact) return;
    const at = clock();
    if (surveyId !== undefined) await addUnsubscription(tx, { workspaceId, contactId: contact.id, surveyId, at });
    else if (!contact.unsubscribedAt) await updateContact(tx, contact.id, { unsubscribedAt: at });
    const addresses = new Set([invitation.email, ...((await findAddresses(tx, [contact.id])).get(contact.id) ?? [])]);
    const of = { workspaceId, survey: surveyId === undefined ? '' : survey.key, reason: 'unsubscribed' as const, at };
    await suppress(
      tx,
      [...addresses].map((address) => ({ ...of, hash: addressHashes.of(address)[0] })),
    );
    const scheduled = (await scheduledForContact(tx, contact.id)).filter(
      (other) => surveyId === undefined || other.surveyId === surveyId,
    );
    await withdraw(tx, context, scheduled, { code: 'unsubscribed', params: { kind: 'meanwhile' } });
    await endReminders(tx, contact.id, surveyId);
  });
}
