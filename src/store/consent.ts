import { and, eq, inArray } from 'drizzle-orm';
import type { Queryable } from './database.ts';
import { suppression, unsubscription } from './tables/index.ts';

/** When this person unsubscribed from this survey; nothing when they did not, or only from all of them. */
export async function findUnsubscription(
  tx: Queryable,
  { contactId, surveyId }: { contactId: string; surveyId: string },
): Promise<Date | undefined> {
  const [found] = await tx
    .select({ at: unsubscription.at })
    .from(unsubscription)
    .where(and(eq(unsubscription.contactId, contactId), eq(unsubscription.surveyId, surveyId)));
  return found?.at;
}

/**
 * What is remembered of an address, for this survey or for all of them.
 *
 * @param hashes of the one address, under every secret key
 */
export async function findSuppression(
  tx: Queryable,
  workspaceId: string,
  hashes: readonly string[],
  surveyKey: string,
): Promise<'unsubscribed' | 'erased' | undefined> {
  const found = await tx
    .select({ reason: suppression.reason })
    .from(suppression)
    .where(
      and(
        eq(suppression.workspaceId, workspaceId),
        inArray(suppression.hash, [...hashes]),
        inArray(suppression.survey, ['', surveyKey]),
      ),
    );
  return found.find(({ reason }) => reason === 'erased')?.reason ?? found[0]?.reason;
}
