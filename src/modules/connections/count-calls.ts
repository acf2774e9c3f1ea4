import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { PlatformContext } from '../../platform/context.ts';
import { measured } from '../../platform/measured.ts';
import type { ControlledRateLimiter } from '../../platform/rate-limiter.ts';

/** What became of a call, as far as an operator tells it apart. */
type CallOutcome = 'ok' | 'throttled' | 'busy' | 'unauthorized' | 'refused' | 'failed';

/** The same rate limiter, which counts the calls that it lets out. What it turns away itself is no call. */
export function countingCalls(
  rateLimiter: ControlledRateLimiter,
  { metrics, monotonic }: Pick<PlatformContext, 'metrics' | 'monotonic'>,
  { connector, connection }: { connector: string; connection: string },
): ControlledRateLimiter {
  return {
    ...rateLimiter,
    run: (lane, call) =>
      rateLimiter.run(lane, () =>
        measured(monotonic, call, (milliseconds, failure) => {
          metrics.count('vendor_calls', { connector, connection, lane, outcome: callOutcome(failure) });
          metrics.time('vendor_call_duration', { connector, lane }, milliseconds);
        }),
      ),
  };
}

function callOutcome(failure: unknown): CallOutcome {
  if (failure === undefined) return 'ok';
  if (failure instanceof UpstreamBusy) return statusIn(failure) === 429 ? 'throttled' : 'busy';
  if (!(failure instanceof UpstreamRefused)) return 'failed';
  if (failure.concerns === 'request') return 'refused';
  // A consent that was withdrawn comes without a status.
  return [undefined, 401, 403].includes(statusIn(failure)) ? 'unauthorized' : 'refused';
}

function statusIn({ why: { params } }: UpstreamBusy | UpstreamRefused): number | undefined {
  return 'status' in params && typeof params.status === 'number' ? params.status : undefined;
}
