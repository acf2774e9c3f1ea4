import { doNotSurveyKey } from '../../record-fields.ts';
import type { Rule } from '../facts.ts';

export const doNotSurvey: Rule = {
  reason: 'do_not_survey',
  judge: ({ person }) =>
    person?.doNotSurvey
      ? { withheld: `Somebody ticked "Do not survey" (${doNotSurveyKey}) on their record.` }
      : undefined,
};
