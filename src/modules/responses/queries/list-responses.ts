import { and, eq, gte, lte, type SQL, sql } from 'drizzle-orm';
import { type Category, category, highestPoints, metric as metrics, points, scaleFor } from '../../../model/scale.ts';
import type { TicketHandler } from '../../../model/ticket.ts';
import { contains, equals, present, within } from '../../../platform/database/conditions.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { inOrder, type Page, readPage } from '../../../platform/database/page.ts';
import { connection } from '../../connections/tables.ts';
import { listContactRecords, ofAddress } from '../../contacts/index.ts';
import { contact } from '../../contacts/tables.ts';
import { invitation } from '../../invitations/tables.ts';
import { resolution, ticket } from '../../tickets/tables.ts';
import { response } from '../tables.ts';

export type ResponseFilter = {
  id?: string;
  ticket?: string;
  email?: string;
  connection?: string;
  contact?: string;
  survey?: string;
  metric?: (typeof response.metric.enumValues)[number];
  status?: (typeof response.status.enumValues)[number];
  category?: Category;
  ratingFrom?: number;
  ratingUntil?: number;
  hasComment?: boolean;
  /** Words in the comment. */
  search?: string;
  agent?: string;
  group?: string;
  handler?: TicketHandler;
  /** That the ticket had. */
  tag?: string;
  channel?: string;
  onRecord?: boolean;
  mayContact?: boolean;
  beforeReopening?: boolean;
  language?: string;
  test?: boolean;
  from?: Date;
  until?: Date;
};

const columns = {
  answeredAt: { of: response.answeredAt, as: 'timestamptz' },
  changedAt: { of: response.changedAt, as: 'timestamptz' },
  rating: { of: response.rating, as: 'integer' },
  // Who wrote something comes first; nobody looks for comments in the order of their emails.
  comment: {
    of: sql`(case when ${response.comment} is not null then ${response.answeredAt} end)`,
    as: 'timestamptz',
    nullable: true,
  },
  agent: { of: response.agent, as: 'text', nullable: true },
  survey: { of: response.surveyKey, as: 'text' },
  id: { of: response.id, as: 'uuid' },
} as const;
export const responseOrders = ['answeredAt', 'changedAt', 'rating', 'comment', 'agent', 'survey'] as const;

/** Responses, each with what became of the contact's score in every system. */
export async function listResponses(db: Queryable, workspaceId: string, filter: ResponseFilter, page: Page) {
  const order = inOrder(columns, [{ by: 'answeredAt', descending: true }], page);
  const afterPlace = (place: readonly SQL[]) =>
    db
      .select({
        place: order.place,
        id: response.id,
        connector: connection.connector,
        connection: connection.id,
        ticket: ticket.externalId,
        survey: response.surveyKey,
        surveyVersion: response.surveyVersion,
        contact: response.contactId,
        name: contact.name,
        metric: response.metric,
        scale: response.scale,
        rating: response.rating,
        comment: response.comment,
        status: response.status,
        statusReason: response.statusReason,
        confirmedBy: response.confirmedBy,
        onRecord: response.onRecord,
        test: response.test,
        beforeReopening: response.beforeReopening,
        mayContact: response.mayContact,
        language: response.language,
        channel: response.channel,
        agent: response.agent,
        group: resolution.group,
        handler: resolution.handler,
        answeredAt: response.answeredAt,
        ratedAt: response.ratedAt,
        changedAt: response.changedAt,
        ticketMark: ticket.markOutcome,
        records: listContactRecords(response.contactId),
      })
      .from(response)
      .innerJoin(contact, eq(contact.id, response.contactId))
      .leftJoin(invitation, eq(invitation.id, response.invitationId))
      .leftJoin(resolution, eq(resolution.id, invitation.resolutionId))
      .leftJoin(ticket, eq(ticket.id, invitation.ticketId))
      .leftJoin(connection, eq(connection.id, ticket.connectionId))
      .where(
        and(
          eq(response.workspaceId, workspaceId),
          ...equals(response.id, filter.id),
          ...equals(ticket.externalId, filter.ticket),
          ...ofAddress(workspaceId, response.contactId, filter.email),
          ...equals(connection.id, filter.connection),
          ...equals(response.contactId, filter.contact),
          ...equals(response.surveyKey, filter.survey),
          ...equals(response.metric, filter.metric),
          ...equals(response.status, filter.status),
          ...ofCategory(filter.category),
          ...(filter.ratingFrom === undefined ? [] : [gte(response.rating, filter.ratingFrom)]),
          ...(filter.ratingUntil === undefined ? [] : [lte(response.rating, filter.ratingUntil)]),
          ...present(response.comment, filter.hasComment),
          ...contains(response.comment, filter.search),
          ...equals(response.agent, filter.agent),
          ...equals(resolution.group, filter.group),
          ...equals(resolution.handler, filter.handler),
          ...(filter.tag === undefined ? [] : [sql`${resolution.tags} ? ${filter.tag}`]),
          ...equals(response.channel, filter.channel),
          ...equals(response.onRecord, filter.onRecord),
          ...equals(response.mayContact, filter.mayContact),
          ...equals(response.beforeReopening, filter.beforeReopening),
          ...equals(response.language, filter.language),
          ...equals(response.test, filter.test),
          ...within(response.answeredAt, filter),
          ...place,
        ),
      );
  const { items, ...rest } = await readPage(db, order, page, afterPlace);
  return {
    items: items.map((row) => ({ ...row, category: category(scaleFor(row.metric, row.scale), row.rating) })),
    ...rest,
  };
}

/** The ratings that have this name, whatever their metric and scale: every combination that there is, by the domain. */
function ofCategory(requested: Category | undefined): SQL[] {
  if (requested === undefined) return [];
  const named = metrics.options.flatMap((metric) =>
    highestPoints(metric).flatMap((highest) => {
      const scale = scaleFor(metric, highest);
      return points(scale)
        .filter((rating) => category(scale, rating) === requested)
        .map((rating) => sql`(${metric}, ${highest}::int, ${rating}::int)`);
    }),
  );
  return [sql`(${response.metric}, ${response.scale}, ${response.rating}) in (${sql.join(named, sql`, `)})`];
}
