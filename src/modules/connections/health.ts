import type { LiveConnection } from './context.ts';
import type { ConnectionRow } from './queries/connections.ts';
import type { ShownFinding } from './shown-findings.ts';

/** How a connection is, as far as we know without asking the vendor. @param live absent while it is closed */
export function describeHealth(
  row: ConnectionRow,
  findings: readonly ShownFinding[],
  live: Pick<LiveConnection, 'rateLimiter'> | undefined,
) {
  const rateLimiter = live?.rateLimiter.state();
  const usage = live?.rateLimiter.usage();
  const { day } = rateLimiter ?? {};
  return {
    credentials: findings.find(({ about }) => about.kind === 'credentials'),
    webhook: findings.find(({ about }) => about.kind === 'webhook'),
    checkedAt: row.checkedAt,
    lastEventAt: row.lastEventAt,
    lastPolledAt: row.lastPolledAt,
    rateLimit: {
      callsLeft: rateLimiter?.remaining ?? null,
      waitingUntil: rateLimiter?.waitingUntil ?? null,
      share: row.quotaShare,
      ours: usage ? { calls: usage.allowed, used: usage.used, windowSeconds: usage.window / 1000 } : null,
      day: day ? { callsLeft: day.remaining, calls: day.calls ?? null, startsAnewAt: day.startsAnewAt ?? null } : null,
    },
    clockDifference: row.clockDifference,
    stoppedAt: row.unauthorizedAt,
  };
}
