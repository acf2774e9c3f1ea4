import type { Rule } from '../facts.ts';

const remembered = {
  unsubscribed: 'Somebody with this address unsubscribed; that is remembered when all else about them is deleted.',
  erased: 'The person with this address was erased here, and is not asked again.',
};

export const suppressed: Rule = {
  reason: 'suppressed',
  judge: ({ person }) => (person?.suppressed ? { withheld: remembered[person.suppressed] } : undefined),
};
