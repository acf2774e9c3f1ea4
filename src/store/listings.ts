import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Queryable } from './database.ts';
import {
  connection,
  contact,
  copy,
  decision,
  invitation,
  notice,
  resolution,
  response,
  score,
  survey,
  ticket,
  verdict,
} from './tables/index.ts';

/** A page of a list, newest first: what stands before `before` in the list's order. */
export type Page = { limit: number; before?: { at: Date; id: string } };

export type Filter = { ticket?: string; email?: string; connection?: string };

/** Newest first, by time and then by id, so that a page ends at a place that stays where it is. */
function beforePage(at: PgColumn, id: PgColumn, { before }: Page): SQL[] {
  if (!before) return [];
  return [sql`(${at}, ${id}::text) < (${before.at.toISOString()}::timestamptz, ${before.id})`];
}

function ofTicket(filter: Filter): SQL[] {
  return filter.ticket === undefined ? [] : [eq(ticket.externalId, filter.ticket)];
}

function ofPerson(column: PgColumn, filter: Filter): SQL[] {
  if (filter.email === undefined) return [];
  return [sql`${column} in (select contact_id from contact_email where address = ${filter.email})`];
}

const ofConnection = (filter: Filter) =>
  filter.connection === undefined ? [] : [eq(connection.id, filter.connection)];

/** The decision ledger. */
export async function listDecisions(db: Queryable, workspaceId: string, filter: Filter, page: Page) {
  const found = await db
    .select({
      id: decision.id,
      connector: connection.connector,
      connection: connection.id,
      ticket: ticket.externalId,
      resolution: resolution.n,
      resolvedAt: resolution.resolvedAt,
      survey: survey.key,
      contact: decision.contactId,
      name: contact.name,
      verdict: decision.verdict,
      reason: decision.reason,
      because: decision.because,
      notes: decision.notes,
      decidedAt: decision.decidedAt,
      history: sql<{ verdict: string; reason: string; because: string; at: string }[]>`(
        select coalesce(json_agg(json_build_object('verdict', v.verdict, 'reason', v.reason, 'because', v.because, 'at', v.at)
                                 order by v.id), '[]'::json)
        from ${verdict} v where v.decision_id = ${decision.id})`,
    })
    .from(decision)
    .innerJoin(resolution, eq(resolution.id, decision.resolutionId))
    .innerJoin(ticket, eq(ticket.id, resolution.ticketId))
    .innerJoin(connection, eq(connection.id, ticket.connectionId))
    .leftJoin(survey, eq(survey.id, decision.surveyId))
    .leftJoin(contact, eq(contact.id, decision.contactId))
    .where(
      and(
        eq(decision.workspaceId, workspaceId),
        ...ofTicket(filter),
        ...ofPerson(decision.contactId, filter),
        ...ofConnection(filter),
        ...beforePage(decision.decidedAt, decision.id, page),
      ),
    )
    .orderBy(desc(decision.decidedAt), desc(sql`${decision.id}::text`))
    .limit(page.limit);
  return found.map((row) => ({ ...row, at: row.decidedAt }));
}

export async function listInvitations(db: Queryable, workspaceId: string, filter: Filter, page: Page) {
  const found = await db
    .select({
      id: invitation.decisionId,
      cursor: invitation.id,
      connector: connection.connector,
      connection: connection.id,
      ticket: ticket.externalId,
      survey: survey.key,
      surveyVersion: invitation.surveyVersion,
      contact: invitation.contactId,
      name: contact.name,
      email: invitation.email,
      status: invitation.status,
      dueAt: invitation.dueAt,
      waitingFor: invitation.waitingFor,
      sentAt: invitation.sentAt,
      expiresAt: invitation.expiresAt,
      remindersSent: invitation.remindersSent,
      endedBecause: invitation.endedBecause,
      firstIntent: sql<number | null>`(
        select rating from intent where invitation_id = ${invitation.id} and rating is not null order by id limit 1)`,
      createdAt: invitation.createdAt,
    })
    .from(invitation)
    .innerJoin(ticket, eq(ticket.id, invitation.ticketId))
    .innerJoin(connection, eq(connection.id, ticket.connectionId))
    .innerJoin(survey, eq(survey.id, invitation.surveyId))
    .innerJoin(contact, eq(contact.id, invitation.contactId))
    .where(
      and(
        eq(invitation.workspaceId, workspaceId),
        ...ofTicket(filter),
        ...ofPerson(invitation.contactId, filter),
        ...ofConnection(filter),
        ...beforePage(invitation.createdAt, invitation.id, page),
      ),
    )
    .orderBy(desc(invitation.createdAt), desc(invitation.id))
    .limit(page.limit);
  return found.map((row) => ({ ...row, at: row.createdAt }));
}

/** Responses, each with what became of the person's score in every system. */
export async function listResponses(db: Queryable, workspaceId: string, filter: Filter, page: Page) {
  const found = await db
    .select({
      id: response.id,
      connector: connection.connector,
      connection: connection.id,
      ticket: ticket.externalId,
      survey: survey.key,
      surveyVersion: response.surveyVersion,
      contact: response.contactId,
      name: contact.name,
      metric: response.metric,
      scale: response.scale,
      rating: response.rating,
      comment: response.comment,
      confirmedBy: response.confirmedBy,
      onRecord: response.onRecord,
      agent: resolution.agent,
      group: resolution.group,
      answeredAt: response.answeredAt,
      ratedAt: response.ratedAt,
      changedAt: response.changedAt,
      records: sql<
        { connector: string; state: string; record: string | null; outcome: string | null; upToDate: boolean }[]
      >`(
        select coalesce(json_agg(json_build_object('connector', k.connector, 'connection', k.id, 'record', c.external_id,
                 'state', c.state, 'outcome', c.outcome, 'upToDate', c.written_revision = s.revision) order by k.created_at), '[]'::json)
        from ${copy} c join ${connection} k on k.id = c.connection_id join ${score} s on s.contact_id = c.contact_id
        where c.contact_id = ${response.contactId})`,
    })
    .from(response)
    .innerJoin(invitation, eq(invitation.id, response.invitationId))
    .innerJoin(resolution, eq(resolution.id, invitation.resolutionId))
    .innerJoin(ticket, eq(ticket.id, invitation.ticketId))
    .innerJoin(connection, eq(connection.id, ticket.connectionId))
    .innerJoin(survey, eq(survey.id, response.surveyId))
    .innerJoin(contact, eq(contact.id, response.contactId))
    .where(
      and(
        eq(response.workspaceId, workspaceId),
        ...ofTicket(filter),
        ...ofPerson(response.contactId, filter),
        ...ofConnection(filter),
        ...beforePage(response.answeredAt, response.id, page),
      ),
    )
    .orderBy(desc(response.answeredAt), desc(sql`${response.id}::text`))
    .limit(page.limit);
  return found.map((row) => ({ ...row, at: row.answeredAt }));
}

export async function listNotices(db: Queryable, workspaceId: string, filter: Filter, page: Page) {
  const found = await db
    .select({
      id: sql<string>`${notice.id}::text`,
      connector: connection.connector,
      connection: connection.id,
      kind: notice.kind,
      objectId: notice.objectId,
      intoId: notice.intoId,
      happenedAt: notice.happenedAt,
      receivedAt: notice.receivedAt,
      waiting: sql<boolean>`${notice.dueAt} is not null`,
      attempts: notice.attempts,
      outcome: notice.outcome,
    })
    .from(notice)
    .innerJoin(connection, eq(connection.id, notice.connectionId))
    .where(
      and(
        eq(notice.workspaceId, workspaceId),
        ...(filter.ticket === undefined
          ? []
          : [eq(notice.objectId, filter.ticket), sql`${notice.kind} like 'ticket.%'`]),
        ...ofConnection(filter),
        ...beforePage(notice.receivedAt, notice.id, page),
      ),
    )
    .orderBy(desc(notice.receivedAt), desc(sql`${notice.id}::text`))
    .limit(page.limit);
  return found.map((row) => ({ ...row, at: row.receivedAt }));
}
