import type { Rule } from '../facts.ts';

export const complained: Rule = {
  reason: 'complained',
  evenForTests: true,
  judge: ({ contact }) =>
    contact?.complainedAt
      ? { skipped: { code: 'complained', params: { at: contact.complainedAt.toISOString() } } }
      : undefined,
};
