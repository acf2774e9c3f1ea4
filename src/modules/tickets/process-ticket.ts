import type { TicketSnapshot } from '../../model/ticket.ts';
import { minuteMs } from '../../model/time-units.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { ConnectionRow } from '../connections/index.ts';
import { ensureContact, lockContact, type Refreshed, stayErased } from '../contacts/index.ts';
import type { TicketsContext } from './context.ts';
import { noteAnsweredBefore, noteReopened, noteResolvedAgain } from './queries/reopenings.ts';
import { markTicketLater } from './queries/ticket-marks.ts';
import {
  addResolution,
  latestResolution,
  lockTicket,
  type ResolutionRow,
  type TicketRow,
  updateTicket,
} from './queries/tickets.ts';

/** A vendor's clock and ours, and rounding: a later time of resolution than this is another resolution. */
const sameResolutionWithinMs = minuteMs;

/**
 * Makes our picture of a ticket what the vendor shows: a new resolution is decided, a reopened or deleted ticket's
 * mail is withdrawn. Doing it again with the same snapshot changes nothing.
 *
 * @param snapshot nothing when the vendor knows no such ticket
 * @param eventAt when the event says that the ticket changed: an estimate, for a vendor that tells no time of its own
 */
export async function processTicket(
  tx: Queryable,
  context: TicketsContext,
  connection: ConnectionRow,
  externalId: string,
  snapshot: TicketSnapshot | undefined,
  eventAt?: Date,
): Promise<Refreshed> {
  const processed = await processLocked(tx, context, connection, externalId, snapshot, eventAt);
  const { workspaceId, id: connectionId } = connection;
  if (snapshot?.requester) await stayErased(tx, context, { workspaceId, connectionId }, snapshot.requester);
  return processed;
}

async function processLocked(
  tx: Queryable,
  context: TicketsContext,
  connection: ConnectionRow,
  externalId: string,
  snapshot: TicketSnapshot | undefined,
  eventAt: Date | undefined,
): Promise<Refreshed> {
  const now = context.clock();
  const { workspaceId, id: connectionId } = connection;
  const of = { workspaceId, connectionId };
  const row = await lockTicket(tx, { ...of, externalId }, now);
  // Two looks may be under way at once, and the older answer may come second.
  if (snapshot?.updatedAt && row.updatedAt && snapshot.updatedAt < row.updatedAt) {
    return { outcome: { code: 'outdated', params: {} }, overtaken: true };
  }
  const recognized = snapshot?.requester ? await ensureContact(tx, of, snapshot.requester, now) : undefined;
  const contactId = recognized?.contactId ?? null;
  await updateTicket(tx, row.id, {
    state: snapshot?.state ?? 'gone',
    contactId,
    refreshedAt: now,
    ...(snapshot?.updatedAt ? { updatedAt: snapshot.updatedAt } : {}),
  });

  if (!snapshot || snapshot.state === 'gone') {
    const params = snapshot?.merged ? ({ kind: 'merged' } as const) : {};
    await context.listeners.ticketWithdrawn(tx, row.id, { code: 'gone', params });
    return { outcome: { code: 'ticket_gone', params: {} } };
  }
  if (snapshot.state === 'open') {
    if (row.state === 'resolved') await noteReopened(tx, row.id, now);
    const withdrawn = await context.listeners.ticketWithdrawn(tx, row.id, { code: 'reopened', params: {} });
    return { outcome: { code: withdrawn > 0 ? 'ticket_reopened' : 'ticket_open', params: {} } };
  }
  const processed = await processResolved(tx, context, { connection, row, snapshot, contactId, eventAt });
  return { ...processed, outOfSync: [...(recognized?.outOfSync ?? []), ...(processed.outOfSync ?? [])] };
}

async function processResolved(
  tx: Queryable,
  context: TicketsContext,
  {
    connection,
    row,
    snapshot,
    contactId,
    eventAt,
  }: {
    connection: ConnectionRow;
    row: TicketRow & { isNew: boolean };
    snapshot: TicketSnapshot;
    contactId: string | null;
    eventAt: Date | undefined;
  },
): Promise<Refreshed> {
  const latest = await latestResolution(tx, row);
  if (row.state !== 'resolved') await noteResolvedAgain(tx, row.id);
  const contact = contactId === null ? undefined : await lockContact(tx, contactId);
  if (!latest || isAnother(row, latest, snapshot)) {
    const now = context.clock();
    const seenOpen = !row.isNew && row.state === 'open';
    // It was open in between, though nobody saw it.
    if (latest && !seenOpen) await noteAnsweredBefore(tx, row.id);
    const resolvedAt = snapshot.resolvedAt ?? estimate(snapshot.updatedAt, eventAt, now);
    const resolution = await addResolution(tx, row, { snapshot, resolvedAt, seenOpen, now });
    const due = await context.listeners.ticketResolved(tx, { connection, resolution, snapshot, contact });
    if (due && connection.tagTickets && (row.markedAnswerAt !== null || snapshot.followUp)) {
      await markTicketLater(tx, row.id, now);
    }
    const params = { kind: due ? ('asked' as const) : ('not_asked' as const), n: resolution.n };
    const outcome = { code: 'resolved', params } as const;
    return due ? { outcome, due, outOfSync: [connection.id] } : { outcome };
  }

  const reason = { code: 'requester_changed', params: {} } as const;
  const astray = await context.listeners.ticketWithdrawn(tx, row.id, reason, { contactId });
  if (astray === 0) return { outcome: { code: 'still_resolved', params: {} } };
  const due = await context.listeners.ticketResolved(tx, { connection, resolution: latest, snapshot, contact });
  return due ? { outcome: reason, due } : { outcome: reason };
}

/** Solved and then closed is the same resolution; so is any look at it that finds nothing new. */
export function isAnother(row: TicketRow, latest: ResolutionRow, snapshot: TicketSnapshot): boolean {
  if (row.state === 'open') return true;
  return (
    snapshot.resolvedAt !== undefined &&
    snapshot.resolvedAt.getTime() - latest.resolvedAt.getTime() > sameResolutionWithinMs
  );
}

/** The later of the last change and the event, but never in the future. */
function estimate(updatedAt: Date | undefined, eventAt: Date | undefined, now: Date): Date {
  const known = [updatedAt, eventAt].flatMap((at) => (at ? [at.getTime()] : []));
  return known.length === 0 ? now : new Date(Math.min(now.getTime(), Math.max(...known)));
}
