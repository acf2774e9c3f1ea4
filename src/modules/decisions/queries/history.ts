import { and, between, eq, gt, inArray, isNotNull, notInArray, or, sql } from 'drizzle-orm';
import type { Metric } from '../../../model/scale.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { connection } from '../../connections/tables.ts';
import { invitation } from '../../invitations/tables.ts';
import { survey, surveyVersion } from '../../surveys/tables.ts';
import { resolution, ticket } from '../../tickets/tables.ts';
import type { EarlierInvitation } from '../facts.ts';

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

/**
 * What these contacts were asked that counts: scheduled, or really sent, and no test. By contact.
 *
 * @param contacts.deciding the invitation that is decided again because its email is due: it does not count, nor do
 *   others that have not left and are not cleared to leave, since each of them is decided again when it is due itself
 */
export async function findAsked(
  tx: Queryable,
  contacts: readonly { contactId: string; deciding?: string | undefined }[],
): Promise<Map<string, EarlierInvitation[]>> {
  if (contacts.length === 0) return new Map();
  const anew = contacts.filter(({ deciding }) => deciding !== undefined);
  const first = contacts.filter((contact) => !anew.includes(contact));
  const idsOf = (some: typeof contacts) => some.map(({ contactId }) => contactId);
  const found = await tx
    .select({
      contactId: invitation.contactId,
      survey: survey.key,
      metric: sql<Metric>`${surveyVersion.content} ->> 'metric'`,
      sentAt: invitation.sentAt,
      clearedUntil: invitation.clearedUntil,
      dueAt: invitation.dueAt,
      createdAt: invitation.createdAt,
    })
    .from(invitation)
    .innerJoin(survey, eq(survey.id, invitation.surveyId))
    .innerJoin(
      surveyVersion,
      and(eq(surveyVersion.surveyId, invitation.surveyId), eq(surveyVersion.version, invitation.surveyVersion)),
    )
    .where(
      and(
        inArray(invitation.contactId, idsOf(contacts)),
        eq(invitation.test, false),
        or(
          isNotNull(invitation.sentAt),
          isNotNull(invitation.clearedUntil),
          and(inArray(invitation.contactId, idsOf(first)), eq(invitation.status, 'scheduled')),
        ),
        notInArray(
          invitation.id,
          anew.flatMap(({ deciding }) => deciding ?? []),
        ),
      ),
    );
  const asked = found.map(({ metric, survey: key, sentAt, clearedUntil, dueAt, createdAt, contactId }) => ({
    contactId,
    // One that is cleared may leave until then, whenever it was due or tried before.
    asked: { metric, survey: key, at: clearedUntil ?? sentAt ?? dueAt ?? createdAt },
  }));
  const byContact = Map.groupBy(asked, ({ contactId }) => contactId);
  return new Map([...byContact].map(([id, rows]) => [id, rows.map((row) => row.asked)]));
}
