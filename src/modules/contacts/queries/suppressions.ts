import { and, eq, inArray } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { suppression } from '../tables.ts';

type Suppression = typeof suppression.$inferInsert;

/** Remembers these not to be asked again. That somebody was erased outweighs that they had unsubscribed. */
export async function suppress(tx: Queryable, suppressions: readonly Suppression[]): Promise<void> {
  for (const values of suppressions) {
    const insert = tx.insert(suppression).values(values);
    const { workspaceId, hash, survey } = suppression;
    await (values.reason === 'erased'
      ? insert.onConflictDoUpdate({ target: [workspaceId, hash, survey], set: { reason: 'erased', at: values.at } })
      : insert.onConflictDoNothing());
  }
}

/** `survey` is empty for all of them. */
export type Suppressed = Pick<typeof suppression.$inferSelect, 'hash' | 'survey' | 'reason'>;

/** What is remembered of addresses. @param hashes of each, under every secret key */
export async function findSuppressions(
  tx: Queryable,
  workspaceId: string,
  hashes: readonly string[],
): Promise<Suppressed[]> {
  if (hashes.length === 0) return [];
  return tx
    .select({ hash: suppression.hash, survey: suppression.survey, reason: suppression.reason })
    .from(suppression)
    .where(and(eq(suppression.workspaceId, workspaceId), inArray(suppression.hash, [...hashes])));
}

/** Whether one of these hashes is that of somebody who was erased. */
export async function wasErased(db: Queryable, workspaceId: string, hashes: readonly string[]): Promise<boolean> {
  if (hashes.length === 0) return false;
  const found = await db
    .select({ hash: suppression.hash })
    .from(suppression)
    .where(
      and(
        eq(suppression.workspaceId, workspaceId),
        inArray(suppression.hash, [...hashes]),
        eq(suppression.reason, 'erased'),
      ),
    )
    .limit(1);
  return found.length > 0;
}

/** Forgets that these are not to be asked, whatever the survey and the reason. @returns how many were remembered */
export async function liftSuppressions(tx: Queryable, workspaceId: string, hashes: readonly string[]): Promise<number> {
  const lifted = await tx
    .delete(suppression)
    .where(and(eq(suppression.workspaceId, workspaceId), inArray(suppression.hash, [...hashes])))
    .returning({ hash: suppression.hash });
  return lifted.length;
}
