import type { Rule } from '../facts.ts';

export const noAddress: Rule = {
  reason: 'no_email',
  evenForTests: true,
  judge: ({ person }) => (person?.email ? undefined : { skipped: { code: 'no_email', params: {} } }),
};
