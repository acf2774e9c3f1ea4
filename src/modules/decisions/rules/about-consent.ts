import { type Rule, recordsAt } from '../facts.ts';

export const doNotSurvey: Rule = {
  reason: 'do_not_survey',
  judge: ({ person }) =>
    person?.doNotSurvey ? { skipped: { code: 'do_not_survey', params: { kind: person.doNotSurvey } } } : undefined,
};

export const optedOut: Rule = {
  reason: 'opted_out',
  judge: ({ person }) =>
    person?.records.some((record) => record.optedOut) ? { skipped: { code: 'opted_out', params: {} } } : undefined,
};

export const suppressed: Rule = {
  reason: 'suppressed',
  judge: ({ person }) =>
    person?.suppressed ? { skipped: { code: 'suppressed', params: { kind: person.suppressed } } } : undefined,
};

export const unsubscribed: Rule = {
  reason: 'unsubscribed',
  judge: ({ person }) =>
    person?.unsubscribedAt
      ? { skipped: { code: 'unsubscribed', params: { at: person.unsubscribedAt.toISOString() } } }
      : undefined,
};

export const unsubscribedHere: Rule = {
  reason: 'unsubscribed_survey',
  judge: ({ person }) =>
    person?.unsubscribedHereAt
      ? { skipped: { code: 'unsubscribed_survey', params: { at: person.unsubscribedHereAt.toISOString() } } }
      : undefined,
};

export const complained: Rule = {
  reason: 'complained',
  evenForTests: true,
  judge: ({ person }) =>
    person?.complainedAt
      ? { skipped: { code: 'complained', params: { at: person.complainedAt.toISOString() } } }
      : undefined,
};

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
