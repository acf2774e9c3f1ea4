import { onTickets, type Rule } from '../facts.ts';

const latest = 7 * 86_400_000;

export const tooLate: Rule = {
  reason: 'too_late',
  judge: onTickets(({ resolvedAt, firstSeenAt }) =>
    firstSeenAt.getTime() - resolvedAt.getTime() > latest
      ? {
          skipped: {
            code: 'too_late',
            params: { resolvedAt: resolvedAt.toISOString(), firstSeenAt: firstSeenAt.toISOString() },
          },
        }
      : undefined,
  ),
};
