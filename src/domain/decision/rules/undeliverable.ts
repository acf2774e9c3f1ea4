import { type Rule, recordsAt } from '../facts.ts';

export const undeliverable: Rule = {
  reason: 'undeliverable',
  evenForTests: true,
  judge({ contact }) {
    if (contact?.bouncedAt)
      return { skipped: { code: 'undeliverable', params: { kind: 'bounced', at: contact.bouncedAt.toISOString() } } };
    return contact && recordsAt(contact).some((record) => record.undeliverable)
      ? { skipped: { code: 'undeliverable', params: { kind: 'marked' } } }
      : undefined;
  },
};
