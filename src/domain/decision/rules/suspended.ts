import type { Rule } from '../facts.ts';

export const suspended: Rule = {
  reason: 'suspended',
  judge: ({ ticket }) => (ticket.requester?.suspended ? { withheld: 'The requester is suspended.' } : undefined),
};
