import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from './database.ts';
import { connection, copy, decision, invitation, survey } from './tables/index.ts';

/** How many emails of each survey wait for this reason. */
export async function countWaiting(
  db: Queryable,
  workspaceId: string,
  reason: 'daily_cap' | 'mail_refused',
): Promise<{ survey: string; mails: number }[]> {
  return db
    .select({ survey: survey.key, mails: sql<number>`count(*)::int` })
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

/** How many records could be of two people, on connections that there are. */
export async function countAmbiguous(db: Queryable, workspaceId: string): Promise<number> {
  const [counted] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(copy)
    .innerJoin(connection, eq(connection.id, copy.connectionId))
    .where(and(eq(copy.workspaceId, workspaceId), eq(copy.state, 'ambiguous'), sql`${connection.status} <> 'retired'`));
  return counted?.count ?? 0;
}
