import type { Rule } from '../facts.ts';

export const ownPeople: Rule = {
  reason: 'own_people',
  judge({ person, ownAddresses, ownDomains }) {
    if (person?.records.some(({ staff }) => staff)) return { withheld: 'They are one of your own agents or admins.' };
    if (!person?.email) return undefined;
    if (ownAddresses.has(person.email)) {
      return { withheld: 'Their address is one of your own, such as the support address.' };
    }
    const domain = person.email.slice(person.email.lastIndexOf('@') + 1);
    return isWithin(domain, ownDomains) ? { withheld: 'Their address is in one of your own domains.' } : undefined;
  },
};

function isWithin(domain: string, domains: ReadonlySet<string>): boolean {
  const labels = domain.split('.');
  return labels.some((_, index) => domains.has(labels.slice(index).join('.')));
}
