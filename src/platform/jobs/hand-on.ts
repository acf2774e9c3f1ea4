import type { PlatformContext } from '../context.ts';
import type { JobHandler, JobName } from './jobs.ts';

/** How soon another process is offered it. */
const offerAgainAfter = 1000;

/** Work that one process at a time does: to whichever a job comes, the one whose turn it is does it. */
export function handOn<Context extends PlatformContext>(
  context: Context,
  job: JobName,
  work: (context: Context, key: string, signal: AbortSignal) => Promise<void>,
): JobHandler {
  return async (key, signal) => {
    if (await context.isOurTurn()) await work(context, key, signal);
    else await context.wake(job, key, new Date(context.clock().getTime() + offerAgainAfter));
  };
}
