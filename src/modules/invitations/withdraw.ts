import type { Context } from '../../context.ts';
import type { DecisionReason } from '../../model/messages/decision-reason.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { lockContact } from '../contacts/queries/contacts.ts';
import { recordVerdict } from '../decisions/queries/decisions.ts';
import { type InvitationRow, lockInvitation, updateInvitation } from './queries/invitations.ts';
import { unpublishedEmails } from './queries/stopped-surveys.ts';

/** Takes invitations back whose mail has not left, and says why in the ledger. @returns how many */
export async function withdraw(
  tx: Queryable,
  context: Pick<Context, 'clock'>,
  invitations: readonly InvitationRow[],
  reason: DecisionReason,
): Promise<number> {
  for (const invitation of invitations) {
    await updateInvitation(tx, invitation.id, {
      status: 'withdrawn',
      dueAt: null,
      claimedUntil: null,
      waitingFor: null,
      endReason: reason,
    });
    const judgement = { verdict: 'skipped' as const, reason, notes: [] };
    await recordVerdict(tx, invitation, judgement, context.clock());
  }
  return invitations.length;
}

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
