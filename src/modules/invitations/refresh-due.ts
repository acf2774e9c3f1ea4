import type { ContactSnapshot } from '../../model/contact.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { TicketSnapshot } from '../../model/ticket.ts';
import { minuteMs } from '../../model/time-units.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { type ConnectionRow, findConnections, type LiveConnection, noteFailure } from '../connections/index.ts';
import { noteMissing } from '../contacts/index.ts';
import { type Elsewhere, findRecipients, type SurveyRequestRow } from '../decisions/index.ts';
import { findRecordIds } from '../records/index.ts';
import { distinctVersions, findConditionProperties } from '../surveys/index.ts';
import { findTickets, readTickets, type TicketReading, type TicketRow } from '../tickets/index.ts';
import type { InvitationsContext } from './context.ts';
import type { Obstacle } from './defer.ts';
import type { InvitationRow } from './queries/invitations.ts';

/** What the vendors show now of what an invitation rests on, not yet saved. */
export type RefreshedSource = (TicketRead | RecordsRead) & Elsewhere;

/** @param snapshot nothing when the vendor knows no such ticket */
export type TicketRead = {
  invitation: InvitationRow;
  ticket: TicketRow;
  connection: ConnectionRow;
  snapshot: TicketSnapshot | undefined;
};

export type RecordsRead = {
  invitation: InvitationRow;
  surveyRequest: SurveyRequestRow;
  shown: readonly { connection: ConnectionRow; record: ContactSnapshot }[];
};

/** What is known of invitations that are read again together. */
export type Sought = {
  tickets: ReadonlyMap<string, TicketRow>;
  surveyRequests: ReadonlyMap<string, SurveyRequestRow>;
  records: Awaited<ReturnType<typeof findRecordIds>>;
  connections: ReadonlyMap<string, ConnectionRow>;
  /** What is to be read beside the usual: the properties that conditions are about. */
  options: { properties: string[] } | undefined;
};

export const refreshAgainAfterMs = minuteMs;

export async function whereToRead(
  db: Queryable,
  workspaceId: string,
  invitations: readonly InvitationRow[],
): Promise<Sought> {
  const requested = invitations.filter(({ ticketId }) => ticketId === null);
  const tickets = await findTickets(
    db,
    invitations.flatMap(({ ticketId }) => ticketId ?? []),
  );
  const records = await findRecordIds(
    db,
    requested.map(({ contactId }) => contactId),
  );
  const connectionIds = [
    ...[...tickets.values()].map(({ connectionId }) => connectionId),
    ...[...records.values()].flatMap((byConnection) => [...byConnection.keys()]),
  ];
  const properties = await findConditionProperties(db, workspaceId, distinctVersions(invitations));
  return {
    tickets,
    records,
    surveyRequests: await findRecipients(
      db,
      requested.flatMap(({ surveyRequestId }) => surveyRequestId ?? []),
    ),
    connections: await findConnections(db, [...new Set(connectionIds)]),
    options: properties.length === 0 ? undefined : { properties },
  };
}

/** The tickets that were read together, by our ids. */
export type ReadTickets = ReadonlyMap<string, TicketReading>;

/** Reads the tickets of invitations that are rechecked together, those of one connection in batches. */
export async function readSoughtTickets(
  { connections: all }: InvitationsContext,
  { tickets, connections, options }: Sought,
): Promise<ReadTickets> {
  const byConnection = [...Map.groupBy(tickets.values(), ({ connectionId }) => connectionId)];
  const read = byConnection.map(async ([connectionId, rows]) => {
    const connection = connections.get(connectionId);
    const live = all.find(connectionId);
    if (!live || !connection || connection.surveysPausedAt || connection.status === 'unauthorized') return [];
    const readings = await readTickets(
      live,
      rows.map(({ externalId }) => externalId),
      options,
    );
    return rows.flatMap(({ id, externalId }) => {
      const reading = readings.get(externalId);
      return reading ? [[id, reading] as const] : [];
    });
  });
  return new Map((await Promise.all(read)).flat());
}

/** What an invitation rests on: its ticket, as it was read, or all records of whom it is for, which are read now. */
export function refreshSource(
  context: InvitationsContext,
  sought: Sought,
  read: ReadTickets,
  invitation: InvitationRow,
): Promise<RefreshedSource | Obstacle> {
  return invitation.ticketId === null
    ? readRecords(context, sought, invitation)
    : readTicket(context, sought, read, { ...invitation, ticketId: invitation.ticketId });
}

async function readTicket(
  context: InvitationsContext,
  { tickets, connections }: Sought,
  readings: ReadTickets,
  invitation: InvitationRow & { ticketId: string },
): Promise<TicketRead | Obstacle> {
  const ticket = tickets.get(invitation.ticketId);
  const connection = ticket && connections.get(ticket.connectionId);
  if (!ticket || !connection) throw new Error('an invitation without its ticket');
  if (connection.surveysPausedAt) {
    return { reason: { code: 'paused', params: { kind: 'connection' } }, until: later(context) };
  }
  const reading = readings.get(ticket.id);
  const read = await readFrom(context, connection, 'ticket', () => reading && readingOf(reading));
  return 'reason' in read ? read : { invitation, ticket, connection, snapshot: read.found };
}

async function readingOf(reading: TicketReading): Promise<TicketSnapshot | undefined> {
  if ('failure' in reading) throw reading.failure;
  return reading.snapshot;
}

async function readRecords(
  context: InvitationsContext,
  { surveyRequests, records, connections, options }: Sought,
  invitation: InvitationRow,
): Promise<RecordsRead | Obstacle> {
  const surveyRequest = surveyRequests.get(invitation.surveyRequestId ?? '');
  if (!surveyRequest) throw new Error('an invitation without its recipient');
  const shown: { connection: ConnectionRow; record: ContactSnapshot }[] = [];
  for (const [connectionId, ids] of records.get(invitation.contactId) ?? []) {
    const connection = connections.get(connectionId);
    if (!connection || connection.status === 'disconnected') continue;
    const read = await readFrom(context, connection, 'record', ({ capabilities }) =>
      capabilities.contacts?.find({ ids: [...ids] }, options),
    );
    if ('reason' in read) return read;
    await noteMissing(context, connectionId, { asked: ids, found: read.found.map(({ id }) => id) });
    shown.push(...read.found.map((record) => ({ connection, record })));
  }
  return { invitation, surveyRequest, shown };
}

/** @param read gives nothing at once where the system cannot do it */
async function readFrom<Found>(
  context: InvitationsContext,
  connection: ConnectionRow,
  kind: 'ticket' | 'record',
  read: (live: LiveConnection) => Promise<Found> | undefined,
): Promise<{ found: Found } | Obstacle> {
  const live = context.connections.find(connection.id);
  try {
    const reading = live && connection.status !== 'unauthorized' ? read(live) : undefined;
    if (reading) return { found: await reading };
    return { reason: { code: 'connection_unauthorized', params: { kind } }, until: later(context) };
  } catch (failure) {
    if (!live || !(failure instanceof UpstreamBusy || failure instanceof UpstreamRefused)) throw failure;
    const until = failure.concerns === 'connection' ? await noteFailure(context, live, failure) : later(context);
    return { reason: { code: 'connection_busy', params: { kind } }, until };
  }
}

function later({ clock }: InvitationsContext): Date {
  return new Date(clock().getTime() + refreshAgainAfterMs);
}
