import { lockContact } from '../../store/contacts.ts';
import { lockInvitation } from '../../store/invitations.ts';
import { unpublishedEmails } from '../../store/stopped-surveys.ts';
import type { Context } from '../context.ts';
import { withdraw } from './withdraw.ts';

/** Takes back the emails of surveys that ask nobody any more. What was sent may be answered as long as its link lives. */
export async function withdrawUnpublished(context: Context): Promise<void> {
  const { database } = context;
  for (const { id, contactId } of await unpublishedEmails(database.db)) {
    await database.transaction(async (tx) => {
      await lockContact(tx, contactId);
      const current = await lockInvitation(tx, id);
      if (current?.status === 'scheduled')
        await withdraw(tx, context, [current], { code: 'survey_not_live', params: {} });
    });
  }
}
