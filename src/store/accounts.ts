import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { Database, Queryable } from './database.ts';
import {
  account,
  member,
  memberInvitation,
  organization,
  session,
  user,
  verification,
  workspace,
} from './tables/index.ts';

/** The tables of accounts by the names that better-auth has for them, and the handle it asks them through. */
export function accountTables({ db }: Database) {
  return { db, tables: { user, session, account, verification, organization, member, invitation: memberInvitation } };
}

export async function hasUsers(db: Queryable): Promise<boolean> {
  return (await db.select({ id: user.id }).from(user).limit(1)).length > 0;
}

/**
 * The first person here, who owns the workspace. Holds the workspace's row, so that of two only one is the first.
 *
 * @returns their id; nothing when somebody is here already
 */
export async function addFirstOwner(
  tx: Queryable,
  { workspaceId, name, email, password }: { workspaceId: string; name: string; email: string; password: string },
  now: Date,
): Promise<string | undefined> {
  await tx.select({ id: workspace.id }).from(workspace).where(eq(workspace.id, workspaceId)).for('update');
  if (await hasUsers(tx)) return undefined;
  const id = randomUUID();
  const at = { createdAt: now, updatedAt: now };
  await tx.insert(user).values({ id, name, email, ...at });
  await tx
    .insert(account)
    .values({ id: randomUUID(), accountId: id, providerId: 'credential', userId: id, password, ...at });
  await addMember(tx, { workspaceId, userId: id, role: 'owner' }, now);
  return id;
}

export async function addMember(
  tx: Queryable,
  { workspaceId, userId, role }: { workspaceId: string; userId: string; role: string },
  now: Date,
): Promise<void> {
  await tx.insert(member).values({ id: randomUUID(), organizationId: workspaceId, userId, role, createdAt: now });
}

/** The workspaces that this person works in, the oldest membership first. */
export function membershipsOf(db: Queryable, userId: string): Promise<{ workspaceId: string; role: string }[]> {
  return db
    .select({ workspaceId: member.organizationId, role: member.role })
    .from(member)
    .where(eq(member.userId, userId))
    .orderBy(asc(member.createdAt));
}
