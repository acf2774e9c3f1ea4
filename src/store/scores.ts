import { and, eq, sql } from 'drizzle-orm';
import type { Response } from '../domain/response.ts';
import { metricsIn, type ScoreChange, scoreValues } from '../domain/score.ts';
import type { Queryable } from './database.ts';
import { ensureCopies } from './records.ts';
import { connection, contact, copy, invitation, resolution, response, score, survey, ticket } from './tables/index.ts';

/**
 * Computes anew what should stand on a person's records. When that changed, the revision grows and every copy is
 * behind; call within the transaction that changed what it rests on, with the person's row held.
 *
 * @param why.change absent when only the date of asking moved
 * @param why.anew whether every copy is behind even when nothing changed
 * @returns the connections that have something to write
 */
export async function refreshScore(
  tx: Queryable,
  person: { workspaceId: string; contactId: string },
  now: Date,
  { change, anew = false }: { change?: ScoreChange; anew?: boolean } = {},
): Promise<string[]> {
  const { workspaceId, contactId } = person;
  const [before] = await tx.select().from(score).where(eq(score.contactId, contactId));
  const [asked] = await tx.select({ at: contact.lastAskedAt }).from(contact).where(eq(contact.id, contactId));
  const lastChange = change ?? before?.lastChange ?? null;
  const values = scoreValues(await responsesOnRecord(tx, contactId), {
    known: before ? metricsIn(before.values) : [],
    lastChange,
    lastAskedAt: asked?.at ?? null,
  });
  if (before && !anew && sameValues(before.values, values)) return [];
  const revision = (before?.revision ?? 0) + 1;
  const kept = { revision, values, lastChange, changedAt: now };
  await tx
    .insert(score)
    .values({ contactId, workspaceId, ...kept })
    .onConflictDoUpdate({ target: score.contactId, set: kept });
  await ensureCopies(tx, workspaceId, contactId);
  return markBehind(tx, contactId, now);
}

/** The person's copies are to be written from `now` on. A record known to be gone waits for news of it. */
async function markBehind(tx: Queryable, contactId: string, now: Date): Promise<string[]> {
  const behind = await tx
    .update(copy)
    .set({
      // A failure that is waiting out its time keeps waiting; what was parked gets another chance with new values.
      dueAt: sql`case when ${copy.dueAt} > ${now.toISOString()}::timestamptz and ${copy.attempts} > 0
                      then ${copy.dueAt} else ${now.toISOString()}::timestamptz end`,
      attempts: sql`case when ${copy.parkedAt} is null then ${copy.attempts} else 0 end`,
      parkedAt: null,
    })
    .from(connection)
    .where(
      and(
        eq(copy.contactId, contactId),
        eq(connection.id, copy.connectionId),
        eq(connection.writes, true),
        sql`${copy.state} in ('wanted', 'present')`,
      ),
    )
    .returning({ connectionId: copy.connectionId });
  return [...new Set(behind.map((row) => row.connectionId))];
}

async function responsesOnRecord(tx: Queryable, contactId: string): Promise<Response[]> {
  const found = await tx
    .select({
      response,
      survey: survey.key,
      connector: connection.connector,
      ticket: ticket.externalId,
      agent: resolution.agent,
    })
    .from(response)
    .innerJoin(survey, eq(survey.id, response.surveyId))
    .leftJoin(invitation, eq(invitation.id, response.invitationId))
    .leftJoin(resolution, eq(resolution.id, invitation.resolutionId))
    .leftJoin(ticket, eq(ticket.id, invitation.ticketId))
    .leftJoin(connection, eq(connection.id, ticket.connectionId))
    .where(and(eq(response.contactId, contactId), eq(response.onRecord, true)));
  return found.map((row) => ({
    ...row.response,
    survey: row.survey,
    ticket: row.ticket === null ? null : `${row.connector}:${row.ticket}`,
    agent: row.agent,
  }));
}

function sameValues(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
