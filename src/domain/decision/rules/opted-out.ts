import type { Rule } from '../facts.ts';

export const optedOut: Rule = {
  reason: 'opted_out',
  judge: ({ contact }) =>
    contact?.records.some((record) => record.optedOut) ? { skipped: { code: 'opted_out', params: {} } } : undefined,
};
