import type { Rule } from '../facts.ts';

export const unsubscribedHere: Rule = {
  reason: 'unsubscribed_survey',
  judge: ({ contact }) =>
    contact?.unsubscribedHereAt
      ? { skipped: { code: 'unsubscribed_survey', params: { at: contact.unsubscribedHereAt.toISOString() } } }
      : undefined,
};
