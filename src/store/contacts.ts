import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import { type ContactSnapshot, normalizeEmail } from '../domain/contact.ts';
import type { Queryable } from './database.ts';
import { connection, contact, contactEmail, copy, score } from './tables/index.ts';

export type ContactRow = typeof contact.$inferSelect;

/**
 * The person behind a record as a system shows it: by the record, else by the address, else a new one. The record is
 * linked to them, and what the system says of them is kept.
 */
export async function ensureContact(
  tx: Queryable,
  of: { workspaceId: string; connectionId: string },
  snapshot: ContactSnapshot,
  now: Date,
): Promise<string> {
  const [linked] = await tx
    .select({ id: copy.id, contactId: copy.contactId })
    .from(copy)
    .where(and(eq(copy.connectionId, of.connectionId), eq(copy.externalId, snapshot.id)));
  const address = snapshot.email === undefined ? undefined : normalizeEmail(snapshot.email);
  const contactId =
    linked?.contactId ??
    (address && (await findContactByEmail(tx, of.workspaceId, address))) ??
    (await createContact(tx, of.workspaceId, now));
  if (address) {
    // Somebody else's address stays theirs: two people are never joined by a change of address.
    await tx.insert(contactEmail).values({ workspaceId: of.workspaceId, address, contactId }).onConflictDoNothing();
  }
  await tx
    .update(contact)
    .set({
      ...(snapshot.name === undefined ? {} : { name: snapshot.name }),
      ...(snapshot.language === undefined ? {} : { language: snapshot.language }),
      ...(snapshot.timeZone === undefined ? {} : { timeZone: snapshot.timeZone }),
    })
    .where(eq(contact.id, contactId));
  await linkRecord(tx, { ...of, contactId }, snapshot, now);
  return contactId;
}

/**
 * Remembers that this record is this person's, in the place of a record that was only wished for. A new link is
 * behind: whatever score the person has is still to be written there.
 */
export async function linkRecord(
  tx: Queryable,
  of: { workspaceId: string; connectionId: string; contactId: string },
  snapshot: Pick<ContactSnapshot, 'id' | 'doNotSurvey'>,
  now: Date,
): Promise<void> {
  const known = { state: 'present' as const, doNotSurvey: snapshot.doNotSurvey ?? false };
  const updated = await tx
    .update(copy)
    .set({ ...known })
    .where(and(eq(copy.connectionId, of.connectionId), eq(copy.externalId, snapshot.id)))
    .returning({ id: copy.id });
  if (updated.length > 0) return;
  const [wished] = await tx
    .select({ id: copy.id })
    .from(copy)
    .where(
      and(
        eq(copy.connectionId, of.connectionId),
        eq(copy.contactId, of.contactId),
        inArray(copy.state, ['wanted', 'absent']),
      ),
    );
  const { workspaceId, connectionId, contactId } = of;
  const scored = await tx.select({ id: score.contactId }).from(score).where(eq(score.contactId, contactId));
  const dueAt = scored.length > 0 ? now : null;
  if (wished) {
    await tx
      .update(copy)
      .set({ ...known, externalId: snapshot.id, outcome: null, dueAt, claimedUntil: null, attempts: 0 })
      .where(eq(copy.id, wished.id));
  } else {
    await tx
      .insert(copy)
      .values({ id: randomUUID(), workspaceId, connectionId, contactId, externalId: snapshot.id, ...known, dueAt });
  }
}

export async function findContactByEmail(
  tx: Queryable,
  workspaceId: string,
  address: string,
): Promise<string | undefined> {
  const [found] = await tx
    .select({ id: contactEmail.contactId })
    .from(contactEmail)
    .where(and(eq(contactEmail.workspaceId, workspaceId), eq(contactEmail.address, address)));
  return found?.id;
}

async function createContact(tx: Queryable, workspaceId: string, now: Date): Promise<string> {
  const id = randomUUID();
  await tx.insert(contact).values({ id, workspaceId, createdAt: now });
  return id;
}

/** Holds the person for the rest of the transaction, so that no two decisions about them cross. */
export async function lockContact(tx: Queryable, id: string): Promise<ContactRow | undefined> {
  const [found] = await tx.select().from(contact).where(eq(contact.id, id)).for('update');
  return found;
}

export async function findContact(db: Queryable, id: string): Promise<ContactRow | undefined> {
  const [found] = await db.select().from(contact).where(eq(contact.id, id));
  return found;
}

export async function updateContact(tx: Queryable, id: string, changes: Partial<ContactRow>): Promise<void> {
  await tx.update(contact).set(changes).where(eq(contact.id, id));
}

/** Whether any record of theirs says not to survey them. */
export async function saysDoNotSurvey(tx: Queryable, contactId: string): Promise<boolean> {
  const found = await tx
    .select({ id: copy.id })
    .from(copy)
    .where(and(eq(copy.contactId, contactId), eq(copy.doNotSurvey, true)))
    .limit(1);
  return found.length > 0;
}

/** The people's addresses, by contact. */
export async function addressesOf(db: Queryable, contactIds: readonly string[]): Promise<Map<string, string[]>> {
  if (contactIds.length === 0) return new Map();
  const found = await db
    .select({ contactId: contactEmail.contactId, address: contactEmail.address })
    .from(contactEmail)
    .where(inArray(contactEmail.contactId, [...contactIds]));
  const byContact = Map.groupBy(found, (row) => row.contactId);
  return new Map([...byContact].map(([id, rows]) => [id, rows.map((row) => row.address)]));
}

/** Every connection of the workspace that takes scores has a copy of this person, known or yet to be found. */
export async function ensureCopies(tx: Queryable, workspaceId: string, contactId: string): Promise<void> {
  const missing = await tx
    .select({ id: connection.id })
    .from(connection)
    .leftJoin(copy, and(eq(copy.connectionId, connection.id), eq(copy.contactId, contactId)))
    .where(
      and(
        eq(connection.workspaceId, workspaceId),
        eq(connection.writes, true),
        ne(connection.status, 'retired'),
        isNull(copy.id),
      ),
    );
  if (missing.length === 0) return;
  await tx.insert(copy).values(
    missing.map(({ id }) => ({
      id: randomUUID(),
      workspaceId,
      connectionId: id,
      contactId,
      state: 'wanted' as const,
    })),
  );
}
