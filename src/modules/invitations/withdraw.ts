import type { DecisionReason } from '../../model/messages/decision-reason.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { lockContact } from '../contacts/index.ts';
import { recordVerdict } from '../decisions/index.ts';
import type { InvitationsContext } from './context.ts';
import { type InvitationRow, lockInvitation, scheduledFor, updateInvitation } from './queries/invitations.ts';
import { unpublishedEmails } from './queries/stopped-surveys.ts';

/** Takes invitations back whose email has not left, and says why in the ledger. @returns how many */
export async function withdraw(
  tx: Queryable,
  context: Pick<InvitationsContext, 'clock' | 'metrics'>,
  invitations: readonly InvitationRow[],
  reason: DecisionReason,
): Promise<number> {
  for (const invitation of invitations) {
    await updateInvitation(tx, invitation.id, {
      status: 'withdrawn',
      dueAt: null,
      claimedUntil: null,
      clearedUntil: null,
      waitingFor: null,
      endReason: reason,
    });
    const judgement = { verdict: 'skipped' as const, reason, notes: [] };
    await recordVerdict(tx, context, invitation, judgement, context.clock());
  }
  return invitations.length;
}

/** Withdraws what is scheduled about a ticket. @param except keeps emails to this contact @returns how many */
export async function withdrawTicket(
  tx: Queryable,
  context: Pick<InvitationsContext, 'clock' | 'metrics'>,
  ticketId: string,
  reason: DecisionReason,
  except?: { contactId: string | null },
): Promise<number> {
  const scheduled = await scheduledFor(tx, ticketId);
  const withdrawn = except ? scheduled.filter(({ contactId }) => contactId !== except.contactId) : scheduled;
  return withdraw(tx, context, withdrawn, reason);
}

/** Takes back the emails of surveys that ask nobody any more. What was sent may be answered as long as its link lives. */
export async function withdrawUnpublished(context: InvitationsContext): Promise<void> {
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
