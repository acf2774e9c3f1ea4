import type { Rule } from '../facts.ts';

export const unsubscribedHere: Rule = {
  reason: 'unsubscribed_survey',
  judge: ({ person }) =>
    person?.unsubscribedHereAt
      ? { skipped: { code: 'unsubscribed_survey', params: { at: person.unsubscribedHereAt.toISOString() } } }
      : undefined,
};
