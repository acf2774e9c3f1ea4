import type { Rule } from '../facts.ts';

export const noPublicReply: Rule = {
  reason: 'no_public_reply',
  judge({ ticket }) {
    if (ticket.publicReplies === undefined) {
      return {
        notApplied: 'Whether an agent replied publicly is not known to this system, so that rule was not applied.',
      };
    }
    return ticket.publicReplies === 0
      ? { withheld: 'No agent replied to the requester on this ticket, so there is nothing to rate.' }
      : undefined;
  },
};
