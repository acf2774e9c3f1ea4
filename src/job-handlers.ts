import type { Context } from './context.ts';
import { provision } from './modules/connections/index.ts';
import { retain, searchGoneRecords } from './modules/contacts/index.ts';
import { runDryRun } from './modules/dry-run/index.ts';
import { sortEvents } from './modules/events/index.ts';
import { recheck, sendCleared } from './modules/invitations/index.ts';
import { finalizeResponses } from './modules/responses/index.ts';
import { dispatchEvents, poll } from './modules/tickets/index.ts';
import { flush, readBack } from './modules/write-back/index.ts';
import { type JobHandler, type JobName, jobNames } from './platform/jobs/jobs.ts';
import { measured } from './platform/measured.ts';
import { sweep } from './sweep.ts';

type JobHandlers = Record<JobName, JobHandler>;

/** Connects each job with the module that does it. What is done under a lease is not handed over meanwhile. */
export function createJobHandlers(context: Context): JobHandlers {
  const by =
    (work: (context: Context, key: string, signal: AbortSignal) => Promise<void>): JobHandler =>
    (key, signal) =>
      context.leaseFor(key).run(() => work(context, key, signal));
  return timed(context, {
    'sort-events': (_key, signal) => sortEvents(context, signal),
    dispatch: by(dispatchEvents),
    recheck: by(recheck),
    send: by(sendCleared),
    finalize: by(finalizeResponses),
    write: by(flush),
    poll: by(poll),
    provision: by(provision),
    'read-back': by(readBack),
    gone: by(searchGoneRecords),
    retention: by(retain),
    'dry-run': (key, signal) => runDryRun(context, key, signal),
    sweep: () => sweep(context),
  });
}

function timed({ metrics, monotonic }: Context, handlers: JobHandlers): JobHandlers {
  const wrapped = jobNames.map((job): [JobName, JobHandler] => [
    job,
    (key, signal) =>
      measured(
        monotonic,
        () => handlers[job](key, signal),
        (milliseconds, failure) =>
          metrics.time('job_duration', { job, outcome: failure === undefined ? 'ok' : 'failed' }, milliseconds),
      ),
  ]);
  return Object.fromEntries(wrapped) as JobHandlers;
}
