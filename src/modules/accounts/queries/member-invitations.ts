import { randomUUID } from 'node:crypto';
import { and, asc, eq, exists, gt, inArray } from 'drizzle-orm';
import { audit } from '../../../platform/audit/tables.ts';
import { only, type Queryable } from '../../../platform/database/database.ts';
import { workspace } from '../../../platform/workspaces/tables.ts';
import { memberInvitation, user } from '../tables.ts';

export type MemberInvitationRow = typeof memberInvitation.$inferSelect;

const of = (workspaceId: string) => eq(memberInvitation.organizationId, workspaceId);
const isPending = eq(memberInvitation.status, 'pending');

/** Asks somebody to work in a workspace, in the place of an earlier time: the link of that ends. */
export async function addMemberInvitation(
  tx: Queryable,
  invitation: { workspaceId: string; email: string; role: string; inviterId: string | null; expiresAt: Date },
  now: Date,
): Promise<MemberInvitationRow> {
  const { workspaceId: organizationId, ...rest } = invitation;
  await tx
    .delete(memberInvitation)
    .where(and(of(organizationId), isPending, eq(memberInvitation.email, invitation.email)));
  const values = { id: randomUUID(), organizationId, status: 'pending', ...rest, createdAt: now };
  return only(await tx.insert(memberInvitation).values(values).returning());
}

/** Those that still wait, the expired ones included. */
export function listMemberInvitations(db: Queryable, workspaceId: string) {
  return db
    .select({
      id: memberInvitation.id,
      email: memberInvitation.email,
      role: memberInvitation.role,
      invitedBy: user.name,
      createdAt: memberInvitation.createdAt,
      expiresAt: memberInvitation.expiresAt,
    })
    .from(memberInvitation)
    .leftJoin(user, eq(user.id, memberInvitation.inviterId))
    .where(and(of(workspaceId), isPending))
    .orderBy(asc(memberInvitation.createdAt), asc(memberInvitation.id));
}

/** Those that wait and were made by one of these, as the audit log names them: people and keys. */
export function listMemberInvitationsBy(db: Queryable, workspaceId: string, actors: readonly string[]) {
  const isTheirs = exists(
    db
      .select({ id: audit.id })
      .from(audit)
      .where(
        and(
          eq(audit.workspaceId, workspaceId),
          eq(audit.action, 'team.invite'),
          eq(audit.subject, memberInvitation.id),
          inArray(audit.actor, [...actors]),
        ),
      ),
  );
  return db
    .select({ id: memberInvitation.id, email: memberInvitation.email, role: memberInvitation.role })
    .from(memberInvitation)
    .where(and(of(workspaceId), isPending, isTheirs))
    .orderBy(asc(memberInvitation.createdAt), asc(memberInvitation.id));
}

/** @returns whether there was one */
export async function removeMemberInvitation(db: Queryable, workspaceId: string, id: string): Promise<boolean> {
  const removed = await db
    .delete(memberInvitation)
    .where(and(of(workspaceId), isPending, eq(memberInvitation.id, id)))
    .returning({ id: memberInvitation.id });
  return removed.length > 0;
}

/** One that can be accepted now, with who asks to what. */
export async function findMemberInvitation(db: Queryable, id: string, now: Date) {
  const [found] = await db
    .select({
      id: memberInvitation.id,
      workspaceId: memberInvitation.organizationId,
      workspaceName: workspace.name,
      email: memberInvitation.email,
      role: memberInvitation.role,
      invitedBy: user.name,
    })
    .from(memberInvitation)
    .innerJoin(workspace, eq(workspace.id, memberInvitation.organizationId))
    .leftJoin(user, eq(user.id, memberInvitation.inviterId))
    .where(and(eq(memberInvitation.id, id), isPending, gt(memberInvitation.expiresAt, now)));
  return found;
}

/** @returns nothing when somebody was faster, or it was taken back */
export async function acceptMemberInvitation(
  tx: Queryable,
  id: string,
  now: Date,
): Promise<MemberInvitationRow | undefined> {
  const [accepted] = await tx
    .update(memberInvitation)
    .set({ status: 'accepted' })
    .where(and(eq(memberInvitation.id, id), isPending, gt(memberInvitation.expiresAt, now)))
    .returning();
  return accepted;
}

/** In every workspace. @param email in lower case */
export function memberInvitationsTo(db: Queryable, email: string, now: Date): Promise<MemberInvitationRow[]> {
  return db
    .select()
    .from(memberInvitation)
    .where(and(eq(memberInvitation.email, email), isPending, gt(memberInvitation.expiresAt, now)))
    .orderBy(asc(memberInvitation.createdAt));
}
