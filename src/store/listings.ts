import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Queryable } from './database.ts';
import { beforePage, type Filter, ofConnection, ofPerson, ofTicket, type Page } from './listing-page.ts';
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

type CopyShown = {
  connector: string;
  connection: string;
  record: string | null;
  state: string;
  outcome: string | null;
  upToDate: boolean;
};

/** A person's copies, each with what became of it; names of its own, so that it may stand in any list. */
function recordsOf(contactId: PgColumn): SQL<CopyShown[]> {
  return sql`(
    select coalesce(json_agg(json_build_object('connector', k.connector, 'connection', k.id, 'record', c.external_id,
             'state', c.state, 'outcome', c.outcome, 'upToDate', c.written_revision = s.revision) order by k.created_at), '[]'::json)
    from ${copy} c join ${connection} k on k.id = c.connection_id left join ${score} s on s.contact_id = c.contact_id
    where c.contact_id = ${contactId})`;
}

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
      ticketMark: ticket.markOutcome,
      records: recordsOf(response.contactId),
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

/** People, each with what should stand on their records and what became of every copy. */
export async function listContacts(db: Queryable, workspaceId: string, filter: Filter, page: Page) {
  const found = await db
    .select({
      id: contact.id,
      name: contact.name,
      emails: sql<string[]>`(select coalesce(json_agg(e.address order by e.address), '[]'::json)
        from contact_email e where e.contact_id = ${contact.id})`,
      language: contact.language,
      unsubscribedAt: contact.unsubscribedAt,
      bouncedAt: contact.bouncedAt,
      lastAskedAt: contact.lastAskedAt,
      score: score.values,
      records: recordsOf(contact.id),
      at: contact.createdAt,
    })
    .from(contact)
    .leftJoin(score, eq(score.contactId, contact.id))
    .where(
      and(
        eq(contact.workspaceId, workspaceId),
        isNull(contact.mergedInto),
        isNull(contact.erasedAt),
        ...ofPerson(contact.id, filter),
        ...beforePage(contact.createdAt, contact.id, page),
      ),
    )
    .orderBy(desc(contact.createdAt), desc(sql`${contact.id}::text`))
    .limit(page.limit);
  return found;
}
