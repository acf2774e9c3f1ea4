import { and, eq, isNull, like, lt, not, notLike, or, type SQL } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { twoFactor } from '../tables.ts';

export type FactorRow = typeof twoFactor.$inferSelect;

export async function findFactor(db: Queryable, userId: string): Promise<FactorRow | undefined> {
  const [found] = await db.select().from(twoFactor).where(eq(twoFactor.userId, userId));
  return found;
}

/**
 * Takes a code's time step, once: also of two requests at the same time only one takes it.
 *
 * @returns whether it was still to be had
 */
export async function takeTimeStep(db: Queryable, id: string, step: number): Promise<boolean> {
  const taken = await db
    .update(twoFactor)
    .set({ lastUsedStep: step })
    .where(and(eq(twoFactor.id, id), or(isNull(twoFactor.lastUsedStep), lt(twoFactor.lastUsedStep, step))))
    .returning({ id: twoFactor.id });
  return taken.length > 0;
}

/**
 * Those of which something is not under the current key. What begins with a prefix of a key that is not among ours is
 * left out: nobody can read it.
 *
 * @param current with what everything under the current key begins
 * @param readable the same of every key of ours
 */
export function factorsNotUnder(
  db: Queryable,
  current: string,
  readable: readonly string[],
  limit: number,
): Promise<FactorRow[]> {
  const isReadable = or(
    notLike(twoFactor.secret, '$ba$%'),
    ...readable.map((prefix) => like(twoFactor.secret, `${prefix}%`)),
  );
  const isCurrent = and(like(twoFactor.secret, `${current}%`), like(twoFactor.backupCodes, `${current}%`)) as SQL;
  return db
    .select()
    .from(twoFactor)
    .where(and(isReadable, not(isCurrent)))
    .limit(limit);
}

/** @returns whether it still was as it was read */
export async function changeFactorSecrets(
  db: Queryable,
  { id, ...was }: FactorRow,
  changes: { secret: string; backupCodes: string },
): Promise<boolean> {
  const isUnchanged = and(eq(twoFactor.secret, was.secret), eq(twoFactor.backupCodes, was.backupCodes));
  const changed = await db
    .update(twoFactor)
    .set(changes)
    .where(and(eq(twoFactor.id, id), isUnchanged))
    .returning({ id: twoFactor.id });
  return changed.length > 0;
}
