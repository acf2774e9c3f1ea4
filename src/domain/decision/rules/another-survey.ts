import { onTickets, type Rule } from '../facts.ts';

export const anotherSurvey: Rule = {
  reason: 'another_survey',
  judge: onTickets(({ askedBy }) =>
    askedBy === undefined ? undefined : { skipped: { code: 'another_survey', params: { survey: askedBy } } },
  ),
};
