import { onTickets, type Rule } from '../facts.ts';

export const beforeConnection: Rule = {
  reason: 'before_connection',
  judge: onTickets(({ resolvedAt, listensSince }) =>
    resolvedAt < listensSince
      ? { withheld: { code: 'before_connection', params: { resolvedAt: resolvedAt.toISOString() } } }
      : undefined,
  ),
};
