import { onTickets, type Rule } from '../facts.ts';

/** An archived ticket was resolved long before it was last touched; without the vendor's own time nobody knows how long. */
export const unknownTime: Rule = {
  reason: 'unknown_time',
  judge: onTickets(({ ticket, exact, seenOpen, activeSince }) => {
    if (exact || seenOpen || !ticket.archived) return undefined;
    if (ticket.createdAt && ticket.createdAt >= activeSince) return undefined;
    return { skipped: { code: 'unknown_time', params: {} } };
  }),
};
