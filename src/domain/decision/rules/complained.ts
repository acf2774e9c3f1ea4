import { day, type Rule } from '../facts.ts';

export const complained: Rule = {
  reason: 'complained',
  evenForTests: true,
  judge: ({ person }) =>
    person?.complainedAt
      ? { withheld: `The owner of this address marked an email as spam on ${day(person.complainedAt)}.` }
      : undefined,
};
