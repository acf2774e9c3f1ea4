import type { Rule } from '../facts.ts';

export const suppressed: Rule = {
  reason: 'suppressed',
  judge: ({ contact }) =>
    contact?.suppressed ? { skipped: { code: 'suppressed', params: { kind: contact.suppressed } } } : undefined,
};
