import { eq, sql } from 'drizzle-orm';
import type { ContactSnapshot } from '../../../model/contact.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { linkRecord } from '../../records/index.ts';
import { contact, contactEmail, contactKey } from '../tables.ts';
import { createContact, findContactByEmail } from './contacts.ts';
import { addressesIn, candidatesFor, mergeContacts } from './merges.ts';
import { noteAddresses } from './record-addresses.ts';

/** @param outOfSync connections that have something to write because two contacts turned out to be one */
export type Recognized = { contactId: string; outOfSync: readonly string[] };

/**
 * The contact of a record as a system shows it: who it is linked to, else who has its key or one of its addresses,
 * else somebody new. The record is linked to them, and what the system says of them is kept.
 *
 * An address that the record shows no more is given up, so that whoever has it next is somebody else.
 *
 * Those whose records went up in this one, or who have its key, are the same contact. Two contacts who merely share
 * addresses with it could be meant: then it is linked to one of them and not written, until somebody joins the two.
 */
export async function ensureContact(
  tx: Queryable,
  of: { workspaceId: string; connectionId: string },
  snapshot: ContactSnapshot,
  now: Date,
): Promise<Recognized> {
  const addresses = addressesIn(snapshot);
  let candidates = await candidatesFor(tx, of, snapshot);
  if (
    Object.values(candidates)
      .flat()
      .every((id) => id === undefined)
  ) {
    await lockAddresses(tx, of.workspaceId, addresses);
    candidates = await candidatesFor(tx, of, snapshot);
  }
  const { linked, merged, keyed, addressed } = candidates;
  const contactId = linked ?? keyed ?? merged[0] ?? addressed[0] ?? (await createContact(tx, of.workspaceId, now));
  const outOfSync: string[] = [];
  for (const loser of new Set([...merged, ...(keyed === undefined ? [] : [keyed])])) {
    outOfSync.push(...(await mergeContacts(tx, { workspaceId: of.workspaceId, loser, winner: contactId }, now)));
  }
  const same = new Set([contactId, ...merged, keyed]);
  const ambiguous = linked === undefined && addressed.some((id) => !same.has(id));

  await saveSnapshot(tx, of.workspaceId, contactId, snapshot, ambiguous ? addresses.slice(0, 1) : addresses);
  await linkRecord(tx, { ...of, contactId }, snapshot, now, ambiguous);
  await noteAddresses(tx, of, snapshot);
  return { contactId, outOfSync };
}

/** A contact as whoever wants them to be asked speaks of them; `email` is normalized. */
export type Introduced = { email: string; name?: string; language?: string; timeZone?: string; company?: string };

/** The contact with this address, made when there is none yet. What is known of them already stays as it is. */
export async function ensureContactByEmail(
  tx: Queryable,
  workspaceId: string,
  { email, ...said }: Introduced,
  now: Date,
): Promise<string> {
  const known = await findContactByEmail(tx, workspaceId, email);
  if (known !== undefined) return known;
  await lockAddresses(tx, workspaceId, [email]);
  const meanwhile = await findContactByEmail(tx, workspaceId, email);
  if (meanwhile !== undefined) return meanwhile;
  const contactId = await createContact(tx, workspaceId, now);
  await saveSnapshot(tx, workspaceId, contactId, said, [email]);
  return contactId;
}

/** Two systems may show the same new contact at once: whoever comes first makes them. */
async function lockAddresses(tx: Queryable, workspaceId: string, addresses: readonly string[]): Promise<void> {
  for (const address of [...addresses].sort()) {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${workspaceId} ${address}`}, 0))`);
  }
}

async function saveSnapshot(
  tx: Queryable,
  workspaceId: string,
  contactId: string,
  { name, language, timeZone, company, contactKey: key }: Omit<ContactSnapshot, 'id' | 'emails'>,
  addresses: readonly string[],
): Promise<void> {
  for (const address of addresses) {
    // Somebody else's address stays theirs: two contacts are never joined by a change of address.
    await tx.insert(contactEmail).values({ workspaceId, address, contactId }).onConflictDoNothing();
  }
  if (key !== undefined) {
    await tx.insert(contactKey).values({ workspaceId, value: key, contactId }).onConflictDoNothing();
  }
  const said = {
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(company === undefined ? {} : { company }),
  };
  if (Object.keys(said).length > 0) await tx.update(contact).set(said).where(eq(contact.id, contactId));
}
