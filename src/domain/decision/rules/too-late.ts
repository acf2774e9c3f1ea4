import { day, onTickets, type Rule } from '../facts.ts';

const latest = 7 * 86_400_000;

export const tooLate: Rule = {
  reason: 'too_late',
  judge: onTickets(({ resolvedAt, firstSeenAt }) =>
    firstSeenAt.getTime() - resolvedAt.getTime() > latest
      ? {
          withheld: `The ticket was resolved on ${day(resolvedAt)} but first seen on ${day(firstSeenAt)}, more than 7 days later.`,
        }
      : undefined,
  ),
};
