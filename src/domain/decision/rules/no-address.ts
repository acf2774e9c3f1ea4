import type { Rule } from '../facts.ts';

export const noAddress: Rule = {
  reason: 'no_email',
  evenForTests: true,
  judge: ({ contact }) => (contact?.email ? undefined : { skipped: { code: 'no_email', params: {} } }),
};
