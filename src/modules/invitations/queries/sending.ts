import { and, asc, eq, getTableColumns, gt, inArray, isNotNull, lte, notExists, or, sql } from 'drizzle-orm';
import { isOver } from '../../../platform/database/conditions.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { workspace } from '../../../platform/workspaces/tables.ts';
import { connection } from '../../connections/tables.ts';
import { contact } from '../../contacts/tables.ts';
import { recordLink } from '../../records/tables.ts';
import { brand } from '../../surveys/tables.ts';
import { invitation } from '../tables.ts';
import type { InvitationRow } from './invitations.ts';
import { maySend } from './stopped-surveys.ts';

/** Locks several invitations for the rest of the transaction, always in the same order. */
export async function lockInvitations(tx: Queryable, ids: readonly string[]): Promise<Map<string, InvitationRow>> {
  if (ids.length === 0) return new Map();
  const found = await tx
    .select()
    .from(invitation)
    .where(inArray(invitation.id, [...ids]))
    .orderBy(asc(invitation.id))
    .for('update');
  return new Map(found.map((row) => [row.id, row]));
}

/** Saves the same of several invitations. */
export async function updateInvitations(
  tx: Queryable,
  ids: readonly string[],
  changes: Partial<InvitationRow>,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(invitation)
    .set(changes)
    .where(inArray(invitation.id, [...ids]));
}

/** An invitation whose email is about to leave, and when an earlier try of the same email may have reached them. */
export type LeavingInvitation = InvitationRow & { sentBefore: Date | null };

/**
 * Takes invitations whose emails may leave by this server. From here on an email that asks counts as asked, because it
 * may have arrived whatever happens next. What was paused, or who asked not to be surveyed, since it was cleared stays.
 */
export async function claimCleared(
  db: Queryable,
  emailServerId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<LeavingInvitation[]> {
  const paused = or(
    inArray(
      invitation.workspaceId,
      db.select({ id: workspace.id }).from(workspace).where(isNotNull(workspace.surveysPausedAt)),
    ),
    inArray(
      invitation.connectionId,
      db.select({ id: connection.id }).from(connection).where(isNotNull(connection.surveysPausedAt)),
    ),
  );
  const against = db
    .select({ id: contact.id })
    .from(contact)
    .where(
      and(eq(contact.id, invitation.contactId), or(eq(contact.doNotSurvey, true), isNotNull(contact.unsubscribedAt))),
    );
  const recordsAgainst = db
    .select({ id: recordLink.id })
    .from(recordLink)
    .where(and(eq(recordLink.contactId, invitation.contactId), eq(recordLink.doNotSurvey, true)));
  const leaving = db.$with('leaving').as(
    db
      .select({ id: invitation.id, sentBefore: sql<Date | null>`${invitation.sentAt}`.as('sent_before') })
      .from(invitation)
      .where(
        and(
          eq(invitation.emailServerId, emailServerId),
          gt(invitation.clearedUntil, now),
          inArray(invitation.status, ['scheduled', 'sent']),
          lte(invitation.dueAt, now),
          isOver(invitation.claimedUntil, now),
          or(eq(invitation.test, true), and(notExists(against), notExists(recordsAgainst))),
          sql`${paused} is not true`,
          maySend(db),
        ),
      )
      .orderBy(asc(invitation.clearedUntil), asc(invitation.dueAt))
      .limit(limit)
      .for('update', { skipLocked: true }),
  );
  const asks = sql`case when ${invitation.status} = 'scheduled' then ${now.toISOString()}::timestamptz else ${invitation.sentAt} end`;
  return db
    .with(leaving)
    .update(invitation)
    .set({ claimedUntil: until, sentAt: asks })
    .from(leaving)
    .where(eq(invitation.id, leaving.id))
    .returning({
      ...getTableColumns(invitation),
      sentBefore: sql<Date | null>`${leaving.sentBefore}`.mapWith(invitation.sentAt),
    });
}

/** Whoever had claimed invitations to send them is gone: their emails may leave, or are rechecked. */
export async function releaseLeaving(db: Queryable, emailServerId: string): Promise<void> {
  await db
    .update(invitation)
    .set({ claimedUntil: null })
    .where(
      and(
        eq(invitation.emailServerId, emailServerId),
        isNotNull(invitation.clearedUntil),
        isNotNull(invitation.claimedUntil),
      ),
    );
}

/** Emails that may leave by this server, and would if nothing kept them. */
export function listCleared(db: Queryable, emailServerId: string, now: Date): Promise<InvitationRow[]> {
  return db
    .select()
    .from(invitation)
    .where(
      and(
        eq(invitation.emailServerId, emailServerId),
        gt(invitation.clearedUntil, now),
        isOver(invitation.claimedUntil, now),
      ),
    )
    .limit(1000);
}

/** The email servers by which something may leave now. */
export async function listServersInUse(db: Queryable, now: Date): Promise<string[]> {
  const found = await db
    .selectDistinct({ id: invitation.emailServerId })
    .from(invitation)
    .where(gt(invitation.clearedUntil, now));
  return found.flatMap(({ id }) => id ?? []);
}

/** What is saved of an invitation whose email, or reminder, the email server took. */
export type SentInvitation = Pick<
  InvitationRow,
  'id' | 'sentAt' | 'expiresAt' | 'dueAt' | 'remindersSent' | 'language'
>;

export async function markSent(tx: Queryable, sent: readonly SentInvitation[]): Promise<void> {
  if (sent.length === 0) return;
  await tx.execute(
    sql`update ${invitation} i set status = 'sent', sent_at = s."sentAt", expires_at = s."expiresAt",
          due_at = s."dueAt", reminders_sent = s."remindersSent", language = s.language,
          claimed_until = null, cleared_until = null, clearance = null, email_server_id = null,
          waiting_for = null, attempts = 0
        from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb)
             as s(id text, "sentAt" timestamptz, "expiresAt" timestamptz, "dueAt" timestamptz,
                  "remindersSent" integer, language text)
        where i.id = s.id`,
  );
}

/** Ids of all email servers that there may be emails for: the usual one, and those of brands. */
export async function listServers(db: Queryable): Promise<string[]> {
  const own = await db
    .select({ id: brand.id })
    .from(brand)
    .where(isNotNull(brand.encryptedSmtpUrl))
    .orderBy(asc(brand.id));
  return ['usual', ...own.map(({ id }) => id)];
}
