import { onTickets, type Rule } from '../facts.ts';

export const reopened: Rule = {
  reason: 'reopened',
  judge: onTickets(({ ticket }) =>
    ticket.state === 'open'
      ? { withheld: 'The ticket was reopened before the mail left. It is decided anew when it is resolved again.' }
      : undefined,
  ),
};
