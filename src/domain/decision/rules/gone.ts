import { onTickets, type Rule } from '../facts.ts';

export const gone: Rule = {
  reason: 'gone',
  evenForTests: true,
  judge: onTickets(({ ticket }) => (ticket.state === 'gone' ? { skipped: { code: 'gone', params: {} } } : undefined)),
};
