import { isInDomains } from '../../own-addresses.ts';
import type { Rule } from '../facts.ts';

export const ownPeople: Rule = {
  reason: 'own_people',
  judge({ person, ownAddresses, ownDomains }) {
    if (person?.records.some(({ staff }) => staff)) return { withheld: 'They are one of your own agents or admins.' };
    if (!person?.email) return undefined;
    if (ownAddresses.has(person.email)) {
      return { withheld: 'Their address is one of your own, such as the support address.' };
    }
    const isOwn = isInDomains(person.email, ownDomains);
    return isOwn ? { withheld: 'Their address is in one of your own domains.' } : undefined;
  },
};
