import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { invitation } from '../../invitations/tables.ts';
import { resolution, ticket } from '../tables.ts';
import type { ResolutionRow, TicketRow } from './tickets.ts';

export async function findTickets(db: Queryable, ids: readonly string[]): Promise<Map<string, TicketRow>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select()
    .from(ticket)
    .where(inArray(ticket.id, [...ids]));
  return new Map(found.map((row) => [row.id, row]));
}

/** What we hold of a ticket, its row locked: its latest resolution, and for whom emails about it are scheduled. */
export type LockedTicket = { ticket: TicketRow; latest: ResolutionRow | undefined; scheduledFor: readonly string[] };

/** Locks several tickets for the rest of the transaction, always in the same order. */
export async function lockTickets(tx: Queryable, ids: readonly string[]): Promise<Map<string, LockedTicket>> {
  if (ids.length === 0) return new Map();
  const locked = await tx
    .select()
    .from(ticket)
    .where(inArray(ticket.id, [...ids]))
    .orderBy(asc(ticket.id))
    .for('update');
  const resolutions = await tx
    .select({ resolution })
    .from(resolution)
    .innerJoin(ticket, and(eq(ticket.id, resolution.ticketId), eq(ticket.resolutions, resolution.n)))
    .where(inArray(ticket.id, [...ids]));
  const scheduled = await tx
    .select({ ticketId: invitation.ticketId, contactId: invitation.contactId })
    .from(invitation)
    .where(and(inArray(invitation.ticketId, [...ids]), eq(invitation.status, 'scheduled')));
  const latest = new Map(resolutions.map((row) => [row.resolution.ticketId, row.resolution]));
  const contacts = Map.groupBy(scheduled, ({ ticketId }) => ticketId);
  return new Map(
    locked.map((row) => [
      row.id,
      {
        ticket: row,
        latest: latest.get(row.id),
        scheduledFor: (contacts.get(row.id) ?? []).map(({ contactId }) => contactId),
      },
    ]),
  );
}

/** These tickets were looked at, and nothing had become of them; `updatedAt` is the vendor's time of the last change. */
export async function markRefreshed(
  tx: Queryable,
  refreshed: readonly { id: string; updatedAt: Date | undefined }[],
  now: Date,
): Promise<void> {
  if (refreshed.length === 0) return;
  await tx.execute(
    sql`update ${ticket} t set refreshed_at = ${now.toISOString()}::timestamptz,
          updated_at = coalesce(l."updatedAt", t.updated_at)
        from jsonb_to_recordset(${JSON.stringify(refreshed)}::jsonb) as l(id uuid, "updatedAt" timestamptz)
        where t.id = l.id`,
  );
}
