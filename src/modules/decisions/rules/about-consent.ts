import { type Rule, recordsAt } from '../facts.ts';

export const doNotSurvey: Rule = {
  reason: 'do_not_survey',
  judge: ({ contact }) =>
    contact?.doNotSurvey ? { skipped: { code: 'do_not_survey', params: { kind: contact.doNotSurvey } } } : undefined,
};

export const optedOut: Rule = {
  reason: 'opted_out',
  judge: ({ contact }) =>
    contact?.records.some((record) => record.optedOut) ? { skipped: { code: 'opted_out', params: {} } } : undefined,
};

export const suppressed: Rule = {
  reason: 'suppressed',
  judge: ({ contact }) =>
    contact?.suppressed ? { skipped: { code: 'suppressed', params: { kind: contact.suppressed } } } : undefined,
};

export const unsubscribed: Rule = {
  reason: 'unsubscribed',
  judge: ({ contact }) =>
    contact?.unsubscribedAt
      ? { skipped: { code: 'unsubscribed', params: { at: contact.unsubscribedAt.toISOString() } } }
      : undefined,
};

export const unsubscribedHere: Rule = {
  reason: 'unsubscribed_survey',
  judge: ({ contact }) =>
    contact?.unsubscribedHereAt
      ? { skipped: { code: 'unsubscribed_survey', params: { at: contact.unsubscribedHereAt.toISOString() } } }
      : undefined,
};

export const complained: Rule = {
  reason: 'complained',
  evenForTests: true,
  judge: ({ contact }) =>
    contact?.complainedAt
      ? { skipped: { code: 'complained', params: { at: contact.complainedAt.toISOString() } } }
      : undefined,
};

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
