import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { invitation } from '../../invitations/tables.ts';
import { survey } from '../../surveys/tables.ts';
import { contact, unsubscription } from '../tables.ts';

export type UnsubscriptionRow = typeof unsubscription.$inferSelect;

/** The single surveys that these contacts unsubscribed from. */
export async function findUnsubscriptions(tx: Queryable, contactIds: readonly string[]): Promise<UnsubscriptionRow[]> {
  if (contactIds.length === 0) return [];
  return tx
    .select()
    .from(unsubscription)
    .where(inArray(unsubscription.contactId, [...contactIds]));
}

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

/** They may be asked again, whatever they had unsubscribed from. @returns whether there was anything */
export async function liftUnsubscriptions(tx: Queryable, contactId: string): Promise<boolean> {
  const all = await tx
    .update(contact)
    .set({ unsubscribedAt: null })
    .where(and(eq(contact.id, contactId), isNotNull(contact.unsubscribedAt)))
    .returning({ id: contact.id });
  const single = await tx
    .delete(unsubscription)
    .where(eq(unsubscription.contactId, contactId))
    .returning({ id: unsubscription.surveyId });
  return all.length + single.length > 0;
}

/** The single surveys that a contact wants no more of. */
export function surveysUnsubscribedFrom(db: Queryable, contactId: string): Promise<{ survey: string; at: Date }[]> {
  return db
    .select({ survey: survey.key, at: unsubscription.at })
    .from(unsubscription)
    .innerJoin(survey, eq(survey.id, unsubscription.surveyId))
    .where(eq(unsubscription.contactId, contactId))
    .orderBy(desc(unsubscription.at));
}
