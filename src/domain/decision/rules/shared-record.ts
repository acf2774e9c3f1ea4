import type { Rule } from '../facts.ts';

/** The requester's own record comes first among those of a ticket; what another system shares is another matter. */
export const sharedRecord: Rule = {
  reason: 'shared',
  judge: ({ contact, occasion }) => {
    const records = contact?.records ?? [];
    const isShared =
      occasion.kind === 'resolution' ? records[0]?.shared : records.length > 0 && records.every(({ shared }) => shared);
    return isShared ? { skipped: { code: 'shared', params: {} } } : undefined;
  },
};
