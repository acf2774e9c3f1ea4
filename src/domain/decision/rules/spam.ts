import { onTickets, type Rule } from '../facts.ts';

export const spam: Rule = {
  reason: 'spam',
  judge: onTickets(({ ticket }) =>
    ticket.spam
      ? { withheld: 'The ticket is spam or was closed by the system without anybody working on it.' }
      : undefined,
  ),
};
