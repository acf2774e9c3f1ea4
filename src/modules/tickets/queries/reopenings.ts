import { and, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Queryable } from '../../../platform/database/database.ts';
import { invitation } from '../../invitations/tables.ts';
import { response } from '../../responses/tables.ts';

/** The ticket is open again: links that are not answered say so, and answers already given were given before it. */
export async function noteReopened(tx: Queryable, ticketId: string, now: Date): Promise<void> {
  await tx
    .update(invitation)
    .set({ reopenedAt: now })
    .where(and(eq(invitation.ticketId, ticketId), eq(invitation.status, 'sent'), isNull(invitation.reopenedAt)));
  await noteAnsweredBefore(tx, ticketId);
}

/** What was answered about this ticket so far was answered before it was opened again. */
export async function noteAnsweredBefore(tx: Queryable, ticketId: string): Promise<void> {
  const about = tx.select({ id: invitation.id }).from(invitation).where(eq(invitation.ticketId, ticketId));
  await tx.update(response).set({ beforeReopening: true }).where(inArray(response.invitationId, about));
}

/** The ticket is resolved again: the same links live again. */
export async function noteResolvedAgain(tx: Queryable, ticketId: string): Promise<void> {
  await tx
    .update(invitation)
    .set({ reopenedAt: null })
    .where(and(eq(invitation.ticketId, ticketId), isNotNull(invitation.reopenedAt)));
}

/** Their surveys ask these contacts about their tickets anew: their older links that nobody answered end. */
export async function endAskedBefore(tx: Queryable, anew: readonly string[]): Promise<void> {
  if (anew.length === 0) return;
  const later = alias(invitation, 'later');
  await tx
    .update(invitation)
    .set({
      status: 'withdrawn',
      dueAt: null,
      claimedUntil: null,
      endReason: { code: 'asked_again', params: {} },
    })
    .from(later)
    .where(
      and(
        inArray(later.id, [...anew]),
        eq(invitation.ticketId, later.ticketId),
        eq(invitation.surveyId, later.surveyId),
        eq(invitation.contactId, later.contactId),
        eq(invitation.status, 'sent'),
        ne(invitation.id, later.id),
      ),
    );
}
