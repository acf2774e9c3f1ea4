import type { Rule } from '../facts.ts';

export const sharedRecord: Rule = {
  reason: 'shared',
  judge: ({ ticket }) =>
    ticket.requester?.shared
      ? { withheld: 'The requester belongs to another account that shares this ticket; asking is for that account.' }
      : undefined,
};
