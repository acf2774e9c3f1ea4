import { and, eq, inArray, isNotNull, isNull, lt, ne, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { refusals } from '../../../platform/audit/queries.ts';
import { audit } from '../../../platform/audit/tables.ts';
import { isOver } from '../../../platform/database/conditions.ts';
import { type Queryable, rows } from '../../../platform/database/database.ts';
import { idempotency } from '../../../platform/idempotency/tables.ts';
import { workspace } from '../../../platform/workspaces/tables.ts';
import { decision, surveyRequest } from '../../decisions/tables.ts';
import { dryRun } from '../../dry-run/tables.ts';
import { event } from '../../events/tables.ts';
import { addressState, intent, invitation } from '../../invitations/tables.ts';
import { recordLink } from '../../records/tables.ts';
import { response } from '../../responses/tables.ts';
import { resolution } from '../../tickets/tables.ts';
import { contact, contactEmail } from '../tables.ts';

/** Deletes some of what is too old. @returns how many: fewer than `limit` when there are no more */
export type Expiry = (db: Queryable, limit: number) => Promise<number>;

/** Workspaces whose old data is to be looked for. */
export function dueRetention(db: Queryable, now: Date): Promise<{ id: string }[]> {
  return db.select({ id: workspace.id }).from(workspace).where(isOver(workspace.retentionDueAt, now));
}

export async function retainAgainAt(db: Queryable, id: string, at: Date): Promise<void> {
  await db.update(workspace).set({ retentionDueAt: at }).where(eq(workspace.id, id));
}

/**
 * What every workspace keeps for a time: answers remembered for callers who ask again, events that were looked at, and
 * the audit log.
 *
 * @param before what is older goes; `refused` is of what strangers caused in the audit log
 */
export function passing(
  workspaceId: string,
  before: { answers: Date; events: Date; audited: Date; refused: Date },
): Expiry[] {
  const { answers, events, audited, refused } = before;
  const ofAudit = eq(audit.workspaceId, workspaceId);
  return [
    removing(idempotency, and(eq(idempotency.workspaceId, workspaceId), lt(idempotency.at, answers))),
    removing(event, and(eq(event.workspaceId, workspaceId), lt(event.receivedAt, events), isNull(event.dueAt))),
    removing(audit, and(ofAudit, lt(audit.at, refused), inArray(audit.action, refusals))),
    removing(audit, and(ofAudit, lt(audit.at, audited))),
  ];
}

/**
 * What goes by age, contacts and their answers apart; in this order, each after what rests on it.
 *
 * @param before.retained what is older goes
 * @param before.asked that somebody was asked is kept until then all the same: quiet periods rest on it
 */
export function outdated(workspaceId: string, before: { retained: Date; asked: Date }, now: Date): Expiry[] {
  const { retained, asked } = before;
  const linked = (table: PgTable, column: string, id: SQL) =>
    sql`not exists (select 1 from ${table} t where t.${sql.identifier(column)} = ${id})`;
  return [
    removing(intent, and(eq(intent.workspaceId, workspaceId), lt(intent.at, retained))),
    removing(
      invitation,
      and(
        eq(invitation.workspaceId, workspaceId),
        lt(invitation.createdAt, asked),
        ne(invitation.status, 'scheduled'),
        isOver(invitation.expiresAt, now),
        linked(response, 'invitation_id', sql`${invitation.id}`),
      ),
    ),
    removing(
      decision,
      and(
        eq(decision.workspaceId, workspaceId),
        lt(decision.decidedAt, retained),
        linked(invitation, 'decision_id', sql`${decision.id}`),
      ),
    ),
    removing(
      surveyRequest,
      and(
        eq(surveyRequest.workspaceId, workspaceId),
        lt(surveyRequest.createdAt, retained),
        linked(decision, 'survey_request_id', sql`${surveyRequest.id}`),
      ),
    ),
    removing(
      dryRun,
      and(eq(dryRun.workspaceId, workspaceId), lt(dryRun.createdAt, retained), isNotNull(dryRun.endedAt)),
    ),
    // Of a contact who is still here it stays as long as they have the address.
    removing(
      addressState,
      and(
        eq(addressState.workspaceId, workspaceId),
        lt(addressState.at, retained),
        sql`not exists (select 1 from ${contactEmail} e
          where e.workspace_id = ${addressState.workspaceId} and e.address = ${addressState.address})`,
      ),
    ),
    forgetAgents(workspaceId, retained),
  ];
}

/** Who had a ticket, and what it was about. That it was resolved stays, so that it is not taken for a new one. */
function forgetAgents(workspaceId: string, before: Date): Expiry {
  return async (db, limit) => {
    const forgotten = await rows(
      db,
      sql`update ${resolution} set agent = null, "group" = null, subject = null where ctid = any(array(
            select r.ctid from ${resolution} r
            where r.workspace_id = ${workspaceId} and r.resolved_at < ${before.toISOString()}::timestamptz
              and coalesce(r.agent, r."group", r.subject) is not null
              and not exists (select 1 from ${invitation} i where i.resolution_id = r.id) limit ${limit}))
          returning 1 as one`,
    );
    return forgotten.length;
  };
}

/** By place, so that a batch needs no key; a row that changes at that moment is left for the next time. */
function removing(table: PgTable, where: SQL | undefined): Expiry {
  return async (db, limit) => {
    const removed = await rows(
      db,
      sql`delete from ${table} where ctid = any(array(select ctid from ${table} where ${where} limit ${limit}))
          returning 1 as one`,
    );
    return removed.length;
  };
}

/**
 * Records of contacts who were erased that could not be cleared get another chance each day, and are given up in the
 * end. @returns how many were given up
 */
export async function retryClearing(
  db: Queryable,
  workspaceId: string,
  { now, giveUpBefore }: { now: Date; giveUpBefore: Date },
): Promise<number> {
  const erased = and(eq(contact.workspaceId, workspaceId), isNotNull(contact.erasedAt));
  const given = await db
    .delete(contact)
    .where(and(erased, lt(contact.erasedAt, giveUpBefore)))
    .returning({ id: contact.id });
  await db
    .update(recordLink)
    .set({ dueAt: now, failedAt: null, attempts: 0 })
    .where(
      and(isNotNull(recordLink.failedAt), sql`${recordLink.contactId} in (select id from ${contact} where ${erased})`),
    );
  return given.length;
}
