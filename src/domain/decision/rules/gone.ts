import { onTickets, type Rule } from '../facts.ts';

export const gone: Rule = {
  reason: 'gone',
  evenForTests: true,
  judge: onTickets(({ ticket }) => (ticket.state === 'gone' ? { withheld: { code: 'gone', params: {} } } : undefined)),
};
