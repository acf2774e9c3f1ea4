import { and, eq, isNotNull } from 'drizzle-orm';
import type { Queryable } from './database.ts';
import { invitation, unsubscription } from './tables/index.ts';

/** They want no more of this survey; the first time stays. */
export async function addUnsubscription(tx: Queryable, values: typeof unsubscription.$inferInsert): Promise<void> {
  await tx.insert(unsubscription).values(values).onConflictDoNothing();
}

/** No reminder goes to them any more. @param surveyId of this survey alone */
export async function endReminders(tx: Queryable, contactId: string, surveyId?: string): Promise<void> {
  await tx
    .update(invitation)
    .set({ dueAt: null, claimedUntil: null })
    .where(
      and(
        eq(invitation.contactId, contactId),
        eq(invitation.status, 'sent'),
        isNotNull(invitation.dueAt),
        ...(surveyId === undefined ? [] : [eq(invitation.surveyId, surveyId)]),
      ),
    );
}
