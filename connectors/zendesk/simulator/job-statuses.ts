import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import type { Account, User } from './account.ts';
import { type Attributes, isObject, readQuery } from './reading.ts';
import { Refusal, recordNotFound, tooManyJobs } from './refusals.ts';
import { changeUser } from './user-changes.ts';

type Job = {
  id: string;
  actor: User;
  rows: readonly Attributes[];
  enqueuedAt: number;
  finishesAt: number;
  results?: readonly Attributes[];
};

export type JobStatuses = {
  routes: Router;
  /** Takes the rows in hand and tells of the job, as it stands: queued. */
  enqueue(actor: User, rows: readonly Attributes[]): Attributes;
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
      job.results = job.rows.map((row, index) => doRow(account, job.actor, row, index));
    }
    for (const job of jobs.values()) if (now() - job.finishesAt > rememberedFor) jobs.delete(job.id);
  }

  function enqueue(actor: User, rows: readonly Attributes[]): Attributes {
    const unfinished = [...jobs.values()].filter((job) => !job.results);
    if (unfinished.length >= mostAtOnce) throw tooManyJobs();
    begun += 1;
    // Zendesk promises no order among jobs: here every second one overtakes the one before it.
    const takes = begun % 2 === 1 ? 600 : 300;
    const id = randomUUID().replaceAll('-', '');
    const job: Job = { id, actor, rows, enqueuedAt: now(), finishesAt: now() + takes };
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
function doRow(account: Account, actor: User, { id, ...attributes }: Attributes, index: number): Attributes {
  try {
    changeUser(account, actor, Number(id), attributes);
    return { id, index, action: 'update', status: 'Updated', success: true };
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    return { index, ...describeRefusal(failure), success: false };
  }
}

function describeRefusal({ status, body }: Refusal): { error: string; details: string } {
  if (status === 404) return { error: 'UserNotFound', details: 'User not found' };
  if (status === 403) return { error: 'PermissionDenied', details: 'You are not allowed to update this user' };
  const details = isObject(body) ? (body.details ?? body.error) : body;
  return { error: 'RecordInvalid', details: JSON.stringify(details) };
}

function showJob(account: Account, job: Job): Attributes {
  const working = account.clock().getTime() - job.enqueuedAt >= queuedFor;
  const total = job.rows.length;
  const common = {
    id: job.id,
    job_type: 'Bulk Update User',
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
