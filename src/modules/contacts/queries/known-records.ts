import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { ContactSnapshot } from '../../../model/contact.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { recordLink } from '../../records/tables.ts';
import { contact, contactEmail, contactKey } from '../tables.ts';
import type { ContactRow } from './contacts.ts';
import { addressesIn } from './merges.ts';
import { isSame } from './record-addresses.ts';

export type ShownRecord = { connectionId: string; record: ContactSnapshot };

/**
 * The contacts of records that show nothing but what is known: to keep them with `ensureContact` would change
 * nothing. A record that went up in another one, or holds others, is never among them.
 *
 * @returns the contact, by what was shown
 */
export async function knownContacts(
  tx: Queryable,
  workspaceId: string,
  shown: readonly ShownRecord[],
): Promise<Map<ShownRecord, string>> {
  if (shown.length === 0) return new Map();
  const linked = await tx
    .select({ recordLink, contact })
    .from(recordLink)
    .innerJoin(contact, eq(contact.id, recordLink.contactId))
    .where(
      and(
        inArray(recordLink.connectionId, [...new Set(shown.map(({ connectionId }) => connectionId))]),
        inArray(
          recordLink.recordId,
          shown.map(({ record }) => record.id),
        ),
        inArray(recordLink.state, ['present', 'ambiguous']),
        isNull(contact.erasedAt),
      ),
    );
  const links = new Map(linked.map((row) => [`${row.recordLink.connectionId} ${row.recordLink.recordId}`, row]));
  const addresses = await knownAddresses(
    tx,
    workspaceId,
    shown.flatMap(({ record }) => addressesIn(record)),
  );
  const keys = await contactsByKey(
    tx,
    workspaceId,
    shown.flatMap(({ record }) => record.contactKey ?? []),
  );
  const known = new Map<ShownRecord, string>();
  for (const one of shown) {
    const { connectionId, record } = one;
    const link = links.get(`${connectionId} ${record.id}`);
    const isKnown =
      link !== undefined &&
      link.recordLink.doNotSurvey === (record.doNotSurvey ?? false) &&
      (record.mergedIds ?? []).length === 0 &&
      saysNothingNew(record, link.contact) &&
      isSame(link.recordLink.addresses, addressesIn(record)) &&
      addressesIn(record).every((address) => addresses.has(address)) &&
      (record.contactKey === undefined || keys.get(record.contactKey) === link.contact.id);
    if (isKnown) known.set(one, link.contact.id);
  }
  return known;
}

function saysNothingNew({ name, language, timeZone, company }: ContactSnapshot, row: ContactRow): boolean {
  const same = (said: string | undefined, saved: string | null) => said === undefined || said === saved;
  return (
    same(name, row.name) && same(language, row.language) && same(timeZone, row.timeZone) && same(company, row.company)
  );
}

/** Those of these addresses that are somebody's: they stay theirs. */
async function knownAddresses(
  tx: Queryable,
  workspaceId: string,
  addresses: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await tx
    .select({ address: contactEmail.address })
    .from(contactEmail)
    .where(and(eq(contactEmail.workspaceId, workspaceId), inArray(contactEmail.address, [...addresses])));
  return new Set(found.map(({ address }) => address));
}

async function contactsByKey(
  tx: Queryable,
  workspaceId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const found = await tx
    .select({ key: contactKey.value, contactId: contactKey.contactId })
    .from(contactKey)
    .where(and(eq(contactKey.workspaceId, workspaceId), inArray(contactKey.value, [...keys])));
  return new Map(found.map(({ key, contactId }) => [key, contactId]));
}
