import { day, type Rule } from '../facts.ts';

export const unsubscribed: Rule = {
  reason: 'unsubscribed',
  judge: ({ person }) =>
    person?.unsubscribedAt
      ? { withheld: `They unsubscribed from surveys on ${day(person.unsubscribedAt)}.` }
      : undefined,
};
