import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { TicketSnapshot } from '../../../model/ticket.ts';
import { only, type Queryable } from '../../../platform/database/database.ts';
import { resolution, ticket } from '../tables.ts';

export type TicketRow = typeof ticket.$inferSelect;
export type ResolutionRow = typeof resolution.$inferSelect;

/** The ticket's row, made when there is none, held for the rest of the transaction. */
export async function lockTicket(
  tx: Queryable,
  of: { workspaceId: string; connectionId: string; externalId: string },
  now: Date,
): Promise<TicketRow & { isNew: boolean }> {
  const created = await tx
    .insert(ticket)
    .values({ id: randomUUID(), ...of, state: 'open', refreshedAt: now })
    .onConflictDoNothing()
    .returning({ id: ticket.id });
  const found = await tx
    .select()
    .from(ticket)
    .where(and(eq(ticket.connectionId, of.connectionId), eq(ticket.externalId, of.externalId)))
    .for('update');
  return { ...only(found), isNew: created.length > 0 };
}

/** Holds a ticket for the rest of the transaction. Whoever holds its contact as well takes the ticket first. */
export async function lockTicketRow(tx: Queryable, id: string): Promise<void> {
  await tx.select({ id: ticket.id }).from(ticket).where(eq(ticket.id, id)).for('update');
}

export async function updateTicket(tx: Queryable, id: string, changes: Partial<TicketRow>): Promise<void> {
  await tx.update(ticket).set(changes).where(eq(ticket.id, id));
}

/** The ticket of this id of the vendor's. */
export async function findTicket(
  db: Queryable,
  connectionId: string,
  externalId: string,
): Promise<TicketRow | undefined> {
  const [found] = await db
    .select()
    .from(ticket)
    .where(and(eq(ticket.connectionId, connectionId), eq(ticket.externalId, externalId)));
  return found;
}

/** The vendor's time of the last change that we have seen, by the vendor's id. */
export async function seenChanges(
  db: Queryable,
  connectionId: string,
  externalIds: readonly string[],
): Promise<Map<string, Date>> {
  if (externalIds.length === 0) return new Map();
  const found = await db
    .select({ id: ticket.externalId, at: ticket.updatedAt })
    .from(ticket)
    .where(
      and(
        eq(ticket.connectionId, connectionId),
        sql`${ticket.externalId} in (select jsonb_array_elements_text(${JSON.stringify(externalIds)}::jsonb))`,
      ),
    );
  return new Map(found.flatMap((row) => (row.at ? [[row.id, row.at] as const] : [])));
}

export async function latestResolution(tx: Queryable, of: TicketRow): Promise<ResolutionRow | undefined> {
  const [found] = await tx
    .select()
    .from(resolution)
    .where(and(eq(resolution.ticketId, of.id), eq(resolution.n, of.resolutions)));
  return found;
}

export async function findResolution(db: Queryable, id: string): Promise<ResolutionRow | undefined> {
  const [found] = await db.select().from(resolution).where(eq(resolution.id, id));
  return found;
}

/** The ticket was resolved once more; who had it then, and what it was about, is kept. */
export async function addResolution(
  tx: Queryable,
  of: TicketRow,
  { snapshot, resolvedAt, seenOpen, now }: { snapshot: TicketSnapshot; resolvedAt: Date; seenOpen: boolean; now: Date },
): Promise<ResolutionRow> {
  const n = of.resolutions + 1;
  const added = await tx
    .insert(resolution)
    .values({
      id: randomUUID(),
      workspaceId: of.workspaceId,
      ticketId: of.id,
      n,
      resolvedAt,
      exact: snapshot.resolvedAt !== undefined,
      seenOpen,
      firstSeenAt: now,
      agent: snapshot.agent?.name ?? snapshot.agent?.id ?? null,
      group: snapshot.group?.name ?? snapshot.group?.id ?? null,
      handler: snapshot.handler ?? null,
      brand: snapshot.brand ?? null,
      channel: snapshot.channel ?? null,
      tags: [...new Set(snapshot.tags)],
      subject: snapshot.subject ?? null,
    })
    .returning();
  await updateTicket(tx, of.id, { resolutions: n });
  return only(added);
}
