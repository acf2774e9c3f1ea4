import type { Rule } from '../facts.ts';

export const suppressed: Rule = {
  reason: 'suppressed',
  judge: ({ person }) =>
    person?.suppressed ? { skipped: { code: 'suppressed', params: { kind: person.suppressed } } } : undefined,
};
