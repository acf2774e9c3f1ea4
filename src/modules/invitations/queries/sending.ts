import { asc, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { invitation } from '../tables.ts';
import type { InvitationRow } from './invitations.ts';

/** Holds several invitations for the rest of the transaction, always in the same order. */
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

/** Keeps the same of several invitations. */
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

/** Their emails are about to leave: from here on they count against the cap and as asked. */
export async function markSending(
  tx: Queryable,
  sending: readonly Pick<InvitationRow, 'id' | 'email'>[],
  now: Date,
): Promise<void> {
  if (sending.length === 0) return;
  const given = JSON.stringify(sending.map(({ id, email }) => ({ id, email })));
  await tx.execute(
    sql`update ${invitation} i set sent_at = ${now.toISOString()}::timestamptz, email = l.email
        from jsonb_to_recordset(${given}::jsonb) as l(id text, email text) where i.id = l.id`,
  );
}

/** What is kept of an invitation whose mail, or reminder, the email server took. */
export type SentInvitation = Pick<
  InvitationRow,
  'id' | 'sentAt' | 'expiresAt' | 'dueAt' | 'remindersSent' | 'language'
>;

export async function markSent(tx: Queryable, sent: readonly SentInvitation[]): Promise<void> {
  if (sent.length === 0) return;
  await tx.execute(
    sql`update ${invitation} i set status = 'sent', sent_at = s."sentAt", expires_at = s."expiresAt",
          due_at = s."dueAt", reminders_sent = s."remindersSent", language = s.language,
          claimed_until = null, waiting_for = null, attempts = 0
        from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb)
             as s(id text, "sentAt" timestamptz, "expiresAt" timestamptz, "dueAt" timestamptz,
                  "remindersSent" integer, language text)
        where i.id = s.id`,
  );
}
