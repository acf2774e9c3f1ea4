import { randomUUID } from 'node:crypto';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Queryable } from '../../../platform/database/database.ts';
import { recordLink } from '../../records/tables.ts';
import { contact, contactEmail } from '../tables.ts';

export type ContactRow = typeof contact.$inferSelect;

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

/** A contact of whom nothing is known yet. */
export async function createContact(tx: Queryable, workspaceId: string, now: Date): Promise<string> {
  const id = randomUUID();
  await tx.insert(contact).values({ id, workspaceId, createdAt: now });
  return id;
}

/**
 * Locks the contact for the rest of the transaction, so that no two decisions about them cross. A contact that
 * was merged leads to the one that it was merged into: go on with the id that comes back.
 */
export async function lockContact(tx: Queryable, id: string): Promise<ContactRow | undefined> {
  const [found] = await tx.select().from(contact).where(eq(contact.id, id)).for('update');
  return found?.mergedInto ? lockContact(tx, found.mergedInto) : found;
}

/** The same of several contacts, always in the same order; each is found under the id that was asked for. */
export async function lockContacts(tx: Queryable, ids: readonly string[]): Promise<Map<string, ContactRow>> {
  if (ids.length === 0) return new Map();
  const found = await tx
    .select()
    .from(contact)
    .where(inArray(contact.id, [...ids]))
    .orderBy(contact.id)
    .for('update');
  const standing = new Map<string, ContactRow>();
  for (const row of found) {
    const winner = row.mergedInto ? await lockContact(tx, row.mergedInto) : row;
    if (winner) standing.set(row.id, winner);
  }
  return standing;
}

export async function findContact(db: Queryable, id: string): Promise<ContactRow | undefined> {
  const [found] = await db.select().from(contact).where(eq(contact.id, id));
  return found;
}

/** Several contacts, by their ids. */
export async function findContacts(db: Queryable, ids: readonly string[]): Promise<Map<string, ContactRow>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select()
    .from(contact)
    .where(inArray(contact.id, [...ids]));
  return new Map(found.map((row) => [row.id, row]));
}

export async function updateContact(tx: Queryable, id: string, changes: Partial<ContactRow>): Promise<void> {
  await tx.update(contact).set(changes).where(eq(contact.id, id));
}

export async function updateContacts(
  tx: Queryable,
  ids: readonly string[],
  changes: Partial<ContactRow>,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(contact)
    .set(changes)
    .where(inArray(contact.id, [...ids]));
}

/** Those of whom any record says not to survey them. */
export async function notToSurvey(tx: Queryable, contactIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (contactIds.length === 0) return new Set();
  const found = await tx
    .select({ contactId: recordLink.contactId })
    .from(recordLink)
    .where(and(inArray(recordLink.contactId, [...contactIds]), eq(recordLink.doNotSurvey, true)));
  return new Set(found.map(({ contactId }) => contactId));
}

/** Their records that say not to survey them. */
export async function recordsAgainst(
  db: Queryable,
  contactId: string,
): Promise<{ id: string; connectionId: string; recordId: string | null }[]> {
  return db
    .select({ id: recordLink.id, connectionId: recordLink.connectionId, recordId: recordLink.recordId })
    .from(recordLink)
    .where(and(eq(recordLink.contactId, contactId), eq(recordLink.doNotSurvey, true)));
}

/** The contacts' addresses, by contact. */
export async function findAddresses(db: Queryable, contactIds: readonly string[]): Promise<Map<string, string[]>> {
  if (contactIds.length === 0) return new Map();
  const found = await db
    .select({ contactId: contactEmail.contactId, address: contactEmail.address })
    .from(contactEmail)
    .where(inArray(contactEmail.contactId, [...contactIds]));
  const byContact = Map.groupBy(found, (row) => row.contactId);
  return new Map([...byContact].map(([id, rows]) => [id, rows.map((row) => row.address)]));
}

/** Filters by a contact's address. @param address normalized */
export function ofAddress(workspaceId: string, contactId: PgColumn, address: string | undefined): SQL[] {
  if (address === undefined) return [];
  return [
    sql`${contactId} in (select contact_id from ${contactEmail} where workspace_id = ${workspaceId} and address = ${address})`,
  ];
}
