import { and, eq, inArray, lte, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { DecisionReason } from '../../../model/messages/decision-reason.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { survey } from '../../surveys/tables.ts';
import { invitation } from '../tables.ts';
import { type DueKey, ofKey } from './due-key.ts';
import type { InvitationRow } from './invitations.ts';

/** Of invitations: whether their survey lets emails leave. What one of our own tries out leaves all the same. */
export function maySend(db: Queryable): SQL | undefined {
  const paused = db.select({ id: survey.id }).from(survey).where(eq(survey.status, 'paused'));
  return or(eq(invitation.test, true), notInArray(invitation.surveyId, paused));
}

/** Emails of paused surveys that are due and of which the ledger does not say so yet. */
export function pausedEmails(db: Queryable, key: DueKey, now: Date, reason: DecisionReason): Promise<InvitationRow[]> {
  return stopped(
    db,
    ['paused'],
    [
      ofKey(key),
      lte(invitation.dueAt, now),
      sql`${invitation.waitingFor} is distinct from ${JSON.stringify(reason)}::jsonb`,
    ],
  );
}

/** Emails that are due and of which the ledger does not say yet that they wait for this. */
export function listNotYetDeferred(
  db: Queryable,
  key: DueKey,
  now: Date,
  reason: DecisionReason,
): Promise<InvitationRow[]> {
  return db
    .select()
    .from(invitation)
    .where(
      and(
        ofKey(key),
        eq(invitation.status, 'scheduled'),
        lte(invitation.dueAt, now),
        sql`${invitation.waitingFor} is distinct from ${JSON.stringify(reason)}::jsonb`,
        maySend(db),
      ),
    )
    .limit(1000);
}

/** Emails, due or not, of surveys that ask nobody any more. */
export function unpublishedEmails(db: Queryable): Promise<InvitationRow[]> {
  return stopped(db, ['draft', 'unpublished'], []);
}

async function stopped(
  db: Queryable,
  statuses: (typeof survey.status.enumValues)[number][],
  where: readonly (SQL | undefined)[],
): Promise<InvitationRow[]> {
  const found = await db
    .select({ invitation })
    .from(invitation)
    .innerJoin(survey, eq(survey.id, invitation.surveyId))
    .where(
      and(eq(invitation.status, 'scheduled'), eq(invitation.test, false), inArray(survey.status, statuses), ...where),
    )
    .limit(1000);
  return found.map((row) => row.invitation);
}
