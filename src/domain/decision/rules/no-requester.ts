import type { Rule } from '../facts.ts';

export const noRequester: Rule = {
  reason: 'no_requester',
  evenForTests: true,
  judge: ({ contact }) => (contact ? undefined : { skipped: { code: 'no_requester', params: {} } }),
};
