import type { Rule } from '../facts.ts';

export const unsubscribed: Rule = {
  reason: 'unsubscribed',
  judge: ({ contact }) =>
    contact?.unsubscribedAt
      ? { skipped: { code: 'unsubscribed', params: { at: contact.unsubscribedAt.toISOString() } } }
      : undefined,
};
