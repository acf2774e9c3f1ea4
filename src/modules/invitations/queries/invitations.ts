import { randomBytes } from 'node:crypto';
import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lte, min, or, sql } from 'drizzle-orm';
import type { DecisionReason } from '../../../model/messages/decision-reason.ts';
import { only, type Queryable } from '../../../platform/database/database.ts';
import { workspace } from '../../../platform/workspaces/tables.ts';
import { response } from '../../responses/tables.ts';
import { invitation } from '../tables.ts';
import { maySend } from './stopped-surveys.ts';

export type InvitationRow = typeof invitation.$inferSelect;

/** 128 random bits, as they stand in a link. */
function newId(): string {
  return randomBytes(16).toString('base64url');
}

export async function addInvitation(
  tx: Queryable,
  values: Omit<typeof invitation.$inferInsert, 'id' | 'status'>,
): Promise<InvitationRow> {
  const added = await tx
    .insert(invitation)
    .values({ id: newId(), status: 'scheduled', ...values })
    .returning();
  return only(added);
}

export async function findInvitation(db: Queryable, id: string): Promise<InvitationRow | undefined> {
  const [found] = await db.select().from(invitation).where(eq(invitation.id, id));
  return found;
}

export async function lockInvitation(tx: Queryable, id: string): Promise<InvitationRow | undefined> {
  const [found] = await tx.select().from(invitation).where(eq(invitation.id, id)).for('update');
  return found;
}

export async function updateInvitation(tx: Queryable, id: string, changes: Partial<InvitationRow>): Promise<void> {
  await tx.update(invitation).set(changes).where(eq(invitation.id, id));
}

/** The invitation of this decision that was not ended without an answer. */
export async function openInvitation(tx: Queryable, decisionId: string): Promise<InvitationRow | undefined> {
  const [found] = await tx
    .select()
    .from(invitation)
    .where(and(eq(invitation.decisionId, decisionId), inArray(invitation.status, ['scheduled', 'sent', 'answered'])));
  return found;
}

/** Invitations about this ticket whose mail has not left. */
export function scheduledFor(tx: Queryable, ticketId: string): Promise<InvitationRow[]> {
  return tx
    .select()
    .from(invitation)
    .where(and(eq(invitation.ticketId, ticketId), eq(invitation.status, 'scheduled')))
    .for('update');
}

/** Invitations to this contact whose mail has not left. */
export function scheduledForContact(tx: Queryable, contactId: string): Promise<InvitationRow[]> {
  return tx
    .select()
    .from(invitation)
    .where(and(eq(invitation.contactId, contactId), eq(invitation.status, 'scheduled')))
    .for('update');
}

/** The number that a contact tapped without confirming it. */
export async function findUnconfirmedRating(db: Queryable, invitationId: string): Promise<number | undefined> {
  const [found] = await db
    .select({ rating: response.rating })
    .from(response)
    .where(and(eq(response.invitationId, invitationId), eq(response.status, 'unconfirmed')));
  return found?.rating;
}

/** Takes invitations whose mail or reminder is due, for a while. */
export async function claimDue(
  db: Queryable,
  workspaceId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<InvitationRow[]> {
  const due = db.$with('due').as(
    db
      .select({ id: invitation.id })
      .from(invitation)
      .where(
        and(
          eq(invitation.workspaceId, workspaceId),
          lte(invitation.dueAt, now),
          or(isNull(invitation.claimedUntil), lte(invitation.claimedUntil, now)),
          maySend(db),
        ),
      )
      .orderBy(asc(invitation.dueAt))
      .limit(limit)
      .for('update', { skipLocked: true }),
  );
  return db
    .with(due)
    .update(invitation)
    .set({ claimedUntil: until })
    .where(inArray(invitation.id, db.select({ id: due.id }).from(due)))
    .returning();
}

/** Whoever had claimed invitations of this workspace is gone. */
export async function releaseInvitations(db: Queryable, workspaceId: string): Promise<void> {
  await db
    .update(invitation)
    .set({ claimedUntil: null })
    .where(and(eq(invitation.workspaceId, workspaceId), isNotNull(invitation.claimedUntil)));
}

/**
 * Holds the workspace's sending for the rest of the transaction, so that no two processes use up the same cap.
 *
 * @returns how many this survey sent since then, and when the first of those was
 */
export async function sentSince(
  tx: Queryable,
  of: { workspaceId: string; surveyId: string },
  since: Date,
): Promise<{ sent: number; first: Date | null }> {
  await tx.select({ id: workspace.id }).from(workspace).where(eq(workspace.id, of.workspaceId)).for('update');
  const within = and(eq(invitation.surveyId, of.surveyId), eq(invitation.test, false), gt(invitation.sentAt, since));
  const [counted] = await tx
    .select({ sent: count(), first: min(invitation.sentAt) })
    .from(invitation)
    .where(within);
  return { sent: counted?.sent ?? 0, first: counted?.first ?? null };
}

/** When the next mail or reminder of a workspace may be taken: once it is due, and nobody else is at it. */
export async function nextDelivery(db: Queryable, workspaceId: string): Promise<Date | undefined> {
  const [found] = await db
    .select({
      at: sql<Date | null>`min(greatest(${invitation.dueAt}, ${invitation.claimedUntil}))`.mapWith(invitation.dueAt),
    })
    .from(invitation)
    .where(and(eq(invitation.workspaceId, workspaceId), isNotNull(invitation.dueAt), maySend(db)));
  return found?.at ?? undefined;
}

/** When the next mail or reminder of each workspace is due, also where a process that is gone had begun it. */
export function nextDeliveries(db: Queryable): Promise<{ workspaceId: string; at: Date }[]> {
  return db
    .select({
      workspaceId: invitation.workspaceId,
      at: sql<Date>`min(${invitation.dueAt})`.mapWith(invitation.dueAt),
    })
    .from(invitation)
    .where(isNotNull(invitation.dueAt))
    .groupBy(invitation.workspaceId);
}

/** Emails that are due and of which the ledger does not say yet that they wait for this. */
export function listNotYetDeferred(
  db: Queryable,
  workspaceId: string,
  now: Date,
  reason: DecisionReason,
): Promise<InvitationRow[]> {
  return db
    .select()
    .from(invitation)
    .where(
      and(
        eq(invitation.workspaceId, workspaceId),
        eq(invitation.status, 'scheduled'),
        lte(invitation.dueAt, now),
        sql`${invitation.waitingFor} is distinct from ${JSON.stringify(reason)}::jsonb`,
        maySend(db),
      ),
    )
    .limit(1000);
}

/** Links that may no longer be answered. @returns how many */
export async function expireInvitations(db: Queryable, now: Date): Promise<number> {
  const expired = await db
    .update(invitation)
    .set({ status: 'expired', dueAt: null, endReason: { code: 'unanswered', params: {} } })
    .where(and(eq(invitation.status, 'sent'), lte(invitation.expiresAt, now)))
    .returning({ id: invitation.id });
  return expired.length;
}
