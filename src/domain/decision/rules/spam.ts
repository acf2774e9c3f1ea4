import { onTickets, type Rule } from '../facts.ts';

export const spam: Rule = {
  reason: 'spam',
  judge: onTickets(({ ticket }) => (ticket.spam ? { skipped: { code: 'spam', params: {} } } : undefined)),
};
