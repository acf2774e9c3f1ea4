import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { rowsWith } from '../../../test/whole-database.ts';
import type { Database } from '../database/database.ts';
import { createJobs, type JobHandler, type JobName, type Jobs, jobNames } from './jobs.ts';

const patience = 15_000;
const eventually = { timeout: patience, interval: 10 };

/** What a worker was told to do, and the means to let it finish. */
type Run = {
  job: JobName;
  key: string;
  signal: AbortSignal;
  at: number;
  finish: () => void;
  fail: (message?: string) => void;
};

/** A process that works: each run waits until the test lets it finish. */
function createWorker() {
  const runs: Run[] = [];
  const underWay = new Set<string>();
  let together = 0;
  const handler =
    (job: JobName): JobHandler =>
    async (key, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      runs.push({
        job,
        key,
        signal,
        at: Date.now(),
        finish: resolve,
        fail: (message = 'it failed') => reject(new Error(message)),
      });
      if (underWay.has(key)) together += 1;
      underWay.add(key);
      try {
        await promise;
      } finally {
        underWay.delete(key);
      }
    };
  const runsOf = (key: string) => runs.filter((run) => run.key === key);
  return {
    handlers: Object.fromEntries(jobNames.map((name) => [name, handler(name)])) as Record<JobName, JobHandler>,
    runsOf,
    /** The n-th run of a key, counted from 1, once it has begun. */
    begins: (key: string, n = 1): Promise<Run> => beginsIn([{ runsOf }], key, n),
    /** How often a key was worked on twice at once. */
    together: () => together,
  };
}

function beginsIn(workers: readonly { runsOf(key: string): Run[] }[], key: string, n = 1): Promise<Run> {
  return vi.waitFor(() => {
    const runs = workers.flatMap(({ runsOf }) => runsOf(key)).toSorted((a, b) => a.at - b.at);
    const run = runs[n - 1];
    if (!run) throw new Error(`run ${n} has not begun`);
    return run;
  }, eventually);
}

describeOnEachDatabase('jobs', (open) => {
  const log = pino({ level: 'silent' });
  let database: Database;
  let jobs: Jobs;
  const worker = createWorker();

  beforeAll(async () => {
    database = await open();
    jobs = await createJobs(database, log);
    await jobs.start(worker.handlers);
  });
  afterAll(() => jobs.stop(100));

  /** Nothing else was woken for it: a job of another key, woken later, has run. */
  async function nothingMore(job: JobName): Promise<void> {
    const marker = randomUUID();
    await jobs.wake(job, marker);
    (await worker.begins(marker)).finish();
  }

  test('a wake-up runs its handler once, with its key', async () => {
    const key = randomUUID();
    await jobs.wake('write', key);
    const run = await worker.begins(key);
    expect(run).toMatchObject({ job: 'write', key });
    expect(run.signal.aborted).toBe(false);
    run.finish();
    await nothingMore('write');

    expect(worker.runsOf(key)).toHaveLength(1);
  });

  test('wake-ups of one thing collapse: one runs, one waits', async () => {
    const key = randomUUID();
    await jobs.wake('dispatch', key);
    const first = await worker.begins(key);
    for (let n = 0; n < 5; n += 1) await jobs.wake('dispatch', key);
    first.finish();
    (await worker.begins(key, 2)).finish();
    await nothingMore('dispatch');

    expect(worker.runsOf(key)).toHaveLength(2);
    expect(worker.together()).toBe(0);
  });

  test('one key is worked on once at a time, and keeps no other waiting', async () => {
    const [busy, other, another] = [randomUUID(), randomUUID(), randomUUID()];
    await jobs.wake('dispatch', busy);
    const first = await worker.begins(busy);
    await jobs.wake('dispatch', busy);
    await jobs.wake('dispatch', other);
    await jobs.wake('dispatch', another);

    const others = [await worker.begins(other), await worker.begins(another)];
    expect(worker.runsOf(busy)).toHaveLength(1);
    for (const run of [first, ...others]) run.finish();
    (await worker.begins(busy, 2)).finish();
    expect(worker.together()).toBe(0);
  });

  test('the same key of two jobs is two things', async () => {
    const key = randomUUID();
    await jobs.wake('dispatch', key);
    await worker.begins(key);
    await jobs.wake('write', key);

    const both = [await worker.begins(key), await worker.begins(key, 2)];
    expect(both.map(({ job }) => job)).toEqual(['dispatch', 'write']);
    for (const run of both) run.finish();
  });

  test('a wake-up for later does not stand in the way of one for now', async () => {
    const key = randomUUID();
    await jobs.wake('poll', key, new Date(Date.now() + 3_600_000));
    await jobs.wake('poll', key);

    (await worker.begins(key)).finish();
    await nothingMore('poll');
    expect(worker.runsOf(key)).toHaveLength(1);
  });

  test('a wake-up for a moment that has passed comes now', async () => {
    const key = randomUUID();
    await jobs.wake('poll', key, new Date(0));
    (await worker.begins(key)).finish();
  });

  // These five wait for seconds that nobody can move: they wait together.
  test.concurrent('a wake-up for a moment comes then, once, and not before', async () => {
    const key = randomUUID();
    const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
    await jobs.wake('poll', key, at);
    await jobs.wake('poll', key, at);
    const run = await worker.begins(key);
    run.finish();
    await nothingMore('poll');

    expect(run.at).toBeGreaterThanOrEqual(at.getTime());
    expect(worker.runsOf(key)).toHaveLength(1);
  });

  test.concurrent('a handler that fails is called again', async () => {
    const key = randomUUID();
    await jobs.wake('write', key);
    (await worker.begins(key)).fail();
    (await worker.begins(key, 2)).finish();
    await nothingMore('write');

    expect(worker.runsOf(key)).toHaveLength(2);
  });

  test.concurrent('of what a handler failed with nothing is kept', async () => {
    const key = randomUUID();
    await jobs.wake('write', key);
    (await worker.begins(key)).fail('Failed query: insert\nparams: zebedee@example.com');
    const again = await worker.begins(key, 2);
    const kept = await rowsWith(database.db, [key]);
    again.finish();

    expect(JSON.stringify(kept)).toContain('see the log');
    expect(JSON.stringify(kept)).not.toContain('zebedee');
  });

  test.concurrent('a process that stops says so at once, lets the work in hand finish, and takes on no more', async () => {
    const [key, later] = [randomUUID(), randomUUID()];
    // One run at a time for the whole process.
    const job = 'finalize';
    const stopping = createWorker();
    const own = await createJobs(await open(), log);
    await own.start(stopping.handlers);
    await own.wake(job, key);
    const run = await stopping.begins(key);
    await own.wake(job, later);
    let stopped = false;
    const stop = own.stop(patience).then(() => (stopped = true));

    expect(run.signal.aborted).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(stopped).toBe(false);
    run.finish();
    await stop;
    expect(stopping.runsOf(later)).toHaveLength(0);
  });

  test.concurrent('work that does not finish in time is given back, for the next process', async () => {
    const key = randomUUID();
    const shared = await open();
    const [stopping, next] = [createWorker(), createWorker()];
    const first = await createJobs(shared, log);
    await first.start(stopping.handlers);
    await first.wake('finalize', key);
    const run = await stopping.begins(key);
    await first.stop(50);

    const second = await createJobs(shared, log);
    await second.start(next.handlers);
    (await next.begins(key)).finish();
    run.finish();
    await second.stop(patience);
  });

  test('tells of each job how many wait for their time and how many are worked on', async () => {
    const key = randomUUID();
    await jobs.wake('retention', randomUUID(), new Date(Date.now() + 3_600_000));
    await jobs.wake('poll', key);
    const run = await worker.begins(key);
    const depthOf = async (job: JobName) => (await jobs.depths()).find(({ queue }) => queue === job);
    await vi.waitFor(async () => {
      expect(await depthOf('retention')).toMatchObject({ ready: 0, deferred: 1, active: 0 });
      expect(await depthOf('poll')).toMatchObject({ ready: 0, active: 1 });
    }, eventually);
    run.finish();
  });

  test('two processes never work on one key at once', async () => {
    const key = randomUUID();
    const other = createWorker();
    const beside = await createJobs(database, log);
    await beside.start(other.handlers);
    await jobs.wake('dispatch', key);
    const first = await beginsIn([worker, other], key);
    await beside.wake('dispatch', key);
    const marker = randomUUID();
    await jobs.wake('dispatch', marker);
    (await beginsIn([worker, other], marker)).finish();

    expect([...worker.runsOf(key), ...other.runsOf(key)]).toHaveLength(1);
    first.finish();
    (await beginsIn([worker, other], key, 2)).finish();
    await beside.stop(patience);
  });
});
