import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { invitation } from '../../invitations/tables.ts';

/** Invitations of a workspace on which somebody tapped or touched, and whose time to be judged has come. */
export async function dueFinalizations(
  db: Queryable,
  workspaceId: string,
  now: Date,
  limit: number,
): Promise<string[]> {
  const due = await db
    .select({ id: invitation.id })
    .from(invitation)
    .where(and(eq(invitation.workspaceId, workspaceId), lte(invitation.finalizeAt, now)))
    .orderBy(asc(invitation.finalizeAt))
    .limit(limit);
  return due.map(({ id }) => id);
}

/** When the next invitation of each workspace is to be judged. */
export function nextFinalizations(db: Queryable): Promise<{ workspaceId: string; at: Date }[]> {
  return db
    .select({
      workspaceId: invitation.workspaceId,
      at: sql<Date>`min(${invitation.finalizeAt})`.mapWith(invitation.finalizeAt),
    })
    .from(invitation)
    .where(isNotNull(invitation.finalizeAt))
    .groupBy(invitation.workspaceId);
}
