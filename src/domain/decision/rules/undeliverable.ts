import { type Rule, recordsAt } from '../facts.ts';

export const undeliverable: Rule = {
  reason: 'undeliverable',
  evenForTests: true,
  judge({ person }) {
    if (person?.bouncedAt)
      return { skipped: { code: 'undeliverable', params: { kind: 'bounced', at: person.bouncedAt.toISOString() } } };
    return person && recordsAt(person).some((record) => record.undeliverable)
      ? { skipped: { code: 'undeliverable', params: { kind: 'marked' } } }
      : undefined;
  },
};
