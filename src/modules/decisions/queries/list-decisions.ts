import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { TicketHandler } from '../../../model/ticket.ts';
import { equals, within } from '../../../platform/database/conditions.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { inOrder, type Page, readPage } from '../../../platform/database/page.ts';
import { connection } from '../../connections/tables.ts';
import { ofAddress } from '../../contacts/index.ts';
import { contact } from '../../contacts/tables.ts';
import { survey } from '../../surveys/tables.ts';
import { resolution, ticket } from '../../tickets/tables.ts';
import { decision, surveyRequest, verdict } from '../tables.ts';

export type DecisionFilter = {
  ticket?: string;
  email?: string;
  connection?: string;
  contact?: string;
  survey?: string;
  verdict?: 'asked' | 'waiting' | 'skipped';
  reason?: string;
  handler?: TicketHandler;
  requestedBy?: string;
  from?: Date;
  until?: Date;
};

const columns = {
  decidedAt: { of: decision.decidedAt, as: 'timestamptz' },
  id: { of: decision.id, as: 'uuid' },
} as const;
export const decisionOrders = ['decidedAt'] as const;

/** How much of the history of each is told: what is decided anew for long goes on growing. */
const mostHistory = 100;

/** The decision ledger. */
export async function listDecisions(db: Queryable, workspaceId: string, filter: DecisionFilter, page: Page) {
  const order = inOrder(columns, [{ by: 'decidedAt', descending: true }], page);
  const afterPlace = (place: readonly SQL[]) =>
    db
      .select({
        place: order.place,
        id: decision.id,
        connector: connection.connector,
        connection: connection.id,
        ticket: ticket.externalId,
        resolution: resolution.n,
        resolvedAt: resolution.resolvedAt,
        handler: resolution.handler,
        requesterBy: decision.requesterBy,
        requestedBy: surveyRequest.requestedBy,
        survey: survey.key,
        contact: decision.contactId,
        name: contact.name,
        verdict: decision.verdict,
        reason: decision.reason,
        reasonParams: decision.reasonParams,
        notes: decision.notes,
        decidedAt: decision.decidedAt,
        history: sql<
          { verdict: (typeof decision.verdict.enumValues)[number]; reason: string; reasonParams: object; at: string }[]
        >`(
        select coalesce(json_agg(json_build_object('verdict', v.verdict, 'reason', v.reason, 'reasonParams', v.reason_params, 'at', v.at)
                                 order by v.id), '[]'::json)
        from (select * from ${verdict} l where l.decision_id = ${decision.id} order by l.id desc limit ${mostHistory}) v)`,
      })
      .from(decision)
      .leftJoin(resolution, eq(resolution.id, decision.resolutionId))
      .leftJoin(ticket, eq(ticket.id, resolution.ticketId))
      .leftJoin(connection, eq(connection.id, ticket.connectionId))
      .leftJoin(surveyRequest, eq(surveyRequest.id, decision.surveyRequestId))
      .leftJoin(survey, eq(survey.id, decision.surveyId))
      .leftJoin(contact, eq(contact.id, decision.contactId))
      .where(
        and(
          eq(decision.workspaceId, workspaceId),
          ...equals(ticket.externalId, filter.ticket),
          ...ofAddress(workspaceId, decision.contactId, filter.email),
          ...equals(connection.id, filter.connection),
          ...equals(decision.contactId, filter.contact),
          ...equals(survey.key, filter.survey),
          ...equals(decision.verdict, filter.verdict),
          ...equals(decision.reason, filter.reason),
          ...equals(resolution.handler, filter.handler),
          ...equals(surveyRequest.requestedBy, filter.requestedBy),
          ...within(decision.decidedAt, filter),
          ...place,
        ),
      );
  return readPage(db, order, page, afterPlace);
}
