import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { isOver } from '../../../platform/database/conditions.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { connection } from '../../connections/tables.ts';
import { type Clearance, invitation } from '../tables.ts';
import { type DueKey, ofKey } from './due-key.ts';
import type { InvitationRow } from './invitations.ts';
import { maySend } from './stopped-surveys.ts';

function isClaimable(db: Queryable, key: DueKey, now: Date): SQL | undefined {
  return and(
    ofKey(key),
    lte(invitation.dueAt, now),
    isOver(invitation.claimedUntil, now),
    isOver(invitation.clearedUntil, now),
    maySend(db),
  );
}

/** How many emails and reminders are due and not cleared; counted no further than `most`. */
export async function countDue(db: Queryable, key: DueKey, now: Date, most: number): Promise<number> {
  const found = await db
    .select({ id: invitation.id })
    .from(invitation)
    .where(isClaimable(db, key, now))
    .limit(most);
  return found.length;
}

/** How many emails and reminders of all workspaces are due and have not left, whatever they wait for. */
export function countDueEmails(db: Queryable, now: Date): Promise<number> {
  return db.$count(invitation, lte(invitation.dueAt, now));
}

/** Takes invitations whose email or reminder is due and not cleared, for a while. */
export async function claimDue(
  db: Queryable,
  key: DueKey,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<InvitationRow[]> {
  const due = db.$with('due').as(
    db
      .select({ id: invitation.id })
      .from(invitation)
      .where(isClaimable(db, key, now))
      .orderBy(asc(invitation.dueAt))
      .limit(limit)
      .for('update', { skipLocked: true }),
  );
  return db
    .with(due)
    .update(invitation)
    .set({ claimedUntil: until, clearedUntil: null })
    .where(inArray(invitation.id, db.select({ id: due.id }).from(due)))
    .returning();
}

/** Whoever had claimed invitations to recheck them is gone. */
export async function releaseClaimed(db: Queryable, key: DueKey): Promise<void> {
  const isRechecked = and(
    isNotNull(invitation.dueAt),
    isNotNull(invitation.claimedUntil),
    isNull(invitation.clearedUntil),
  );
  await db
    .update(invitation)
    .set({ claimedUntil: null })
    .where(and(ofKey(key), isRechecked));
}

/** How many wait to be sent. */
export async function countCleared(db: Queryable, key: DueKey, now: Date): Promise<number> {
  const [counted] = await db
    .select({ cleared: count() })
    .from(invitation)
    .where(and(ofKey(key), gt(invitation.clearedUntil, now)));
  return counted?.cleared ?? 0;
}

/** An email that may leave, to this address. */
export type ClearedInvitation = { id: string; email: string; emailServerId: string; clearance: Clearance };

/** They may leave until then: from here on they count against the daily cap. */
export async function clearInvitations(
  tx: Queryable,
  cleared: readonly ClearedInvitation[],
  until: Date,
): Promise<void> {
  if (cleared.length === 0) return;
  await tx.execute(
    sql`update ${invitation} i set cleared_until = ${until.toISOString()}::timestamptz, claimed_until = null,
          email = c.email, email_server_id = c."emailServerId", clearance = c.clearance
        from jsonb_to_recordset(${JSON.stringify(cleared)}::jsonb)
             as c(id text, email text, "emailServerId" text, clearance jsonb)
        where i.id = c.id`,
  );
}

/** When the next email or reminder may be rechecked: once it is due, and neither claimed nor cleared. */
export async function nextRecheck(db: Queryable, key: DueKey, now: Date): Promise<Date | undefined> {
  const [later] = await db
    .select({ at: invitation.dueAt })
    .from(invitation)
    .where(and(ofKey(key), gt(invitation.dueAt, now), maySend(db)))
    .orderBy(asc(invitation.dueAt))
    .limit(1);
  const freeAt = sql<Date | null>`min(greatest(${invitation.claimedUntil}, ${invitation.clearedUntil}))`;
  const [free] = await db
    .select({ at: freeAt.mapWith(invitation.dueAt) })
    .from(invitation)
    .where(
      and(
        ofKey(key),
        lte(invitation.dueAt, now),
        or(gt(invitation.claimedUntil, now), gt(invitation.clearedUntil, now)),
        maySend(db),
      ),
    );
  const times = [later?.at, free?.at].flatMap((at) => (at ? [at.getTime()] : []));
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/** The first email or reminder of each key that is due, whoever is at it. */
export async function nextRechecks(db: Queryable): Promise<{ key: string; at: Date }[]> {
  const first = (where: SQL) => sql`(select min(due_at) from ${invitation} where due_at is not null and ${where})`;
  const byConnection = await db
    .select({
      key: connection.id,
      at: first(sql`connection_id = ${connection.id}`).mapWith(invitation.dueAt),
    })
    .from(connection);
  const withoutConnection = await db
    .select({
      key: invitation.workspaceId,
      at: sql<Date>`min(${invitation.dueAt})`.mapWith(invitation.dueAt),
    })
    .from(invitation)
    .where(and(isNull(invitation.connectionId), isNotNull(invitation.dueAt)))
    .groupBy(invitation.workspaceId);
  return [...byConnection, ...withoutConnection].flatMap(({ key, at }) => (at ? [{ key, at }] : []));
}

/** The connections of a workspace that have something due. */
export async function listDueConnections(db: Queryable, workspaceId: string, now: Date): Promise<string[]> {
  const due = db
    .select({ one: sql`1` })
    .from(invitation)
    .where(and(eq(invitation.connectionId, connection.id), lte(invitation.dueAt, now)));
  const found = await db
    .select({ id: connection.id })
    .from(connection)
    .where(and(eq(connection.workspaceId, workspaceId), sql`exists (${due})`));
  return found.map(({ id }) => id);
}
