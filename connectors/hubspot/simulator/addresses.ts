import type { CrmRecord } from './records.ts';

/** The primary address first. */
export function recordAddresses({ properties }: Pick<CrmRecord, 'properties'>): readonly string[] {
  const additional = (properties.get('hs_additional_emails') ?? '').split(';');
  return [properties.get('email') ?? '', ...additional].filter((address) => address !== '');
}

/** Who may have an address, so that a hundred thousand contacts need not be looked through for it. */
export type AddressBook = {
  note(contact: CrmRecord): void;
  /** Everybody who ever had it; whether they still do stands in their record. */
  idsOf(address: string): readonly string[];
};

export function createAddressBook(): AddressBook {
  const ids = new Map<string, Set<string>>();
  return {
    note(contact) {
      for (const address of recordAddresses(contact)) ids.set(address, (ids.get(address) ?? new Set()).add(contact.id));
    },
    idsOf: (address) => [...(ids.get(address) ?? [])],
  };
}
