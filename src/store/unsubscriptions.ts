import { and, eq, isNotNull } from 'drizzle-orm';
import type { Queryable } from './database.ts';
import { invitation, suppression, unsubscription } from './tables/index.ts';

/** They want no more of this survey; the first time stays. */
export async function addUnsubscription(tx: Queryable, values: typeof unsubscription.$inferInsert): Promise<void> {
  await tx.insert(unsubscription).values(values).onConflictDoNothing();
}

/** Remembers of these addresses that they are not to be asked; what is remembered already stays as it is. */
export async function suppress(
  tx: Queryable,
  hashes: readonly string[],
  of: Omit<typeof suppression.$inferInsert, 'hash'>,
): Promise<void> {
  if (hashes.length === 0) return;
  const remembered = hashes.map((hash) => ({ ...of, hash }));
  await tx.insert(suppression).values(remembered).onConflictDoNothing();
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
