import { onTickets, type Rule } from '../facts.ts';

export const beforeConnection: Rule = {
  reason: 'before_connection',
  judge: onTickets(({ resolvedAt, activeSince }) =>
    resolvedAt < activeSince
      ? { skipped: { code: 'before_connection', params: { resolvedAt: resolvedAt.toISOString() } } }
      : undefined,
  ),
};
