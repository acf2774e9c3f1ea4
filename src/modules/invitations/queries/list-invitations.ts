import { and, eq, type SQL, sql } from 'drizzle-orm';
import { equals, present, within } from '../../../platform/database/conditions.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { inOrder, type Page, readPage } from '../../../platform/database/page.ts';
import { connection } from '../../connections/tables.ts';
import { ofAddress } from '../../contacts/index.ts';
import { contact } from '../../contacts/tables.ts';
import { surveyRequest } from '../../decisions/tables.ts';
import { survey } from '../../surveys/tables.ts';
import { ticket } from '../../tickets/tables.ts';
import { invitation } from '../tables.ts';

export type InvitationFilter = {
  ticket?: string;
  email?: string;
  connection?: string;
  contact?: string;
  survey?: string;
  status?: (typeof invitation.status.enumValues)[number];
  waiting?: boolean;
  language?: string;
  requestedBy?: string;
  test?: boolean;
  from?: Date;
  until?: Date;
};

const columns = {
  createdAt: { of: invitation.createdAt, as: 'timestamptz' },
  dueAt: { of: invitation.dueAt, as: 'timestamptz', nullable: true },
  sentAt: { of: invitation.sentAt, as: 'timestamptz', nullable: true },
  // Its own id is half of its link, and stays here.
  id: { of: sql`md5(${invitation.id})`, as: 'text' },
} as const;
export const invitationOrders = ['createdAt', 'dueAt', 'sentAt'] as const;

/** Each named by its decision. */
export async function listInvitations(db: Queryable, workspaceId: string, filter: InvitationFilter, page: Page) {
  const order = inOrder(columns, [{ by: 'createdAt', descending: true }], page);
  const afterPlace = (place: readonly SQL[]) =>
    db
      .select({
        place: order.place,
        id: invitation.decisionId,
        connector: connection.connector,
        connection: connection.id,
        ticket: ticket.externalId,
        requestedBy: surveyRequest.requestedBy,
        survey: survey.key,
        surveyVersion: invitation.surveyVersion,
        contact: invitation.contactId,
        name: contact.name,
        email: invitation.email,
        language: invitation.language,
        test: invitation.test,
        status: invitation.status,
        dueAt: invitation.dueAt,
        waitingFor: invitation.waitingFor,
        sentAt: invitation.sentAt,
        expiresAt: invitation.expiresAt,
        remindersSent: invitation.remindersSent,
        endReason: invitation.endReason,
        firstIntent: sql<number | null>`(
        select rating from intent where invitation_id = ${invitation.id} and rating is not null order by id limit 1)`,
        createdAt: invitation.createdAt,
      })
      .from(invitation)
      .innerJoin(survey, eq(survey.id, invitation.surveyId))
      .innerJoin(contact, eq(contact.id, invitation.contactId))
      .leftJoin(ticket, eq(ticket.id, invitation.ticketId))
      .leftJoin(connection, eq(connection.id, ticket.connectionId))
      .leftJoin(surveyRequest, eq(surveyRequest.id, invitation.surveyRequestId))
      .where(
        and(
          eq(invitation.workspaceId, workspaceId),
          ...equals(ticket.externalId, filter.ticket),
          ...ofAddress(workspaceId, invitation.contactId, filter.email),
          ...equals(connection.id, filter.connection),
          ...equals(invitation.contactId, filter.contact),
          ...equals(survey.key, filter.survey),
          ...equals(invitation.status, filter.status),
          ...present(invitation.waitingFor, filter.waiting),
          ...equals(invitation.language, filter.language),
          ...equals(surveyRequest.requestedBy, filter.requestedBy),
          ...equals(invitation.test, filter.test),
          ...within(invitation.createdAt, filter),
          ...place,
        ),
      );
  return readPage(db, order, page, afterPlace);
}
