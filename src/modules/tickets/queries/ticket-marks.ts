import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { MarkMessage } from '../../../model/messages/write-outcome.ts';
import type { Metric } from '../../../model/scale.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { invitation } from '../../invitations/tables.ts';
import { recordLink } from '../../records/tables.ts';
import { response } from '../../responses/tables.ts';
import { ticket } from '../tables.ts';

/** A ticket whose answer is to be marked on it; without one, whatever is marked there is to be taken away. */
export type DueMark = {
  id: string;
  externalId: string;
  attempts: number;
  dueAt: Date;
  /** When the rating was given that is marked there now. */
  markedAnswerAt: Date | null;
  answer:
    | { metric: Metric; rating: number; scale: number; comment: string | null; answeredAt: Date; ratedAt: Date }
    | undefined;
};

/** The ticket is to show what is on the record about it now. @returns its connection */
export async function markTicketLater(tx: Queryable, ticketId: string, now: Date): Promise<string | undefined> {
  const [marked] = await tx
    .update(ticket)
    .set({ markDueAt: now, markAttempts: 0 })
    .where(eq(ticket.id, ticketId))
    .returning({ connectionId: ticket.connectionId });
  return marked?.connectionId;
}

/**
 * Due marks of a connection, each with the newest answer about its ticket that is on the record; one from before the
 * ticket was asked about anew counts no more. A ticket waits until every write to the records of who answered has ended,
 * however it ended: whoever acts on the mark finds the record written.
 */
export async function dueMarks(db: Queryable, connectionId: string, now: Date, limit: number): Promise<DueMark[]> {
  const found = await db
    .selectDistinctOn([ticket.id], { ticket, answer: response })
    .from(ticket)
    .leftJoin(invitation, eq(invitation.ticketId, ticket.id))
    .leftJoin(
      response,
      and(
        eq(response.invitationId, invitation.id),
        eq(response.onRecord, true),
        sql`${response.ratedAt} >= coalesce((select max(latest.created_at) from ${invitation} latest
              where latest.ticket_id = ${ticket.id} and latest.status <> 'withdrawn' and not latest.test), '-infinity')`,
      ),
    )
    .where(
      and(
        eq(ticket.connectionId, connectionId),
        lte(ticket.markDueAt, now),
        sql`not exists (select 1 from ${invitation} i join ${response} r on r.invitation_id = i.id
                          join ${recordLink} c on c.contact_id = r.contact_id
                        where i.ticket_id = ${ticket.id} and c.connection_id = ${ticket.connectionId}
                          and (c.writing_revision is not null or c.due_at is not null))`,
      ),
    )
    .orderBy(asc(ticket.id), sql`${response.answeredAt} desc nulls last`)
    .limit(limit);
  return found.map((row) => ({
    id: row.ticket.id,
    externalId: row.ticket.externalId,
    attempts: row.ticket.markAttempts,
    dueAt: row.ticket.markDueAt ?? now,
    markedAnswerAt: row.ticket.markedAnswerAt,
    answer: row.answer ?? undefined,
  }));
}

/** What stands on the ticket now, whatever is to stand there next. */
export async function noteMarked(db: Queryable, id: string, markedAnswerAt: Date | null): Promise<void> {
  await db.update(ticket).set({ markedAnswerAt }).where(eq(ticket.id, id));
}

/** What became of a mark; an answer that came meanwhile keeps it due. `counts` says whether a try has failed. */
export async function saveMark(
  db: Queryable,
  { id, dueAt }: Pick<DueMark, 'id' | 'dueAt'>,
  { outcome, again, counts = true }: { outcome: MarkMessage; again?: Date; counts?: boolean },
): Promise<void> {
  await db
    .update(ticket)
    .set({
      markOutcome: outcome,
      markDueAt: again ?? null,
      markAttempts: again ? sql`${ticket.markAttempts} + ${counts ? 1 : 0}` : 0,
    })
    .where(and(eq(ticket.id, id), eq(ticket.markDueAt, dueAt)));
}

/** When the next mark of each connection is due. */
export async function nextMarks(db: Queryable): Promise<{ connectionId: string; at: Date }[]> {
  const found = await db
    .select({ connectionId: ticket.connectionId, at: sql`min(${ticket.markDueAt})`.mapWith(ticket.markDueAt).as('at') })
    .from(ticket)
    .where(sql`${ticket.markDueAt} is not null`)
    .groupBy(ticket.connectionId);
  return found.map((row) => ({ connectionId: row.connectionId, at: row.at ?? new Date(0) }));
}
