import { and, desc, eq, gt, isNotNull, notInArray, sql } from 'drizzle-orm';
import { audit } from '../../../platform/audit/tables.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { workspace } from '../../../platform/workspaces/tables.ts';
import { invitation } from '../../invitations/tables.ts';
import { member, user } from '../tables.ts';

/** What is counted, and from when on. */
type Counted = { workspaceId: string; since: Date };

/** Holds the counting of one kind for the rest of the transaction, so that no two requests use up the same place. */
export async function lockCount(tx: Queryable, workspaceId: string, kind: 'test' | 'team.invite'): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${workspaceId} ${kind}`}, 0))`);
}

/**
 * When the test was asked for that is this many back, the newest being the first. Those to members of the team and to
 * the workspace's own addresses and domains do not count.
 */
export async function nthTestToOthers(
  tx: Queryable,
  { workspaceId, since }: Counted,
  nth: number,
): Promise<Date | undefined> {
  const members = tx
    .select({ email: sql<string>`lower(${user.email})` })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, workspaceId));
  const domain = sql`'.' || split_part(${invitation.email}, '@', 2)`;
  const isOwn = sql`exists (
    select 1 from jsonb_array_elements_text(${workspace.ownAddresses}) own where lower(own) = ${invitation.email}
    union all
    select 1 from jsonb_array_elements_text(${workspace.ownDomains}) own
    where right(${domain}, length(own) + 1) = '.' || lower(own)
  )`;
  const [found] = await tx
    .select({ at: invitation.createdAt })
    .from(invitation)
    .innerJoin(workspace, eq(workspace.id, invitation.workspaceId))
    .where(
      and(
        eq(invitation.workspaceId, workspaceId),
        gt(invitation.createdAt, since),
        eq(invitation.test, true),
        isNotNull(invitation.surveyRequestId),
        notInArray(invitation.email, members),
        sql`not ${isOwn}`,
      ),
    )
    .orderBy(desc(invitation.createdAt))
    .offset(nth - 1)
    .limit(1);
  return found?.at;
}

/** The same of invitations to the team, also of those that were taken back. */
export async function nthTeamInvitation(
  tx: Queryable,
  { workspaceId, since }: Counted,
  nth: number,
): Promise<Date | undefined> {
  const [found] = await tx
    .select({ at: audit.at })
    .from(audit)
    .where(and(eq(audit.workspaceId, workspaceId), gt(audit.at, since), eq(audit.action, 'team.invite')))
    .orderBy(desc(audit.at))
    .offset(nth - 1)
    .limit(1);
  return found?.at;
}
