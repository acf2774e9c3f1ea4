import { isInDomains } from '../../own-addresses.ts';
import type { Rule } from '../facts.ts';

export const ownTeam: Rule = {
  reason: 'own_team',
  judge({ contact, ownAddresses, ownDomains }) {
    if (contact?.records.some(({ staff }) => staff))
      return { skipped: { code: 'own_team', params: { kind: 'staff' } } };
    if (!contact?.email) return undefined;
    if (ownAddresses.has(contact.email)) {
      return { skipped: { code: 'own_team', params: { kind: 'address' } } };
    }
    const isOwn = isInDomains(contact.email, ownDomains);
    return isOwn ? { skipped: { code: 'own_team', params: { kind: 'domain' } } } : undefined;
  },
};
