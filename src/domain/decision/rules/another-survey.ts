import { onTickets, type Rule } from '../facts.ts';

export const anotherSurvey: Rule = {
  reason: 'another_survey',
  judge: onTickets(({ askedBy }) =>
    askedBy === undefined ? undefined : { withheld: `Another survey asks about this ticket: "${askedBy}".` },
  ),
};
