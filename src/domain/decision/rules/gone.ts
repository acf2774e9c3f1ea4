import { onTickets, type Rule } from '../facts.ts';

export const gone: Rule = {
  reason: 'gone',
  evenForTests: true,
  judge: onTickets(({ ticket }) =>
    ticket.state === 'gone' ? { withheld: 'The ticket was deleted before the mail left.' } : undefined,
  ),
};
