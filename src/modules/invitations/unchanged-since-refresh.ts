import type { Queryable } from '../../platform/database/database.ts';
import {
  addressesShown,
  type ContactRow,
  findSuppressions,
  knownContacts,
  type ShownRecord,
} from '../contacts/index.ts';
import type { DecisionCase } from '../decisions/index.ts';
import { isAnother, type LockedTicket, lockTickets, markRefreshed } from '../tickets/index.ts';
import type { InvitationsContext } from './context.ts';
import type { RefreshedSource, TicketRead } from './refresh-due.ts';

/** What is to be decided on what was read; `contactId` is the contact of all of it. */
export type Unchanged = { read: RefreshedSource; contactId: string; about: (contact: ContactRow) => DecisionCase };

/**
 * Of what was read, that which shows nothing but what is known: to settle it would change nothing, so many are looked
 * at together. Their tickets are locked for the rest of the transaction.
 */
export async function findUnchanged(
  tx: Queryable,
  context: InvitationsContext,
  workspaceId: string,
  reads: readonly RefreshedSource[],
): Promise<Unchanged[]> {
  const locked = await lockTickets(
    tx,
    reads.flatMap((read) => ('ticket' in read ? [read.ticket.id] : [])),
  );
  const shown = new Map(reads.map((read) => [read, recordsShown(read)]));
  const contacts = await knownContacts(tx, workspaceId, [...shown.values()].flat());
  const erased = await erasedAmong(tx, context, workspaceId, [...shown.values()].flat());

  const unchanged = reads.flatMap((read) => {
    const { contactId } = read.invitation;
    const records = shown.get(read) ?? [];
    if (records.some((one) => contacts.get(one) !== contactId || erased.has(one))) return [];
    const about = 'ticket' in read ? aboutTicket(read, locked.get(read.ticket.id)) : aboutRecords(read, records);
    const { elsewhere = [], unseen = [] } = read;
    return about
      ? [{ read, contactId, about: (contact: ContactRow) => ({ ...about(contact), elsewhere, unseen }) }]
      : [];
  });
  await markRefreshed(
    tx,
    unchanged.flatMap(({ read }) =>
      'ticket' in read ? [{ id: read.ticket.id, updatedAt: read.snapshot?.updatedAt }] : [],
    ),
    context.clock(),
  );
  return unchanged;
}

function recordsShown(read: RefreshedSource): ShownRecord[] {
  if (!('ticket' in read)) {
    return read.shown.map(({ connection, record }) => ({ connectionId: connection.id, record }));
  }
  const requester = read.snapshot?.requester;
  return requester ? [{ connectionId: read.connection.id, record: requester }] : [];
}

function aboutRecords(
  { surveyRequest, shown }: Exclude<RefreshedSource, TicketRead>,
  records: readonly ShownRecord[],
): Unchanged['about'] {
  return (contact) => ({
    surveyRequest,
    contact,
    records: records.map(({ record }) => record),
    connection: shown[0]?.connection,
  });
}

/** Nothing unless it is the same resolution still, of the same contact, about which nobody else is to be asked. */
function aboutTicket(
  { invitation, connection, snapshot }: TicketRead,
  locked: LockedTicket | undefined,
): Unchanged['about'] | undefined {
  const { ticket, latest, scheduledFor = [] } = locked ?? {};
  if (!ticket || !latest || latest.id !== invitation.resolutionId) return undefined;
  if (!snapshot?.requester || snapshot.state !== 'resolved' || ticket.state !== 'resolved') return undefined;
  if (snapshot.updatedAt && ticket.updatedAt && snapshot.updatedAt < ticket.updatedAt) return undefined;
  if (isAnother(ticket, latest, snapshot)) return undefined;
  const { contactId } = invitation;
  if (ticket.contactId !== contactId || scheduledFor.some((id) => id !== contactId)) return undefined;
  return (contact) => ({ connection, resolution: latest, snapshot, contact });
}

/** Records of whom somebody with their address was erased. */
async function erasedAmong(
  tx: Queryable,
  { addressHashes }: Pick<InvitationsContext, 'addressHashes'>,
  workspaceId: string,
  shown: readonly ShownRecord[],
): Promise<ReadonlySet<ShownRecord>> {
  const hashes = new Map(
    shown.map((one) => [one, addressesShown(one.record).flatMap((address) => addressHashes.of(address))]),
  );
  const found = await findSuppressions(tx, workspaceId, [...hashes.values()].flat());
  const erased = new Set(found.flatMap(({ hash, reason }) => (reason === 'erased' ? [hash] : [])));
  return new Set(shown.filter((one) => hashes.get(one)?.some((hash) => erased.has(hash))));
}
