import { onTickets, type Rule } from '../facts.ts';

export const reopened: Rule = {
  reason: 'reopened',
  judge: onTickets(({ ticket }) =>
    ticket.state === 'open' ? { withheld: { code: 'reopened', params: {} } } : undefined,
  ),
};
