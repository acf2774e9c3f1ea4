import { day, type Rule, recordsAt } from '../facts.ts';

export const undeliverable: Rule = {
  reason: 'undeliverable',
  evenForTests: true,
  judge({ person }) {
    if (person?.bouncedAt) return { withheld: `Mail to this address bounced on ${day(person.bouncedAt)}.` };
    return person && recordsAt(person).some((record) => record.undeliverable)
      ? { withheld: 'The connected system has marked this address as undeliverable.' }
      : undefined;
  },
};
