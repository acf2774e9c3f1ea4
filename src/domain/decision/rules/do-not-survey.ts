import { doNotSurveyKey } from '../../record-fields.ts';
import type { Rule } from '../facts.ts';

const said = {
  'on a record': `Somebody ticked "Do not survey" (${doNotSurveyKey}) on their record.`,
  here: 'Somebody here marked this person as not to be surveyed.',
};

export const doNotSurvey: Rule = {
  reason: 'do_not_survey',
  judge: ({ person }) => (person?.doNotSurvey ? { withheld: said[person.doNotSurvey] } : undefined),
};
