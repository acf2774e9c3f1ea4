import type { Rule } from '../facts.ts';

export const suppressed: Rule = {
  reason: 'suppressed',
  judge: ({ person }) =>
    person?.suppressed ? { withheld: { code: 'suppressed', params: { kind: person.suppressed } } } : undefined,
};
