import { onTickets, type Rule } from '../facts.ts';

/** Zendesk marks the loser of a merge with this tag, and a follow-up of it inherits all its tags. */
const mergedTag = 'closed_by_merge';

export const merged: Rule = {
  reason: 'merged',
  evenForTests: true,
  judge: onTickets(({ ticket }) =>
    ticket.merged || ticket.tags.includes(mergedTag) ? { skipped: { code: 'merged', params: {} } } : undefined,
  ),
};
