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
   * How many jobs wait for a worker (`ready`), wait for their time (`deferred`) and are worked on (`active`), in all
   * processes. The engine counts them every few seconds.
   */
  depths(): Promise<{ job: JobName; ready: number; deferred: number; active: number }[]>;
  /** Begins to work. */
  start(handlers: Record<JobName, JobHandler>): Promise<void>;
  /** Tells the handlers to begin nothing more, lets the work in hand finish for so many milliseconds, then gives it back. */
  stop(timeout: number): Promise<void>;
};

/** What is worked on for several connections, or email servers, at once. */
const severalAtOnce: ReadonlySet<JobName> = new Set(['dispatch', 'recheck', 'send', 'write']);

/** A handler runs a minute at most and then hands on; past this it counts as lost. */
const longestRunSeconds = 120;

/** The engine behind it is pg-boss, in the same database, in a schema of its own. */
export async function createJobs(database: Database, log: Logger): Promise<Jobs> {
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
  for (const name of jobNames) {
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

  const stopping = new AbortController();

  return {
    async wake(job, key, at) {
      // A wake-up for later must not stand in the way of one for now: each second has its own place in the queue.
      const later = at !== undefined && at.getTime() > Date.now();
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
    },
    async depths() {
      const queues = new Map((await boss.getQueues([...jobNames])).map((queue) => [queue.name, queue]));
      return jobNames.map((job) => {
        const { readyCount: ready = 0, deferredCount: deferred = 0, activeCount: active = 0 } = queues.get(job) ?? {};
        return { job, ready, deferred, active };
      });
    },
    async start(handlers) {
      for (const name of jobNames) {
        await boss.work<{ key?: string }>(
          name,
          {
            groupConcurrency: 1,
            localConcurrency: severalAtOnce.has(name) ? 3 : 1,
            pollingIntervalSeconds: 1,
            notifyPollingIntervalSeconds: 1,
          },
          async ([job]) => {
            if (!job) return;
            try {
              await handlers[name](job.data?.key ?? '', AbortSignal.any([job.signal, stopping.signal]));
            } catch (failure) {
              log.error({ code: 'job.failed', err: failure, job: name }, 'A job failed.');
              // The engine keeps what is thrown, and a driver's message holds the values of its statement.
              throw new Error('see the log');
            }
          },
        );
      }
      await boss.schedule('sweep', '* * * * *', {});
    },
    async stop(timeout) {
      stopping.abort();
      await boss.stop({ graceful: true, timeout, close: true });
    },
  };
}
