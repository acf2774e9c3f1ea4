import { onTickets, type Rule } from '../facts.ts';

/** A sealed ticket was resolved long before it was last touched; without the vendor's own time nobody knows how long. */
export const unknownTime: Rule = {
  reason: 'unknown_time',
  judge: onTickets(({ ticket, exact, seenOpen, listensSince }) => {
    if (exact || seenOpen || !ticket.sealed) return undefined;
    if (ticket.createdAt && ticket.createdAt >= listensSince) return undefined;
    return { withheld: { code: 'unknown_time', params: {} } };
  }),
};
