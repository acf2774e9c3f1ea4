import type { Rule } from '../facts.ts';

export const doNotSurvey: Rule = {
  reason: 'do_not_survey',
  judge: ({ person }) =>
    person?.doNotSurvey ? { skipped: { code: 'do_not_survey', params: { kind: person.doNotSurvey } } } : undefined,
};
