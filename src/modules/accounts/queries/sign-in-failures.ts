import { and, eq, lt, lte, sql } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { signInFailure } from '../tables.ts';

export type SignInFailures = typeof signInFailure.$inferSelect;

/** Makes sure that there is a row to count on. */
export async function ensureSignInFailures(db: Queryable, key: string, now: Date): Promise<void> {
  await db.insert(signInFailure).values({ key, count: 0, lastAt: now, blockedUntil: now }).onConflictDoNothing();
}

/** Whoever counts on it does so one after the other. */
export async function lockSignInFailures(tx: Queryable, key: string): Promise<SignInFailures | undefined> {
  const [found] = await tx.select().from(signInFailure).where(eq(signInFailure.key, key)).for('update');
  return found;
}

export async function countSignInFailure(
  tx: Queryable,
  { key, count, lastAt, blockedUntil }: SignInFailures,
): Promise<void> {
  await tx.update(signInFailure).set({ count, lastAt, blockedUntil }).where(eq(signInFailure.key, key));
}

/** Forgets the failures of an account. @param prefix its keys begin with it */
export async function forgetSignInFailures(db: Queryable, prefix: string): Promise<void> {
  await db.delete(signInFailure).where(sql`starts_with(${signInFailure.key}, ${prefix})`);
}

/** @param before the last failure was earlier, and nothing waits any more */
export async function removeOldSignInFailures(db: Queryable, before: Date): Promise<void> {
  await db.delete(signInFailure).where(and(lt(signInFailure.lastAt, before), lte(signInFailure.blockedUntil, before)));
}
