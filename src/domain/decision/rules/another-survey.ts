import { onTickets, type Rule } from '../facts.ts';

export const anotherSurvey: Rule = {
  reason: 'another_survey',
  judge: onTickets(({ askedBy }) =>
    askedBy === undefined ? undefined : { withheld: { code: 'another_survey', params: { survey: askedBy } } },
  ),
};
