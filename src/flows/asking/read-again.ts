import type { ContactSnapshot } from '../../domain/contact.ts';
import { UpstreamBusy, UpstreamRefused } from '../../errors.ts';
import { type ConnectionRow, findConnection } from '../../store/connections.ts';
import type { ContactRow } from '../../store/contacts.ts';
import { recordsOf } from '../../store/copies.ts';
import type { Queryable } from '../../store/database.ts';
import type { InvitationRow } from '../../store/invitations.ts';
import { findRecipient } from '../../store/recipients.ts';
import { ensureContact } from '../../store/recognize.ts';
import { findResolution, findTicketById } from '../../store/tickets.ts';
import { wantedProperties } from '../../store/wanted-properties.ts';
import { noteFailure } from '../connecting/refuse.ts';
import type { Context, LiveConnection } from '../context.ts';
import type { Case } from './facts.ts';
import type { Obstacle } from './hold-back.ts';
import { settleTicket } from './settle-ticket.ts';

/** What the vendors show now, not yet kept. */
export type ReadAgain = {
  /** Makes our picture the same. */
  keep(tx: Queryable): Promise<Kept>;
};

export type Kept = {
  /** The connections that have something to write. */
  behind: readonly string[];
  /** Whether a newer state is known already: it has to be read once more. */
  overtaken?: boolean;
  /** What is to be decided; nothing when there is nothing left of it. */
  about?: (contact: ContactRow) => Case;
};

export const lookAgainAfter = 60_000;

/** Reads what an invitation rests on: its ticket, or all records of whom it is for. */
export function readAgain(context: Context, invitation: InvitationRow): Promise<ReadAgain | Obstacle> {
  return invitation.ticketId === null
    ? readRecords(context, invitation)
    : readTicket(context, { ...invitation, ticketId: invitation.ticketId });
}

async function readTicket(
  context: Context,
  invitation: InvitationRow & { ticketId: string },
): Promise<ReadAgain | Obstacle> {
  const { db } = context.database;
  const ticket = await findTicketById(db, invitation.ticketId);
  const connection = ticket && (await findConnection(db, ticket.connectionId));
  if (!ticket || !connection) throw new Error('an invitation without its ticket');
  if (connection.askingPausedAt) {
    return { reason: 'paused', because: 'Asking is paused for this connection.', until: later(context) };
  }
  const wishes = await wishesFor(context, invitation);
  const read = await readFrom(context, connection, 'The ticket', ({ capabilities: { tickets } }) =>
    tickets?.find(ticket.externalId, wishes),
  );
  if ('because' in read) return read;
  const { found: snapshot } = read;
  return {
    async keep(tx) {
      const { behind = [], overtaken = false } = await settleTicket(
        tx,
        context,
        connection,
        ticket.externalId,
        snapshot,
      );
      const resolution = await findResolution(tx, invitation.resolutionId ?? '');
      if (!resolution) throw new Error('an invitation without its resolution');
      return {
        behind,
        overtaken,
        ...(snapshot ? { about: (contact) => ({ connection, resolution, snapshot, contact }) } : {}),
      };
    },
  };
}

async function readRecords(context: Context, invitation: InvitationRow): Promise<ReadAgain | Obstacle> {
  const { db } = context.database;
  const recipient = await findRecipient(db, invitation.recipientId ?? '');
  if (!recipient) throw new Error('an invitation without its recipient');
  const wishes = await wishesFor(context, invitation);
  const shown: { connection: ConnectionRow; record: ContactSnapshot }[] = [];
  for (const [connectionId, ids] of await recordsOf(db, invitation.contactId)) {
    const connection = await findConnection(db, connectionId);
    if (!connection || connection.status === 'retired') continue;
    const read = await readFrom(context, connection, 'The record', ({ capabilities: { contacts } }) =>
      contacts?.find({ ids }, wishes),
    );
    if ('because' in read) return read;
    shown.push(...read.found.map((record) => ({ connection, record })));
  }
  return {
    async keep(tx) {
      const behind: string[] = [];
      for (const { connection, record } of shown) {
        const of = { workspaceId: connection.workspaceId, connectionId: connection.id };
        behind.push(...(await ensureContact(tx, of, record, context.clock())).behind);
      }
      const records = shown.map(({ record }) => record);
      return { behind, about: (contact) => ({ recipient, contact, records, connection: shown[0]?.connection }) };
    },
  };
}

/** @param read gives nothing at once where the system cannot do it */
async function readFrom<Found>(
  context: Context,
  connection: ConnectionRow,
  what: string,
  read: (live: LiveConnection) => Promise<Found> | undefined,
): Promise<{ found: Found } | Obstacle> {
  const live = context.connections.find(connection.id);
  try {
    const reading = live && connection.status !== 'refused' ? read(live) : undefined;
    if (reading) return { found: await reading };
    const because = `${what} cannot be read again before asking, because its connection is not working.`;
    return { reason: 'connection_refused', because, until: later(context) };
  } catch (failure) {
    if (!live || !(failure instanceof UpstreamBusy || failure instanceof UpstreamRefused)) throw failure;
    const because = `${what} cannot be read again before asking yet.`;
    const until = failure.concerns === 'connection' ? await noteFailure(context, live, failure) : later(context);
    return { reason: 'connection_busy', because, until };
  }
}

/** What is to be read beside the usual: the properties that conditions are about. */
async function wishesFor({ database }: Context, of: InvitationRow): Promise<{ properties: string[] } | undefined> {
  const properties = await wantedProperties(database.db, of.workspaceId, of);
  return properties.length === 0 ? undefined : { properties };
}

function later({ clock }: Context): Date {
  return new Date(clock().getTime() + lookAgainAfter);
}
