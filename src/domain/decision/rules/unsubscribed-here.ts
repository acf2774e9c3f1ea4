import { day, type Rule } from '../facts.ts';

export const unsubscribedHere: Rule = {
  reason: 'unsubscribed_survey',
  judge: ({ person }) =>
    person?.unsubscribedHereAt
      ? { withheld: `They unsubscribed from this survey on ${day(person.unsubscribedHereAt)}.` }
      : undefined,
};
