import { and, desc, eq, gt, ne, sql } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { session } from '../tables.ts';

const ofUser = (userId: string) => eq(session.userId, userId);

const mostListed = 200;

/** The latest places where somebody is signed in, without what opens it. */
export function listSessions(db: Queryable, userId: string) {
  return (
    db
      .select({
        id: session.id,
        agent: session.userAgent,
        address: session.ipAddress,
        createdAt: session.createdAt,
        expiresAt: session.expiresAt,
      })
      .from(session)
      // The database's time, because better-auth, who set the end, goes by that of the machine.
      .where(and(ofUser(userId), gt(session.expiresAt, sql`now()`)))
      .orderBy(desc(session.createdAt), session.id)
      // Whoever signs in again and again, as programs do, has any number.
      .limit(mostListed)
  );
}

/** @returns whether there was one */
export async function endSession(db: Queryable, userId: string, id: string): Promise<boolean> {
  const ended = await db
    .delete(session)
    .where(and(ofUser(userId), eq(session.id, id)))
    .returning({ id: session.id });
  return ended.length > 0;
}

export async function endOtherSessions(db: Queryable, userId: string, id: string): Promise<void> {
  await db.delete(session).where(and(ofUser(userId), ne(session.id, id)));
}

/** Lets a session look at another workspace. */
export async function turnSession(db: Queryable, id: string, workspaceId: string): Promise<void> {
  await db.update(session).set({ activeOrganizationId: workspaceId }).where(eq(session.id, id));
}

export async function noteSessionSeen(db: Queryable, id: string, seenAt: Date): Promise<void> {
  await db.update(session).set({ seenAt }).where(eq(session.id, id));
}

/** The password or the second factor was given again. */
export async function noteSessionVerified(db: Queryable, id: string, verifiedAt: Date): Promise<void> {
  await db.update(session).set({ verifiedAt }).where(eq(session.id, id));
}
