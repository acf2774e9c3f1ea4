import { normalizeEmail } from '../../model/contact.ts';
import type { TicketSnapshot } from '../../model/ticket.ts';
import { type ConnectionRow, findConnection } from '../connections/index.ts';
import { type ContactRow, findContact, findContactByEmail } from '../contacts/index.ts';
import { decide, type Facts, gatherFacts } from '../decisions/index.ts';
import type { InvitationsContext } from '../invitations/index.ts';
import { findRecordLink } from '../records/index.ts';
import type { VersionedSurvey } from '../surveys/index.ts';
import type { Replayed } from './dry-run.ts';

/**
 * What a survey would have decided about a ticket when it was resolved, as far as the ticket still shows it. What its
 * contact would have been asked meanwhile comes later, with all tickets in their order.
 *
 * @returns nothing when it was not resolved in that time
 */
export async function replayPast(
  context: InvitationsContext,
  snapshot: TicketSnapshot | undefined,
  { connection, since, survey }: { connection: string; since: Date; survey: VersionedSurvey },
): Promise<Replayed | undefined> {
  const row = await findConnection(context.database.db, connection);
  const resolvedAt = snapshot?.resolvedAt ?? snapshot?.updatedAt;
  if (!row || snapshot?.state !== 'resolved' || !resolvedAt || resolvedAt < since) return undefined;
  const facts = await factsThen(context, { row, snapshot, resolvedAt, since, survey });
  const { verdict, reason, ...decided } = decide({ ...facts, ...withoutHistory(facts) });
  const shown = { connector: row.connector, ticket: snapshot.id, resolvedAt, verdict, reason };
  const email = facts.contact?.email;
  if (!('dueAt' in decided) || email === undefined) return shown;
  const [key] = context.addressHashes.of(email);
  const asked = (facts.contact?.asked ?? []).filter((one) => one.survey !== survey.key && one.at <= resolvedAt);
  return { ...shown, dueAt: decided.dueAt, contact: { key, asked } };
}

type Then = { row: ConnectionRow; snapshot: TicketSnapshot; resolvedAt: Date; since: Date; survey: VersionedSurvey };

/** As if the ticket had been heard of at once, by a connection that has listened since then. */
async function factsThen(
  context: InvitationsContext,
  { row, snapshot, resolvedAt, since, survey }: Then,
): Promise<Facts> {
  const exact = snapshot.resolvedAt !== undefined;
  const about = {
    connection: { ...row, activeSince: since },
    resolution: { resolvedAt, exact, seenOpen: true, firstSeenAt: resolvedAt },
    snapshot,
    contact: await knownContact(context, row, snapshot),
  };
  return { ...(await gatherFacts(context.database.db, context, about, survey)), now: resolvedAt };
}

function withoutHistory({ contact }: Facts): Pick<Facts, 'contact'> {
  return contact ? { contact: { ...contact, asked: [] } } : {};
}

/** Somebody whom we do not know yet is not made known by this. */
async function knownContact(
  { database }: InvitationsContext,
  row: ConnectionRow,
  { requester }: TicketSnapshot,
): Promise<ContactRow | undefined> {
  if (!requester) return undefined;
  const recordLink = await findRecordLink(database.db, row.id, requester.id);
  const address = requester.email === undefined ? undefined : normalizeEmail(requester.email);
  const id = recordLink?.contactId ?? (address && (await findContactByEmail(database.db, row.workspaceId, address)));
  return id ? findContact(database.db, id) : undefined;
}
