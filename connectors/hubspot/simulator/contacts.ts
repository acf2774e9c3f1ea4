import { recordAddresses } from './addresses.ts';
import type { ObjectType } from './object-type.ts';
import type { CrmRecord, Records } from './records.ts';
import { conflict, invalid } from './refusals.ts';

/** Contacts: one for every email address, which finds it whether it is the primary one or not. */
export function contactType(records: Records): ObjectType & { findByEmail(email: string): CrmRecord | undefined } {
  const { findByEmail } = records;

  /** Addresses are kept in lower case, each by one contact only. */
  function complete(values: ReadonlyMap<string, string>, id?: string): ReadonlyMap<string, string> {
    const completed = new Map(values);
    for (const name of ['email', 'hs_additional_emails']) {
      const given = values.get(name);
      if (given !== undefined) completed.set(name, given.toLowerCase());
    }
    for (const address of recordAddresses({ properties: completed })) {
      if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) {
        throw invalid('Property values were not valid', [
          { message: 'Email address is invalid', code: 'INVALID_EMAIL', context: { propertyName: ['email'] } },
        ]);
      }
      const other = findByEmail(address);
      if (other && other.id !== id) throw conflict(`Contact already exists. Existing ID: ${other.id}`);
    }
    return completed;
  }

  return {
    object: 'contacts',
    label: 'CONTACT',
    alwaysShown: ['createdate', 'hs_object_id', 'lastmodifieddate'],
    shownByDefault: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
    find: (id) => records.find('contacts', id),
    findByOwnId: (id) => records.findByOwnId('contacts', id),
    findByEmail,
    create: (values, source) => records.create('contacts', complete(values), source),
    update: (id, values, source) => records.update('contacts', id, complete(values, id), source),
  };
}
