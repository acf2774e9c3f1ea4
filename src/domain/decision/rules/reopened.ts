import { onTickets, type Rule } from '../facts.ts';

export const reopened: Rule = {
  reason: 'reopened',
  judge: onTickets(({ ticket }) =>
    ticket.state === 'open' ? { skipped: { code: 'reopened', params: {} } } : undefined,
  ),
};
