import type { Rule } from '../facts.ts';

export const suspended: Rule = {
  reason: 'suspended',
  judge: ({ contact }) =>
    contact?.records.some((record) => record.suspended) ? { skipped: { code: 'suspended', params: {} } } : undefined,
};
