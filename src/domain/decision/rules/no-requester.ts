import type { Rule } from '../facts.ts';

export const noRequester: Rule = {
  reason: 'no_requester',
  evenForTests: true,
  judge: ({ person }) => (person ? undefined : { withheld: 'The ticket has no requester who could be asked.' }),
};
