import type { Rule } from '../facts.ts';

export const unsubscribed: Rule = {
  reason: 'unsubscribed',
  judge: ({ person }) =>
    person?.unsubscribedAt
      ? { skipped: { code: 'unsubscribed', params: { at: person.unsubscribedAt.toISOString() } } }
      : undefined,
};
