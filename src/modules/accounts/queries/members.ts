import { and, asc, eq } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { workspace } from '../../../platform/workspaces/tables.ts';
import { member, user } from '../tables.ts';

/** Who works in a workspace. */
export function listMembers(db: Queryable, workspaceId: string) {
  return db
    .select({
      id: user.id,
      name: user.name,
      email: user.email,
      role: member.role,
      twoFactor: user.twoFactorEnabled,
      lastSeenAt: user.lastSeenAt,
      joinedAt: member.createdAt,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, workspaceId))
    .orderBy(asc(user.email));
}

/** Whoever changes who owns a workspace does so one after the other, so that one owner is always left. */
export async function lockTeam(tx: Queryable, workspaceId: string): Promise<{ userId: string; role: string }[]> {
  await tx.select({ id: workspace.id }).from(workspace).where(eq(workspace.id, workspaceId)).for('update');
  return tx
    .select({ userId: member.userId, role: member.role })
    .from(member)
    .where(eq(member.organizationId, workspaceId));
}

const one = (workspaceId: string, userId: string) =>
  and(eq(member.organizationId, workspaceId), eq(member.userId, userId));

export async function changeRole(tx: Queryable, workspaceId: string, userId: string, role: string): Promise<void> {
  await tx.update(member).set({ role }).where(one(workspaceId, userId));
}

export async function removeMember(tx: Queryable, workspaceId: string, userId: string): Promise<void> {
  await tx.delete(member).where(one(workspaceId, userId));
}
