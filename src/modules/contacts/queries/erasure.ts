import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import { noValues } from '../../../model/crm-field-definitions.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { connection } from '../../connections/tables.ts';
import { decision, surveyRequest, verdict } from '../../decisions/tables.ts';
import { invitation } from '../../invitations/tables.ts';
import type { RecordLinkRow } from '../../records/index.ts';
import { crmFields, recordLink } from '../../records/tables.ts';
import { response } from '../../responses/tables.ts';
import { resolution, ticket } from '../../tickets/tables.ts';
import { contact, contactEmail } from '../tables.ts';
import { lockContact } from './contacts.ts';

/** A contact with everything that leads to them, their row locked. */
export type LockedContact = {
  workspaceId: string;
  /** Their own id, and those of all who turned out to be them. */
  ids: readonly [string, ...string[]];
  names: readonly string[];
  addresses: readonly string[];
  tickets: readonly string[];
  recordLinks: readonly RecordLinkRow[];
};

/**
 * Holds a contact for the rest of the transaction: their tickets first, as whoever looks at a ticket does, and their
 * score before their records, as whoever keeps what became of a write does.
 *
 * @returns nothing when there is no such contact
 */
export async function lockForErasure(
  tx: Queryable,
  workspaceId: string,
  contactId: string,
): Promise<LockedContact | undefined> {
  const [asked] = await tx.select().from(contact).where(eq(contact.id, contactId));
  if (asked?.workspaceId !== workspaceId || asked.erasedAt) return undefined;
  const tickets = await tx
    .select({ id: ticket.id })
    .from(ticket)
    .where(eq(ticket.contactId, asked.mergedInto ?? asked.id))
    .orderBy(asc(ticket.id))
    .for('update');
  const locked = await lockContact(tx, contactId);
  if (!locked) return undefined;
  const { id } = locked;
  const merged = await tx.select().from(contact).where(eq(contact.mergedInto, id));
  await tx.select({ id: crmFields.contactId }).from(crmFields).where(eq(crmFields.contactId, id)).for('update');
  const recordLinks = await tx
    .select()
    .from(recordLink)
    .where(eq(recordLink.contactId, id))
    .orderBy(asc(recordLink.id))
    .for('update');
  return {
    workspaceId,
    ids: [id, ...merged.map((loser) => loser.id)],
    names: [locked, ...merged].flatMap(({ name }) => name ?? []),
    addresses: await everyAddress(tx, id),
    tickets: tickets.map((row) => row.id),
    recordLinks,
  };
}

/** Those that mail to them was or would be sent to, normalized. */
async function everyAddress(tx: Queryable, id: string): Promise<string[]> {
  const found = [
    ...(await tx.select({ of: contactEmail.address }).from(contactEmail).where(eq(contactEmail.contactId, id))),
    ...(await tx.select({ of: invitation.email }).from(invitation).where(eq(invitation.contactId, id))),
    ...(await tx.select({ of: surveyRequest.email }).from(surveyRequest).where(eq(surveyRequest.contactId, id))),
  ];
  return [...new Set(found.map(({ of }) => of))];
}

/**
 * Deletes everything of a contact. What was decided about their tickets stays for counting, without the contact and in
 * no words of its own; a ticket stays as a number with its state, so that it is not taken for a new one.
 *
 * The records that hold their score, those in `cleared` apart, go over to nobody, who is out of sync with empty fields:
 * what is under way for them ends in its own time, and then they are cleared as any score is written.
 *
 * @param cleared record links whose records hold nothing any more
 * @returns the connections that have something to clear
 */
export async function deleteContact(
  tx: Queryable,
  locked: LockedContact,
  cleared: ReadonlySet<string>,
  now: Date,
): Promise<string[]> {
  const ids = [...locked.ids];
  const standing = await recordedAddresses(tx, locked.recordLinks, cleared);
  const unmarked = await unmarkTickets(tx, locked, now);
  const decided = tx.select({ id: decision.id }).from(decision).where(inArray(decision.contactId, ids));
  await tx.delete(verdict).where(inArray(verdict.decisionId, decided));
  await tx
    .update(decision)
    .set({ reasonParams: { kind: 'erased' }, notes: [] })
    .where(inArray(decision.contactId, ids));
  if (standing.length > 0) await handOver(tx, locked, standing, now);
  await tx.delete(contact).where(inArray(contact.id, ids));
  return [...new Set([...standing.map(({ connectionId }) => connectionId), ...unmarked])];
}

/** Records on which something of ours stands or, for all we know, may come to stand. */
async function recordedAddresses(
  tx: Queryable,
  recordLinks: readonly RecordLinkRow[],
  cleared: ReadonlySet<string>,
): Promise<RecordLinkRow[]> {
  const disconnected = await tx
    .select({ id: connection.id })
    .from(connection)
    .where(eq(connection.status, 'disconnected'));
  const closed = new Set(disconnected.map(({ id }) => id));
  return recordLinks.filter(
    (row) =>
      row.state === 'present' &&
      !cleared.has(row.id) &&
      !closed.has(row.connectionId) &&
      (row.writtenRevision > 0 || row.writingRevision !== null || row.uncertain),
  );
}

async function handOver(
  tx: Queryable,
  { workspaceId, ids: [id] }: LockedContact,
  standing: readonly RecordLinkRow[],
  now: Date,
): Promise<void> {
  const heirId = randomUUID();
  const [former] = await tx.select({ revision: crmFields.revision }).from(crmFields).where(eq(crmFields.contactId, id));
  // Above every revision that was ever written, so that a write which is under way does not pass for this one.
  const revision = 1 + Math.max(former?.revision ?? 0, ...standing.map((row) => row.writtenRevision));
  await tx.insert(contact).values({ id: heirId, workspaceId, createdAt: now, erasedAt: now });
  await tx
    .insert(crmFields)
    .values({ contactId: heirId, workspaceId, revision, values: noValues, lastChange: null, changedAt: now });
  await tx
    .update(recordLink)
    .set({
      ...{ contactId: heirId, doNotSurvey: false, addresses: [] },
      ...{ dueAt: now, attempts: 0, failedAt: null, outcome: null },
    })
    .where(
      inArray(
        recordLink.id,
        standing.map((row) => row.id),
      ),
    );
}

/** Whatever is marked on their tickets goes, and what these were about. @returns the connections with marks to take away */
async function unmarkTickets(tx: Queryable, { tickets }: LockedContact, now: Date): Promise<string[]> {
  if (tickets.length === 0) return [];
  await tx
    .update(resolution)
    .set({ subject: null })
    .where(inArray(resolution.ticketId, [...tickets]));
  const marked = await tx
    .update(ticket)
    .set({ markDueAt: now, markAttempts: 0 })
    .where(and(inArray(ticket.id, [...tickets]), or(isNotNull(ticket.markDueAt), isNotNull(ticket.markOutcome))))
    .returning({ connectionId: ticket.connectionId });
  return marked.map((row) => row.connectionId);
}

/** Deletes a contact on whom nothing rests: never asked, never answered, never written to. */
export async function forgetUnused(tx: Queryable, contactId: string): Promise<void> {
  const rests = [invitation, response, surveyRequest, crmFields].map(
    (table) => sql`not exists (select 1 from ${table} t where t.contact_id = ${contact.id})`,
  );
  await tx.delete(contact).where(and(eq(contact.id, contactId), ...rests));
}

/** Whether this is nobody any more, whose records are only still to be cleared. */
export async function isErased(db: Queryable, contactId: string): Promise<boolean> {
  const [found] = await db.select({ at: contact.erasedAt }).from(contact).where(eq(contact.id, contactId));
  return found?.at != null;
}

/** Forgets the records of this connection that are cleared, or gone. */
export async function forgetCleared(db: Queryable, connectionId: string): Promise<void> {
  const erased = db.select({ id: contact.id }).from(contact).where(isNotNull(contact.erasedAt));
  await db
    .delete(recordLink)
    .where(
      and(
        eq(recordLink.connectionId, connectionId),
        inArray(recordLink.contactId, erased),
        isNull(recordLink.writingRevision),
        isNull(recordLink.failedAt),
        or(isNull(recordLink.dueAt), ne(recordLink.state, 'present')),
      ),
    );
  await db
    .delete(contact)
    .where(
      and(
        isNotNull(contact.erasedAt),
        sql`not exists (select 1 from ${recordLink} c where c.contact_id = ${contact.id})`,
      ),
    );
}
