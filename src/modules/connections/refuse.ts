import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import { minuteMs } from '../../model/time-units.ts';
import type { ConnectionsContext, LiveConnection } from './context.ts';
import { markUnauthorized } from './queries/connections.ts';

/** How often a refused connection is tried anew, in case somebody mended it on the vendor's side. */
export const checkAgainAfterMs = 15 * minuteMs;

/** How long something waits where the vendor did not say. */
const usualWaitMs = 5000;

/**
 * What a vendor's failure means for the connection as a whole: a busy one is left alone for a while, a refused one is
 * marked and the operator is told, once. Anything else is thrown on.
 *
 * @returns when to come back
 */
export async function noteFailure(context: ConnectionsContext, live: LiveConnection, failure: unknown): Promise<Date> {
  const now = context.clock();
  if (failure instanceof UpstreamBusy) return new Date(now.getTime() + (failure.retryAfter ?? usualWaitMs));
  if (failure instanceof UpstreamRefused && failure.concerns === 'connection')
    return refuse(context, live, failure, now);
  throw failure;
}

async function refuse(
  context: ConnectionsContext,
  live: LiveConnection,
  failure: UpstreamRefused,
  now: Date,
): Promise<Date> {
  const until = new Date(now.getTime() + checkAgainAfterMs);
  const isNews = await markUnauthorized(context.database.db, live.id, {
    statusDetail: failure.why,
    provisionDueAt: failure.repairable ? now : until,
    now,
  });
  if (!isNews) return until;
  context.log.error(
    {
      code: 'connection.unauthorized',
      ...{ connector: live.connector.name, connection: live.id, reason: failure.why.code, params: failure.why.params },
    },
    'A connection was refused. Its work is stopped until somebody acts.',
  );
  if (failure.repairable) await context.wake('provision', live.id);
  return until;
}
