import { onTickets, type Rule } from '../facts.ts';

export const noPublicReply: Rule = {
  reason: 'no_public_reply',
  judge: onTickets(({ ticket: { publicReplies } }) => {
    if (publicReplies === undefined) {
      const unknown =
        'Whether an agent replied publicly is not known to this system, so that rule was not applied.' as const;
      return { notApplied: [unknown] };
    }
    return publicReplies === 0
      ? { withheld: 'No agent replied to the requester on this ticket, so there is nothing to rate.' }
      : undefined;
  }),
};
