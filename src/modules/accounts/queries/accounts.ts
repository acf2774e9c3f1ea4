import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import type { Database, Queryable } from '../../../platform/database/database.ts';
import { workspace } from '../../../platform/workspaces/tables.ts';
import { account, member, memberInvitation, organization, session, twoFactor, user, verification } from '../tables.ts';

export type UserRow = typeof user.$inferSelect;

/** How better-auth calls the way in by password. */
const byPassword = 'credential';

/** The tables of accounts by the names that better-auth has for them, and the handle it asks them through. */
export function accountTables({ db }: Database) {
  const invitation = memberInvitation;
  return { db, tables: { user, session, account, verification, twoFactor, organization, member, invitation } };
}

export async function hasUsers(db: Queryable): Promise<boolean> {
  return (await db.select({ id: user.id }).from(user).limit(1)).length > 0;
}

export async function findUser(db: Queryable, id: string): Promise<UserRow | undefined> {
  const [found] = await db.select().from(user).where(eq(user.id, id));
  return found;
}

/** @param email in lower case */
export async function findUserByEmail(db: Queryable, email: string): Promise<UserRow | undefined> {
  const [found] = await db.select().from(user).where(eq(user.email, email));
  return found;
}

/** Whoever changes how somebody comes in does so one after the other. */
export async function lockUser(tx: Queryable, id: string): Promise<UserRow | undefined> {
  const [found] = await tx.select().from(user).where(eq(user.id, id)).for('update');
  return found;
}

/** @returns their id */
export async function addUser(
  tx: Queryable,
  { name, email }: { name: string; email: string },
  now: Date,
): Promise<string> {
  const id = randomUUID();
  await tx.insert(user).values({ id, name, email, createdAt: now, updatedAt: now });
  return id;
}

export async function updateUser(db: Queryable, id: string, changes: Partial<UserRow>): Promise<void> {
  if (Object.keys(changes).length > 0) await db.update(user).set(changes).where(eq(user.id, id));
}

/** In which ways somebody comes in: `credential` is a password. */
export async function findWaysIn(db: Queryable, userId: string): Promise<string[]> {
  const found = await db.select({ by: account.providerId }).from(account).where(eq(account.userId, userId));
  return found.map(({ by }) => by);
}

/** @returns the hash; nothing when they have no password */
export async function findPassword(db: Queryable, userId: string): Promise<string | undefined> {
  const [found] = await db
    .select({ password: account.password })
    .from(account)
    .where(and(eq(account.userId, userId), eq(account.providerId, byPassword)));
  return found?.password ?? undefined;
}

/** @param password its hash */
export async function setPassword(tx: Queryable, userId: string, password: string, now: Date): Promise<void> {
  const changed = await tx
    .update(account)
    .set({ password, updatedAt: now })
    .where(and(eq(account.userId, userId), eq(account.providerId, byPassword)))
    .returning({ id: account.id });
  if (changed.length > 0) return;
  const of = { accountId: userId, providerId: byPassword, userId, password };
  await tx.insert(account).values({ id: randomUUID(), ...of, createdAt: now, updatedAt: now });
}

/** Signs them out everywhere; a second factor is asked for again on every device, and a sign-in under way ends. */
export async function endSignIns(tx: Queryable, userId: string): Promise<void> {
  await tx.delete(session).where(eq(session.userId, userId));
  await tx.delete(verification).where(eq(verification.value, userId));
}

/** Takes a password away that may have been set by somebody else than the owner of the address, and what it opened. */
export async function forgetPassword(tx: Queryable, userId: string): Promise<void> {
  await endSignIns(tx, userId);
  await tx.delete(account).where(and(eq(account.userId, userId), eq(account.providerId, byPassword)));
  await forgetSecondFactor(tx, userId);
}

export async function forgetSecondFactor(tx: Queryable, userId: string): Promise<void> {
  await tx.delete(twoFactor).where(eq(twoFactor.userId, userId));
  await updateUser(tx, userId, { twoFactorEnabled: false });
}

/** Takes every way in from somebody who works nowhere any more; their name stays for what they did. */
export async function closeAccount(tx: Queryable, userId: string): Promise<void> {
  await endSignIns(tx, userId);
  await tx.delete(account).where(eq(account.userId, userId));
  await forgetSecondFactor(tx, userId);
  await updateUser(tx, userId, { emailVerified: false });
}

/**
 * The first person here, who owns the workspace. Locks the workspace's row, so that of two only one is the first.
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
  const id = await addUser(tx, { name, email }, now);
  await setPassword(tx, id, password, now);
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

export type Membership = { workspaceId: string; workspaceName: string | null; requireTwoFactor: boolean; role: string };

/** The workspaces that this person works in, the oldest membership first. */
export function findMemberships(db: Queryable, userId: string): Promise<Membership[]> {
  return db
    .select({
      workspaceId: member.organizationId,
      workspaceName: workspace.name,
      requireTwoFactor: workspace.requireTwoFactor,
      role: member.role,
    })
    .from(member)
    .innerJoin(workspace, eq(workspace.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(asc(member.createdAt), asc(member.id));
}
