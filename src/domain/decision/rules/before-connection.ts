import { day, type Rule } from '../facts.ts';

export const beforeConnection: Rule = {
  reason: 'before_connection',
  judge: ({ resolution, listensSince }) =>
    resolution.resolvedAt < listensSince
      ? {
          withheld: `The ticket was resolved on ${day(resolution.resolvedAt)}, before this connection was made. Tickets resolved earlier are never asked about.`,
        }
      : undefined,
};
