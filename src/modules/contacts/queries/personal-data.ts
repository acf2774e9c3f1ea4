import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Queryable } from '../../../platform/database/database.ts';
import { connection } from '../../connections/tables.ts';
import { decision, surveyRequest, verdict } from '../../decisions/tables.ts';
import { event } from '../../events/tables.ts';
import { intent, invitation } from '../../invitations/tables.ts';
import { crmFields, recordLink } from '../../records/tables.ts';
import { response } from '../../responses/tables.ts';
import { survey } from '../../surveys/tables.ts';
import { resolution, ticket } from '../../tickets/tables.ts';
import { contact, contactEmail, contactKey, unsubscription } from '../tables.ts';
import { addressStatesOfContact } from './address-states.ts';

/** Everything that is held on a contact, by what it is; of each the newest, so many at most. */
export async function readPersonalData(db: Queryable, contactId: string, limit: number) {
  const [known] = await db.select().from(contact).where(eq(contact.id, contactId));
  const [standing] = await db.select().from(crmFields).where(eq(crmFields.contactId, contactId));
  const of = { contactId, limit };
  return {
    contact: known,
    standing,
    formerNames: await db.select({ name: contact.name }).from(contact).where(eq(contact.mergedInto, contactId)),
    addresses: await db.select().from(contactEmail).where(eq(contactEmail.contactId, contactId)),
    addressStates: await addressStatesOfContact(db, contactId),
    keys: await db.select().from(contactKey).where(eq(contactKey.contactId, contactId)),
    unsubscriptions: await db
      .select({ survey: survey.key, at: unsubscription.at })
      .from(unsubscription)
      .innerJoin(survey, eq(survey.id, unsubscription.surveyId))
      .where(eq(unsubscription.contactId, contactId)),
    records: await recordsOf(db, contactId),
    tickets: await ticketsOf(db, of),
    decisions: await decisionsOf(db, of),
    surveyRequests: await db
      .select({ surveyRequest, survey: survey.key })
      .from(surveyRequest)
      .innerJoin(survey, eq(survey.id, surveyRequest.surveyId))
      .where(eq(surveyRequest.contactId, contactId))
      .orderBy(desc(surveyRequest.createdAt))
      .limit(limit),
    invitations: await invitationsOf(db, of),
    responses: await db
      .select({ response, survey: survey.key, ticket: ticketNumber(invitation.resolutionId) })
      .from(response)
      .innerJoin(survey, eq(survey.id, response.surveyId))
      .leftJoin(invitation, eq(invitation.id, response.invitationId))
      .where(eq(response.contactId, contactId))
      .orderBy(desc(response.answeredAt))
      .limit(limit),
    events: await eventsAbout(db, of),
  };
}

type Of = { contactId: string; limit: number };

function recordsOf(db: Queryable, contactId: string) {
  return db
    .select({ recordLink, connector: connection.connector, account: connection.account })
    .from(recordLink)
    .innerJoin(connection, eq(connection.id, recordLink.connectionId))
    .where(eq(recordLink.contactId, contactId))
    .orderBy(asc(connection.createdAt));
}

async function ticketsOf(db: Queryable, { contactId, limit }: Of) {
  const tickets = await db
    .select({ ticket, connector: connection.connector })
    .from(ticket)
    .innerJoin(connection, eq(connection.id, ticket.connectionId))
    .where(eq(ticket.contactId, contactId))
    .orderBy(desc(ticket.refreshedAt))
    .limit(limit);
  const ids = tickets.map((row) => row.ticket.id);
  const resolutions =
    ids.length === 0
      ? []
      : await db.select().from(resolution).where(inArray(resolution.ticketId, ids)).orderBy(asc(resolution.n));
  return tickets.map((row) => ({ ...row, resolutions: resolutions.filter((one) => one.ticketId === row.ticket.id) }));
}

async function decisionsOf(db: Queryable, { contactId, limit }: Of) {
  const decisions = await db
    .select({ decision, survey: survey.key, ticket: ticketNumber(decision.resolutionId) })
    .from(decision)
    .leftJoin(survey, eq(survey.id, decision.surveyId))
    .where(eq(decision.contactId, contactId))
    .orderBy(desc(decision.decidedAt))
    .limit(limit);
  const ids = decisions.map((row) => row.decision.id);
  const verdicts =
    ids.length === 0
      ? []
      : await db.select().from(verdict).where(inArray(verdict.decisionId, ids)).orderBy(asc(verdict.id));
  return decisions.map((row) => ({ ...row, history: verdicts.filter((one) => one.decisionId === row.decision.id) }));
}

async function invitationsOf(db: Queryable, { contactId, limit }: Of) {
  const invitations = await db
    .select({ invitation, survey: survey.key, ticket: ticketNumber(invitation.resolutionId) })
    .from(invitation)
    .innerJoin(survey, eq(survey.id, invitation.surveyId))
    .where(eq(invitation.contactId, contactId))
    .orderBy(desc(invitation.createdAt))
    .limit(limit);
  const ids = invitations.map((row) => row.invitation.id);
  const intents =
    ids.length === 0
      ? []
      : await db.select().from(intent).where(inArray(intent.invitationId, ids)).orderBy(desc(intent.id)).limit(limit);
  return invitations.map((row) => ({
    ...row,
    opened: intents.filter((one) => one.invitationId === row.invitation.id).reverse(),
  }));
}

function eventsAbout(db: Queryable, { contactId, limit }: Of) {
  return db
    .select({ event, connector: connection.connector })
    .from(event)
    .innerJoin(connection, eq(connection.id, event.connectionId))
    .innerJoin(
      recordLink,
      and(eq(recordLink.connectionId, event.connectionId), eq(recordLink.recordId, event.objectId)),
    )
    .where(and(eq(recordLink.contactId, contactId), sql`${event.kind} like 'contact.%'`))
    .orderBy(desc(event.id))
    .limit(limit);
}

/** As `connector:4711`; nothing where no ticket was the occasion. */
function ticketNumber(resolutionId: PgColumn): SQL<string | null> {
  return sql<string | null>`(
    select k.connector || ':' || t.external_id from ${resolution} r
    join ${ticket} t on t.id = r.ticket_id join ${connection} k on k.id = t.connection_id
    where r.id = ${resolutionId})`;
}
