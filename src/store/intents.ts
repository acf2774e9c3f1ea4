import { only, type Queryable } from './database.ts';
import { intent } from './tables/index.ts';

/** A link was opened, or more was done with it: with a number, that is a first intent. Never a score. @returns its id */
export async function addIntent(
  db: Queryable,
  of: Omit<typeof intent.$inferInsert, 'id' | 'rating' | 'at'>,
  rating: number | null,
  at: Date,
): Promise<number> {
  return only(
    await db
      .insert(intent)
      .values({ ...of, rating, at })
      .returning({ id: intent.id }),
  ).id;
}
