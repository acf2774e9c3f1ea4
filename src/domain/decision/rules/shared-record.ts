import type { Rule } from '../facts.ts';

export const sharedRecord: Rule = {
  reason: 'shared',
  judge: ({ person }) =>
    person?.records.some(({ shared }) => shared)
      ? { withheld: 'The requester belongs to another account that shares this ticket; asking is for that account.' }
      : undefined,
};
