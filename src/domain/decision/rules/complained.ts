import type { Rule } from '../facts.ts';

export const complained: Rule = {
  reason: 'complained',
  evenForTests: true,
  judge: ({ person }) =>
    person?.complainedAt
      ? { skipped: { code: 'complained', params: { at: person.complainedAt.toISOString() } } }
      : undefined,
};
