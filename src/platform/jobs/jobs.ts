import { fromPglite, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';

/**
 * Tables say what is due; jobs say when to look. A job carries at most a key, re-reads the state and is safe to run
 * twice. A lost one costs a minute: the sweep finds what is due.
 */
export const jobNames = [
  'sort-events',
  'dispatch',
  'recheck',
  'send',
  'finalize',
  'write',
  'poll',
  'provision',
  'read-back',
  'gone',
  'retention',
  'dry-run',
  'sweep',
] as const;
export type JobName = (typeof jobNames)[number];

/** What is done by the worker that holds the lease of its key. Any worker does the rest. */
const leasedJobs: ReadonlySet<JobName> = new Set([
  'dispatch',
  'recheck',
  'send',
  'finalize',
  'write',
  'poll',
  'provision',
  'read-back',
  'gone',
  'retention',
]);

/** How the workers on one database find the one that does a job. */
export type Routing = {
  /** The id of this process. */
  self: string;
  /** Who holds a key, as far as is known without asking. */
  holderOf(key: string): string | undefined;
  /** Takes a key where it may be taken. @returns whether it is this process's now */
  claim(key: string): Promise<boolean>;
  /** Who holds a key, according to the database. */
  findHolder(key: string): Promise<string | undefined>;
};

/**
 * Asks for a look, now or at a moment; wake-ups of one thing collapse into one. Call it after the commit, never inside
 * a transaction.
 *
 * @param key what to look at: a connection, a workspace or an email server; one key is looked at by one process at a time
 */
export type Wake = (job: JobName, key: string, at?: Date) => Promise<void>;

/** @param signal says that the process is about to stop: give back what is not begun */
export type JobHandler = (key: string, signal: AbortSignal) => Promise<void>;

export type Jobs = {
  wake: Wake;
  /**
   * How many jobs of each queue wait for a worker (`ready`), wait for their time (`deferred`) and are worked on
   * (`active`), in all processes. Queues are called by their job; `workers` are those that workers have of their own.
   * The engine counts every few seconds.
   */
  depths(): Promise<{ queue: JobName | 'workers'; ready: number; deferred: number; active: number }[]>;
  /** Begins to work. */
  start(handlers: Record<JobName, JobHandler>): Promise<void>;
  /** Takes away what was meant for a worker that is gone; whoever took its leases has been woken for all of it. */
  forgetWorker(id: string): Promise<void>;
  /** Tells the handlers to begin nothing more, lets the work in hand finish for so many milliseconds, then gives it back. */
  stop(timeout: number): Promise<void>;
};

/** What is worked on for several connections, or email servers, at once. */
const severalAtOnce: ReadonlySet<JobName> = new Set(['dispatch', 'recheck', 'send', 'write']);

/** A handler runs a minute at most and then hands on; past this it counts as lost. */
const longestRunSeconds = 120;

/** How many jobs of its own keys a worker does at once. */
const ownAtOnce = 12;

/** How soon a job is offered again whose key nobody may take just now, in milliseconds. */
const offerAgainAfterMs = 1000;

const ownQueue = (worker: string) => `worker-${worker}`;

/**
 * The engine behind it is pg-boss, in the same database, in a schema of its own.
 *
 * @param routing where several workers share the database: each has a queue of its own, for the jobs of what it holds
 */
export async function createJobs(database: Database, log: Logger, routing?: Routing): Promise<Jobs> {
  const boss = new PgBoss({
    ...('embedded' in database.engine
      ? { db: fromPglite(database.engine.embedded), backend: 'pglite' as const }
      : { connectionString: database.engine.url, max: 4 }),
    useListenNotify: true,
    // A killed process leaves its job active; these find it within seconds instead of minutes.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    cronMonitorIntervalSeconds: 5,
    cronWorkerIntervalSeconds: 5,
    reindex: false,
  });
  boss.on('error', (failure) => log.error({ code: 'job.engine_failed', err: failure }, 'The job engine failed.'));
  await boss.start();
  for (const name of jobNames) await createQueue(name);

  const stopping = new AbortController();

  async function createQueue(name: string): Promise<void> {
    await boss.createQueue(name, {
      // One may wait and one may run a key.
      policy: 'short',
      notify: true,
      expireInSeconds: longestRunSeconds,
      heartbeatSeconds: 10,
      retryLimit: 2,
      retryDelay: 2,
      deleteAfterSeconds: 600,
    });
    // Its first use inside would otherwise look the queue up on a connection of its own.
    await boss.findJobs(name, { key: '-' });
  }

  async function wake(job: JobName, key: string, at?: Date): Promise<void> {
    const later = at !== undefined && at.getTime() > Date.now();
    const holder = later || !leasedJobs.has(job) ? undefined : routing?.holderOf(key);
    if (holder !== undefined && (await sendTo(holder, job, key))) return;
    // A wake-up for later must not stand in the way of one for now: each second has its own place in the queue.
    const second = later ? Math.ceil(at.getTime() / 1000) : 0;
    await boss.send(
      job,
      { key },
      {
        singletonKey: later ? `${key}@${second}` : key,
        group: { id: key },
        ...(later ? { startAfter: new Date(second * 1000) } : {}),
      },
    );
  }

  /** @returns false when that worker has no queue, or no more */
  async function sendTo(worker: string, job: JobName, key: string): Promise<boolean> {
    const id = `${job} ${key}`;
    try {
      await boss.send(ownQueue(worker), { job, key }, { singletonKey: id, group: { id } });
      return true;
    } catch (failure) {
      log.debug(
        { code: 'job.not_routed', err: failure, job },
        'A job could not be sent to its worker. Any may take it.',
      );
      return false;
    }
  }

  /** Brings a job to the worker that holds its key, which is this one where nobody does. */
  async function pass({ self, claim, findHolder }: Routing, job: JobName, key: string): Promise<void> {
    const isOurs = await claim(key);
    const holder = isOurs ? self : await findHolder(key);
    // If this worker is about to hand the key over, another one has it in a moment.
    if (holder !== undefined && (isOurs || holder !== self) && (await sendTo(holder, job, key))) return;
    await wake(job, key, new Date(Date.now() + offerAgainAfterMs));
  }

  type Work = (data: { job?: string; key?: string }, signal: AbortSignal) => Promise<void>;

  async function workOn(queue: string, atOnce: number, work: Work): Promise<void> {
    await boss.work<{ job?: string; key?: string }>(
      queue,
      {
        groupConcurrency: 1,
        localConcurrency: atOnce,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 1,
      },
      async ([job]) => {
        if (!job) return;
        const data = job.data ?? {};
        try {
          await work(data, AbortSignal.any([job.signal, stopping.signal]));
        } catch (failure) {
          log.error({ code: 'job.failed', err: failure, job: data.job ?? queue }, 'A job failed.');
          // The engine keeps what is thrown, and a driver's message holds the values of its statement.
          throw new Error('see the log');
        }
      },
    );
  }

  return {
    wake,
    async depths() {
      const queues = await boss.getQueues();
      const depth = (queue: JobName | 'workers', isPart: (name: string) => boolean) => {
        const parts = queues.filter(({ name }) => isPart(name));
        const sum = (count: 'readyCount' | 'deferredCount' | 'activeCount') =>
          parts.reduce((total, part) => total + part[count], 0);
        return { queue, ready: sum('readyCount'), deferred: sum('deferredCount'), active: sum('activeCount') };
      };
      const ofJobs = jobNames.map((job) => depth(job, (name) => name === job));
      return routing ? [...ofJobs, depth('workers', (name) => name.startsWith(ownQueue('')))] : ofJobs;
    },
    async start(handlers) {
      if (routing) {
        await createQueue(ownQueue(routing.self));
        await workOn(ownQueue(routing.self), ownAtOnce, async ({ job: name, key = '' }, signal) => {
          const job = jobNames.find((one) => one === name);
          if (!job) return;
          if (await routing.claim(key)) await handlers[job](key, signal);
          else await pass(routing, job, key);
        });
      }
      for (const name of jobNames) {
        const isPassed = routing !== undefined && leasedJobs.has(name);
        await workOn(name, severalAtOnce.has(name) ? 3 : 1, ({ key = '' }, signal) =>
          isPassed ? pass(routing, name, key) : handlers[name](key, signal),
        );
      }
      await boss.schedule('sweep', '* * * * *', {});
    },
    forgetWorker: (id) => boss.deleteQueue(ownQueue(id)),
    async stop(timeout) {
      stopping.abort();
      await boss.stop({ graceful: true, timeout, close: true });
    },
  };
}
