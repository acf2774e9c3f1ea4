import { and, between, eq, gt, inArray, isNotNull, ne, or } from 'drizzle-orm';
import type { Queryable } from './database.ts';
import { connection, invitation, resolution, ticket } from './tables/index.ts';

/** Whether any ticket of theirs was opened again after it was resolved. */
export async function hadTicketReopened(tx: Queryable, contactId: string): Promise<boolean> {
  const openAgain = and(eq(ticket.resolutions, 1), eq(ticket.state, 'open'));
  const found = await tx
    .select({ id: ticket.id })
    .from(ticket)
    .where(and(eq(ticket.contactId, contactId), or(gt(ticket.resolutions, 1), openAgain)))
    .limit(1);
  return found.length > 0;
}

/** Their tickets in other connections, resolved between these moments, about which they are asked. */
export async function askedElsewhere(
  tx: Queryable,
  { contactId, connectionId, since, until }: { contactId: string; connectionId: string; since: Date; until: Date },
): Promise<{ connector: string; subject: string; resolvedAt: Date }[]> {
  const found = await tx
    .select({ connector: connection.connector, subject: resolution.subject, resolvedAt: resolution.resolvedAt })
    .from(ticket)
    .innerJoin(resolution, eq(resolution.ticketId, ticket.id))
    .innerJoin(invitation, eq(invitation.resolutionId, resolution.id))
    .innerJoin(connection, eq(connection.id, ticket.connectionId))
    .where(
      and(
        eq(ticket.contactId, contactId),
        ne(ticket.connectionId, connectionId),
        between(resolution.resolvedAt, since, until),
        isNotNull(resolution.subject),
        eq(invitation.test, false),
        or(inArray(invitation.status, ['scheduled', 'sent', 'answered']), isNotNull(invitation.sentAt)),
      ),
    );
  return found.flatMap(({ subject, ...row }) => (subject === null ? [] : [{ ...row, subject }]));
}
