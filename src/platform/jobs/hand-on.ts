import type { PlatformContext } from '../context.ts';
import type { JobHandler, JobName } from './jobs.ts';

/** How soon another process is offered it. */
const offerAgainAfterMs = 1000;

/** Work that one process at a time does: to whichever a job comes, the one whose turn it is does it. */
export function handOn(context: PlatformContext, job: JobName, work: JobHandler): JobHandler {
  return async (key, signal) => {
    if (await context.isOurTurn()) await work(key, signal);
    else await context.wake(job, key, new Date(context.clock().getTime() + offerAgainAfterMs));
  };
}
