import { day, onTickets, type Rule } from '../facts.ts';

export const beforeConnection: Rule = {
  reason: 'before_connection',
  judge: onTickets(({ resolvedAt, listensSince }) =>
    resolvedAt < listensSince
      ? {
          withheld: `The ticket was resolved on ${day(resolvedAt)}, before this connection was made. Tickets resolved earlier are never asked about.`,
        }
      : undefined,
  ),
};
