import { and, between, eq, gt, inArray, isNotNull, or } from 'drizzle-orm';
import type { Queryable } from './database.ts';
import { connection, invitation, resolution, ticket } from './tables/index.ts';

/** Those of whom any ticket was opened again after it was resolved. */
export async function hadTicketReopened(tx: Queryable, contactIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (contactIds.length === 0) return new Set();
  const openAgain = and(eq(ticket.resolutions, 1), eq(ticket.state, 'open'));
  const found = await tx
    .selectDistinct({ contactId: ticket.contactId })
    .from(ticket)
    .where(and(inArray(ticket.contactId, [...contactIds]), or(gt(ticket.resolutions, 1), openAgain)));
  return new Set(found.flatMap(({ contactId }) => contactId ?? []));
}

/** Tickets about which somebody is asked: another system may show the same case. */
export type AskedAbout = {
  contactId: string;
  connectionId: string;
  connector: string;
  subject: string;
  resolvedAt: Date;
};

/** Their tickets with a subject, resolved between these moments, about which they are asked. */
export async function askedAbout(
  tx: Queryable,
  { contactIds, since, until }: { contactIds: readonly string[]; since: Date; until: Date },
): Promise<AskedAbout[]> {
  if (contactIds.length === 0) return [];
  const found = await tx
    .select({
      contactId: ticket.contactId,
      connectionId: ticket.connectionId,
      connector: connection.connector,
      subject: resolution.subject,
      resolvedAt: resolution.resolvedAt,
    })
    .from(ticket)
    .innerJoin(resolution, eq(resolution.ticketId, ticket.id))
    .innerJoin(invitation, eq(invitation.resolutionId, resolution.id))
    .innerJoin(connection, eq(connection.id, ticket.connectionId))
    .where(
      and(
        inArray(ticket.contactId, [...contactIds]),
        between(resolution.resolvedAt, since, until),
        isNotNull(resolution.subject),
        eq(invitation.test, false),
        or(inArray(invitation.status, ['scheduled', 'sent', 'answered']), isNotNull(invitation.sentAt)),
      ),
    );
  return found.flatMap(({ contactId, subject, ...row }) =>
    contactId === null || subject === null ? [] : [{ ...row, contactId, subject }],
  );
}
