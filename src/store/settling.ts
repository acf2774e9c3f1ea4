import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { Trace } from '../domain/evidence/trace.ts';
import type { Queryable } from './database.ts';
import { intent, invitation } from './tables/index.ts';

/** Everything that was done with the links of an invitation, oldest first. */
export function tracesOf(db: Queryable, invitationId: string): Promise<Trace[]> {
  return db.select().from(intent).where(eq(intent.invitationId, invitationId)).orderBy(asc(intent.id));
}

/** Invitations of a workspace on which somebody tapped or touched, and whose time to be judged has come. */
export async function dueSettlements(db: Queryable, workspaceId: string, now: Date, limit: number): Promise<string[]> {
  const due = await db
    .select({ id: invitation.id })
    .from(invitation)
    .where(and(eq(invitation.workspaceId, workspaceId), lte(invitation.settleAt, now)))
    .orderBy(asc(invitation.settleAt))
    .limit(limit);
  return due.map(({ id }) => id);
}

/** When the next invitation of each workspace is to be judged. */
export function nextSettlements(db: Queryable): Promise<{ workspaceId: string; at: Date }[]> {
  return db
    .select({
      workspaceId: invitation.workspaceId,
      at: sql<Date>`min(${invitation.settleAt})`.mapWith(invitation.settleAt),
    })
    .from(invitation)
    .where(isNotNull(invitation.settleAt))
    .groupBy(invitation.workspaceId);
}
