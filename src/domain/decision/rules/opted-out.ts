import type { Rule } from '../facts.ts';

export const optedOut: Rule = {
  reason: 'opted_out',
  judge: ({ ticket }) =>
    ticket.requester?.optedOut ? { withheld: 'The requester has opted out of all email in your CRM.' } : undefined,
};
