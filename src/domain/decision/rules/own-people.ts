import type { Rule } from '../facts.ts';

export const ownPeople: Rule = {
  reason: 'own_people',
  judge({ ticket, person, ownAddresses }) {
    if (ticket.requester?.staff) return { withheld: 'The requester is one of your own agents or admins.' };
    return person?.email && ownAddresses.has(person.email)
      ? { withheld: "The requester's address is one of your own, such as the support address." }
      : undefined;
  },
};
