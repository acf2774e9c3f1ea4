import type { Rule } from '../facts.ts';

export const reopened: Rule = {
  reason: 'reopened',
  judge({ ticket }) {
    if (ticket.state === 'open') {
      return {
        withheld: 'The ticket was reopened before the mail left. It is decided anew when it is resolved again.',
      };
    }
    return ticket.state === 'gone' ? { withheld: 'The ticket was deleted before the mail left.' } : undefined;
  },
};
