import { randomBytes } from 'node:crypto';
import { and, count, eq, gt, inArray, isNull, lte, min, or } from 'drizzle-orm';
import { only, type Queryable } from '../../../platform/database/database.ts';
import { workspace } from '../../../platform/workspaces/tables.ts';
import { response } from '../../responses/tables.ts';
import { invitation } from '../tables.ts';

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

/** Whether there is anything left to send: the email that asks, or a reminder. */
export function isOpen({ status }: Pick<InvitationRow, 'status'>): boolean {
  return status === 'scheduled' || status === 'sent';
}

export async function findInvitation(db: Queryable, id: string): Promise<InvitationRow | undefined> {
  const [found] = await db.select().from(invitation).where(eq(invitation.id, id));
  return found;
}

/** Several invitations, by their ids. */
export async function findInvitations(db: Queryable, ids: readonly string[]): Promise<Map<string, InvitationRow>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select()
    .from(invitation)
    .where(inArray(invitation.id, [...ids]));
  return new Map(found.map((row) => [row.id, row]));
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

/** Invitations about this ticket whose email has not left. */
export function scheduledFor(tx: Queryable, ticketId: string): Promise<InvitationRow[]> {
  return tx
    .select()
    .from(invitation)
    .where(and(eq(invitation.ticketId, ticketId), eq(invitation.status, 'scheduled')))
    .for('update');
}

/** Invitations to this contact whose email has not left. */
export function scheduledForContact(tx: Queryable, contactId: string): Promise<InvitationRow[]> {
  return tx
    .select()
    .from(invitation)
    .where(and(eq(invitation.contactId, contactId), eq(invitation.status, 'scheduled')))
    .for('update');
}

/** The numbers that contacts tapped without confirming them, by invitation. */
export async function findUnconfirmedRatings(
  db: Queryable,
  invitationIds: readonly string[],
): Promise<Map<string, number>> {
  if (invitationIds.length === 0) return new Map();
  const found = await db
    .select({ invitationId: response.invitationId, rating: response.rating })
    .from(response)
    .where(and(inArray(response.invitationId, [...invitationIds]), eq(response.status, 'unconfirmed')));
  return new Map(found.flatMap(({ invitationId, rating }) => (invitationId === null ? [] : [[invitationId, rating]])));
}

/**
 * Locks the workspace for the rest of the transaction, so that no two processes use up the same cap.
 *
 * @returns how many emails of this survey were sent since then or may leave now, and when the first of those was sent
 */
export async function countSince(
  tx: Queryable,
  of: { workspaceId: string; surveyId: string },
  { since, now }: { since: Date; now: Date },
): Promise<{ sent: number; first: Date | null }> {
  // Whoever adds a row that belongs to the workspace holds a share of its key until the end: this must not wait for it.
  await tx.select({ id: workspace.id }).from(workspace).where(eq(workspace.id, of.workspaceId)).for('no key update');
  const ofSurvey = and(eq(invitation.surveyId, of.surveyId), eq(invitation.test, false));
  const [counted] = await tx
    .select({ sent: count(), first: min(invitation.sentAt) })
    .from(invitation)
    .where(and(ofSurvey, gt(invitation.sentAt, since)));
  const [cleared] = await tx
    .select({ waiting: count() })
    .from(invitation)
    .where(
      and(
        ofSurvey,
        gt(invitation.clearedUntil, now),
        eq(invitation.status, 'scheduled'),
        or(isNull(invitation.sentAt), lte(invitation.sentAt, since)),
      ),
    );
  return { sent: (counted?.sent ?? 0) + (cleared?.waiting ?? 0), first: counted?.first ?? null };
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
