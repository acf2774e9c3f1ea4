import { onTickets, type Rule } from '../facts.ts';

/**
 * Holds only where the number of replies says something: a ticket by phone, or one that an agent opened for the
 * customer, has none although they were helped, and its system tells no number.
 */
export const noPublicReply: Rule = {
  reason: 'no_public_reply',
  judge: onTickets(({ ticket: { publicReplies } }, { survey: { audience } }) => {
    if (audience.unanswered === 'ask') return undefined;
    if (publicReplies === undefined) {
      return { notApplied: [{ code: 'replies_unknown', params: {} }] };
    }
    return publicReplies === 0 ? { skipped: { code: 'no_public_reply', params: {} } } : undefined;
  }),
};
