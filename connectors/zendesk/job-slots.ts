import { UpstreamBusy } from '../../src/model/errors.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import { say } from './messages.ts';
import type { Job } from './schema.ts';

/** As many jobs may be queued or running in an account: https://developer.zendesk.com/api-reference/ticketing/ticket-management/job_statuses/ */
const most = 30;

/** A job that nobody has asked about for so long, in milliseconds, is over: its receipt was lost with its process. */
const longest = 60 * minuteMs;

/** The jobs that this process has under way. Zendesk counts those of other programs, too, and then says so itself. */
export type JobSlots = {
  /** @throws UpstreamBusy, without starting it, when there is no place left */
  occupy(start: () => Promise<Job>): Promise<Job>;
  /** The job is over. */
  free(jobId: string): void;
};

export function createJobSlots(clock: () => Date): JobSlots {
  const since = new Map<string, number>();
  let starting = 0;
  return {
    async occupy(start) {
      const now = clock().getTime();
      for (const [id, at] of since) if (now - at > longest) since.delete(id);
      if (since.size + starting >= most)
        throw new UpstreamBusy(say({ code: 'zendesk.jobs_full', params: { count: most } }), {
          retryAfter: 1000,
          concerns: 'request',
        });
      starting += 1;
      try {
        const job = await start();
        since.set(job.id, now);
        return job;
      } finally {
        starting -= 1;
      }
    },
    free: (jobId) => {
      since.delete(jobId);
    },
  };
}
