import type { Rule } from '../facts.ts';

export const doNotSurvey: Rule = {
  reason: 'do_not_survey',
  judge: ({ contact }) =>
    contact?.doNotSurvey ? { skipped: { code: 'do_not_survey', params: { kind: contact.doNotSurvey } } } : undefined,
};
