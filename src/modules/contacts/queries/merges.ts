import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { type ContactSnapshot, normalizeEmail } from '../../../model/contact.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { decision, surveyRequest } from '../../decisions/tables.ts';
import { invitation } from '../../invitations/tables.ts';
import { crmFields, recordLink } from '../../records/tables.ts';
import { response } from '../../responses/tables.ts';
import { ticket } from '../../tickets/tables.ts';
import { contact, contactEmail, contactKey, unsubscription } from '../tables.ts';
import { lockContact } from './contacts.ts';
import { refreshCrmFields } from './crm-fields.ts';

/**
 * Who a record could be: the contact it is linked to, those whose address it has, those whose key it has, those whose
 * records went up in it. Never by name. An address counts when mail to it reaches the contact: the primary one, and
 * others only where the system has verified them.
 */
export async function candidatesFor(
  tx: Queryable,
  of: { workspaceId: string; connectionId: string },
  snapshot: ContactSnapshot,
): Promise<{
  linked: string | undefined;
  merged: readonly string[];
  keyed: string | undefined;
  addressed: readonly string[];
}> {
  const records = await tx
    .select({ record: recordLink.recordId, id: recordLink.contactId })
    .from(recordLink)
    .innerJoin(contact, eq(contact.id, recordLink.contactId))
    .where(
      and(
        eq(recordLink.connectionId, of.connectionId),
        inArray(recordLink.recordId, [snapshot.id, ...(snapshot.mergedIds ?? [])]),
        // A record of somebody who was erased leads to nobody.
        isNull(contact.erasedAt),
      ),
    );
  const linked = records.find(({ record }) => record === snapshot.id);
  const merged = records.filter(({ record }) => record !== snapshot.id);
  const [keyed] =
    snapshot.contactKey === undefined
      ? []
      : await tx
          .select({ id: contactKey.contactId })
          .from(contactKey)
          .where(and(eq(contactKey.workspaceId, of.workspaceId), eq(contactKey.value, snapshot.contactKey)));
  const addresses = addressesIn(snapshot);
  const addressed =
    addresses.length === 0
      ? []
      : await tx
          .select({ id: contactEmail.contactId, address: contactEmail.address })
          .from(contactEmail)
          .where(and(eq(contactEmail.workspaceId, of.workspaceId), inArray(contactEmail.address, [...addresses])));
  const order = (address: string) => addresses.indexOf(address);
  return {
    linked: linked?.id,
    merged: [...new Set(merged.map(({ id }) => id))],
    keyed: keyed?.id,
    addressed: [...new Set(addressed.sort((a, b) => order(a.address) - order(b.address)).map(({ id }) => id))],
  };
}

/**
 * The addresses that mail to this contact reaches, normalized, the primary one first. One that several contacts share
 * belongs to none of them: it joins nobody.
 */
export function addressesIn(record: Pick<ContactSnapshot, 'email' | 'emails'>): readonly string[] {
  const shared = new Set(normalizedEmails(record.emails.filter((one) => one.shared).map(({ address }) => address)));
  return addressesShown(record).filter((address) => !shared.has(address));
}

/** Likewise, with those that are shared. */
export function addressesShown({ email, emails }: Pick<ContactSnapshot, 'email' | 'emails'>): readonly string[] {
  return normalizedEmails([email, ...emails.filter(({ verified }) => verified).map(({ address }) => address)]);
}

function normalizedEmails(addresses: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(addresses.flatMap((address) => (address === undefined ? [] : (normalizeEmail(address) ?? []))))];
}

/**
 * Two contacts turned out to be one: everything of the loser's becomes the winner's, and the loser leads there. The
 * records of both are written anew with what stands now.
 *
 * @returns the connections that have something to write
 */
export async function mergeContacts(
  tx: Queryable,
  { workspaceId, loser, winner }: { workspaceId: string; loser: string; winner: string },
  now: Date,
): Promise<string[]> {
  if (loser === winner) return [];
  // Always in the same order, so that two merges never wait for each other.
  const [first = '', second = ''] = [loser, winner].sort();
  const locked = [await lockContact(tx, first), await lockContact(tx, second)];
  const lost = locked.find((row) => row?.id === loser);
  const remaining = locked.find((row) => row?.id === winner);
  if (!lost || !remaining || lost.workspaceId !== workspaceId || remaining.workspaceId !== workspaceId) return [];

  // Each email was cleared when these were two contacts: both are decided again before they leave.
  await tx
    .update(invitation)
    .set({ clearedUntil: null })
    .where(
      and(
        inArray(invitation.contactId, [loser, winner]),
        isNotNull(invitation.clearedUntil),
        isNull(invitation.claimedUntil),
      ),
    );
  for (const table of [contactEmail, contactKey, ticket, surveyRequest, decision, invitation, response] as const) {
    await tx.update(table).set({ contactId: winner }).where(eq(table.contactId, loser));
  }
  await tx.execute(sql`
    insert into ${unsubscription} (workspace_id, contact_id, survey_id, at)
    select workspace_id, ${winner}, survey_id, at from ${unsubscription} where contact_id = ${loser}
    on conflict do nothing`);
  await moveRecordLinks(tx, loser, winner);
  await tx
    .update(contact)
    .set({
      name: remaining.name ?? lost.name,
      language: remaining.language ?? lost.language,
      timeZone: remaining.timeZone ?? lost.timeZone,
      company: remaining.company ?? lost.company,
      test: remaining.test && lost.test,
      // Whoever did not want to be asked does not want it as one contact either.
      doNotSurvey: remaining.doNotSurvey || lost.doNotSurvey,
      unsubscribedAt: remaining.unsubscribedAt ?? lost.unsubscribedAt,
      lastAskedAt: latest(remaining.lastAskedAt, lost.lastAskedAt),
    })
    .where(eq(contact.id, winner));
  await tx.update(contact).set({ mergedInto: winner }).where(eq(contact.id, loser));
  await tx.update(contact).set({ mergedInto: winner }).where(eq(contact.mergedInto, loser));

  if (!(await joinCrmFields(tx, loser, winner))) return [];
  return refreshCrmFields(tx, { workspaceId, contactId: winner }, now, { change: 'merged', always: true });
}

/** The loser's records become the winner's; a wish for a record that the winner already has is dropped. */
async function moveRecordLinks(tx: Queryable, loser: string, winner: string): Promise<void> {
  await tx
    .delete(recordLink)
    .where(and(eq(recordLink.contactId, loser), inArray(recordLink.state, ['searching', 'absent'])));
  await tx.update(recordLink).set({ contactId: winner }).where(eq(recordLink.contactId, loser));
  await tx
    .update(recordLink)
    .set({ state: 'present', outcome: null })
    .where(and(eq(recordLink.contactId, winner), eq(recordLink.state, 'ambiguous')));
  await tx.delete(recordLink).where(
    and(
      eq(recordLink.contactId, winner),
      inArray(recordLink.state, ['searching', 'absent']),
      sql`exists (select 1 from ${recordLink} o where o.contact_id = ${winner} and o.connection_id = ${recordLink.connectionId}
                    and o.state = 'present')`,
    ),
  );
}

/**
 * The two scores counted their revisions apart: the common one goes on above both, so that no write that is under way
 * passes for newer. @returns whether there is any
 */
async function joinCrmFields(tx: Queryable, loser: string, winner: string): Promise<boolean> {
  const both = await tx
    .select()
    .from(crmFields)
    .where(inArray(crmFields.contactId, [loser, winner]));
  const revision = Math.max(0, ...both.map((row) => row.revision));
  const values = Object.assign({}, ...both.map((row) => row.values));
  const [remaining, lost] = [winner, loser].map((id) => both.find((row) => row.contactId === id));
  if (remaining && lost) await tx.delete(crmFields).where(eq(crmFields.contactId, loser));
  await tx
    .update(crmFields)
    .set({ contactId: winner, revision, values })
    .where(eq(crmFields.contactId, remaining ? winner : loser));
  return both.length > 0;
}

function latest(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a > b ? a : b;
}
