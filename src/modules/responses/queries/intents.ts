import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { only, type Queryable } from '../../../platform/database/database.ts';
import { intent } from '../../invitations/tables.ts';
import type { Trace } from '../evidence/trace.ts';

type Kind = Trace['kind'];

/**
 * How many traces of an invitation are kept, by kind: the first, and the newest behind it. Whoever has the link can make
 * as many as they like; a contact makes a handful, and a scanner one or two of each link of the email.
 */
export const mostSaved: Readonly<Record<Kind, number>> = { open: 200, hidden: 50, act: 100, submit: 50 };

/** A link was opened, or more was done with it: with a number, that is a first intent. Never a score. @returns its id */
export async function addIntent(
  db: Queryable,
  of: Omit<typeof intent.$inferInsert, 'id' | 'rating' | 'at' | 'kind'> & { kind: Kind },
  rating: number | null,
  at: Date,
): Promise<number> {
  const { id } = only(
    await db
      .insert(intent)
      .values({ ...of, rating, at })
      .returning({ id: intent.id }),
  );
  await removeExcess(db, of);
  return id;
}

/** What somebody else is removing at this moment is left to them. */
async function removeExcess(
  db: Queryable,
  { invitationId, kind }: Pick<typeof intent.$inferInsert, 'invitationId'> & { kind: Kind },
): Promise<void> {
  const theirs = and(eq(intent.invitationId, invitationId), eq(intent.kind, kind));
  const newest = db
    .select({ id: intent.id })
    .from(intent)
    .where(theirs)
    .orderBy(desc(intent.id))
    .offset(mostSaved[kind] - 1);
  const first = db
    .select({ id: sql`min(${intent.id})` })
    .from(intent)
    .where(theirs);
  const excess = db
    .select({ id: intent.id })
    .from(intent)
    .where(and(inArray(intent.id, newest), sql`${intent.id} <> (${first})`))
    .for('update', { skipLocked: true });
  await db.delete(intent).where(sql`${intent.id} = any(array(${excess}))`);
}

/** What was done with the links of an invitation, oldest first: as much of it as is kept, and no more. */
export async function findTraces(db: Queryable, invitationId: string): Promise<Trace[]> {
  const most = Object.values(mostSaved).reduce((sum, of) => sum + of, 0);
  const newest = await db
    .select()
    .from(intent)
    .where(eq(intent.invitationId, invitationId))
    .orderBy(desc(intent.id))
    .limit(most);
  return newest.reverse();
}
