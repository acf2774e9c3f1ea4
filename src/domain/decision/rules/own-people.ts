import { isInDomains } from '../../own-addresses.ts';
import type { Rule } from '../facts.ts';

export const ownPeople: Rule = {
  reason: 'own_people',
  judge({ person, ownAddresses, ownDomains }) {
    if (person?.records.some(({ staff }) => staff))
      return { skipped: { code: 'own_people', params: { kind: 'staff' } } };
    if (!person?.email) return undefined;
    if (ownAddresses.has(person.email)) {
      return { skipped: { code: 'own_people', params: { kind: 'address' } } };
    }
    const isOwn = isInDomains(person.email, ownDomains);
    return isOwn ? { skipped: { code: 'own_people', params: { kind: 'domain' } } } : undefined;
  },
};
