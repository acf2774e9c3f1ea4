import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { connection } from '../../connections/tables.ts';
import { decision } from '../../decisions/tables.ts';
import { invitation } from '../../invitations/tables.ts';
import { recordLink } from '../../records/tables.ts';
import { survey } from '../../surveys/tables.ts';

/** How many emails of each survey wait for this reason. */
export async function countWaiting(
  db: Queryable,
  workspaceId: string,
  reason: 'daily_cap' | 'email_refused',
): Promise<{ survey: string; emails: number }[]> {
  return db
    .select({ survey: survey.key, emails: sql<number>`count(*)::int` })
    .from(invitation)
    .innerJoin(decision, eq(decision.id, invitation.decisionId))
    .innerJoin(survey, eq(survey.id, invitation.surveyId))
    .where(
      and(
        eq(invitation.workspaceId, workspaceId),
        eq(invitation.status, 'scheduled'),
        eq(decision.verdict, 'waiting'),
        eq(decision.reason, reason),
      ),
    )
    .groupBy(survey.key)
    .orderBy(survey.key);
}

/** How many records could be of two contacts, on connections that there are. */
export async function countAmbiguous(db: Queryable, workspaceId: string): Promise<number> {
  const [counted] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(recordLink)
    .innerJoin(connection, eq(connection.id, recordLink.connectionId))
    .where(
      and(
        eq(recordLink.workspaceId, workspaceId),
        eq(recordLink.state, 'ambiguous'),
        sql`${connection.status} <> 'disconnected'`,
      ),
    );
  return counted?.count ?? 0;
}
