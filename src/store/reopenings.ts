import { and, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import type { Queryable } from './database.ts';
import { invitation, response } from './tables/index.ts';

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

/** This survey asks this person about the ticket anew: its older links that nobody answered end. */
export async function endAskedBefore(
  tx: Queryable,
  { id, ticketId, surveyId, contactId }: typeof invitation.$inferSelect,
): Promise<void> {
  if (ticketId === null) return;
  await tx
    .update(invitation)
    .set({
      status: 'withdrawn',
      dueAt: null,
      claimedUntil: null,
      endedBecause: 'They were asked anew, about the next resolution of the ticket.',
    })
    .where(
      and(
        eq(invitation.ticketId, ticketId),
        eq(invitation.surveyId, surveyId),
        eq(invitation.contactId, contactId),
        eq(invitation.status, 'sent'),
        ne(invitation.id, id),
      ),
    );
}
