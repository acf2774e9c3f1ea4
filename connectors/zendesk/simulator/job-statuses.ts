import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import type { Account } from './account.ts';
import { type Attributes, isObject, readQuery } from './reading.ts';
import { invalidRequest, Refusal, recordNotFound, tooManyJobs } from './refusals.ts';

/** What a job does: with each row the same, which throws the refusal that a single update would meet. */
export type JobWork = { of: 'User' | 'Ticket'; rows: readonly Attributes[]; doRow(row: Attributes): void };

type Job = {
  id: string;
  work: JobWork;
  enqueuedAt: number;
  finishesAt: number;
  results?: readonly Attributes[];
};

export type JobStatuses = {
  routes: Router;
  /** Takes the rows in hand and tells of the job, as it stands: queued. */
  enqueue(work: JobWork): Attributes;
  /** Does what has come due by the clock. */
  advance(): void;
  stop(): void;
};

const mostAtOnce = 30;
const queuedFor = 150;
const rememberedFor = 24 * 60 * 60 * 1000;

/** @see https://developer.zendesk.com/api-reference/ticketing/ticket-management/job_statuses/ */
export function createJobStatuses(account: Account): JobStatuses {
  const jobs = new Map<string, Job>();
  const timers = new Set<NodeJS.Timeout>();
  const now = () => account.clock().getTime();
  let begun = 0;

  function advance(): void {
    const due = [...jobs.values()].filter((job) => !job.results && job.finishesAt <= now());
    for (const job of due.sort((a, b) => a.finishesAt - b.finishesAt)) {
      job.results = job.work.rows.map((row, index) => doRow(job.work, row, index));
    }
    for (const job of jobs.values()) if (now() - job.finishesAt > rememberedFor) jobs.delete(job.id);
  }

  function enqueue(work: JobWork): Attributes {
    const unfinished = [...jobs.values()].filter((job) => !job.results);
    if (unfinished.length >= mostAtOnce) throw tooManyJobs();
    begun += 1;
    // Zendesk promises no order among jobs: here every second one overtakes the one before it.
    const takes = begun % 2 === 1 ? 600 : 300;
    const id = randomUUID().replaceAll('-', '');
    const job: Job = { id, work, enqueuedAt: now(), finishesAt: now() + takes };
    jobs.set(id, job);
    // A little late, because a timer may fire just before the clock agrees.
    const timer = setTimeout(() => {
      timers.delete(timer);
      advance();
    }, takes + 5);
    timers.add(timer.unref());
    return showJob(account, job);
  }

  const routes = Router();
  routes.get('/job_statuses/show_many', (request, response) => {
    const ids = readQuery(request, ['ids']).get('ids')?.split(',') ?? [];
    if (ids.length === 0 || ids.length > 100) throw invalidRequest('ids', 'There may be 1 to 100 of them.');
    const known = ids.flatMap((id) => jobs.get(id) ?? []);
    response.json({ job_statuses: known.map((job) => showJob(account, job)) });
  });

  routes.get('/job_statuses/:id', (request, response) => {
    readQuery(request, []);
    const job = jobs.get(request.params.id);
    if (!job) throw recordNotFound();
    response.json({ job_status: showJob(account, job) });
  });

  return {
    routes,
    enqueue,
    advance,
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** A row that fails fails alone, and tells its index but not its id. */
function doRow(work: JobWork, row: Attributes, index: number): Attributes {
  try {
    work.doRow(row);
    return { id: row.id, index, action: 'update', status: 'Updated', success: true };
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    return { index, ...describeRefusal(work.of, failure), success: false };
  }
}

function describeRefusal(of: JobWork['of'], { status, body }: Refusal): { error: string; details: string } {
  if (status === 404) return { error: `${of}NotFound`, details: `${of} not found` };
  if (status === 403)
    return { error: 'PermissionDenied', details: `You are not allowed to update this ${of.toLowerCase()}` };
  const details = isObject(body) ? (body.details ?? body.error) : body;
  return { error: 'RecordInvalid', details: JSON.stringify(details) };
}

function showJob(account: Account, job: Job): Attributes {
  const working = account.clock().getTime() - job.enqueuedAt >= queuedFor;
  const total = job.work.rows.length;
  const common = {
    id: job.id,
    job_type: `Bulk Update ${job.work.of}`,
    url: `${account.baseUrl}/api/v2/job_statuses/${job.id}.json`,
    total,
  };
  if (job.results) {
    const message = `Completed at ${new Date(job.finishesAt).toUTCString()}`;
    return { ...common, progress: total, status: 'completed', message, results: job.results };
  }
  return {
    ...common,
    progress: working ? 0 : null,
    status: working ? 'working' : 'queued',
    message: null,
    results: null,
  };
}
