import { randomUUID } from 'node:crypto';
import { asc, eq, lt } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { fairCounts, type KeysByKind } from './balance.ts';
import { createLeases, type LeaseOptions, type Leases } from './leases.ts';
import { worker } from './tables.ts';

/** What modules need of the workers. */
export type WorkerContext = Pick<Leases, 'leaseFor' | 'ownKeys'> & {
  /**
   * How much of a connection's quota this process may use, from 0 to 1: all of it while it is alone, else most of it
   * where it holds the lease, and little where it does not, such as for what an admin starts in the console.
   */
  quotaPart(key: string): number;
  /** Whether any process works on jobs, this one or another. */
  isWorkedOn(): boolean;
};

/** This process among those that share a database. */
export type Workers = WorkerContext &
  Leases & {
    /** The id of this process. */
    id: string;
    /** Who holds a key, as far as is known without asking. */
    holderOf(key: string): string | undefined;
    /** Says that this process is alive, renews what it holds, and takes or hands over what makes the shares even. */
    beat(): Promise<void>;
    /** Beats until `stop`. */
    start(): Promise<void>;
    /** Hands everything over at once. */
    stop(): Promise<void>;
  };

export type WorkerOptions = Pick<LeaseOptions, 'clock' | 'onTaken' | 'describe'> & {
  log: Logger;
  /** Whether it works on jobs; one that only answers requests holds no lease. */
  works: boolean;
  /** What there is to hold. */
  listKeys(): Promise<KeysByKind>;
  /** Called after each beat: parts of the quota may have changed. */
  onBeat(): Promise<void>;
  /** Called once for each process that has been silent for a minute. */
  onGone(id: string): Promise<void>;
};

const beatMs = 2500;

/** A process that has been silent for so long is not counted any more. */
const aliveMs = 10_000;
const goneMs = 60_000;

/** Of the quota, for the process that holds a connection; the others share the rest. */
const holderPart = 2 / 3;

export function createWorkers(
  database: Database,
  { clock, log, works, listKeys, onBeat, onGone, ...options }: WorkerOptions,
): Workers {
  const id = randomUUID();
  const startedAt = clock();
  let processes = 1;
  let workers = works ? 1 : 0;
  let counts: Readonly<Record<string, number>> = {};
  let kinds: ReadonlyMap<string, string> = new Map();
  let holders: ReadonlyMap<string, string> = new Map();
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> | undefined;

  const leases = createLeases(database, { ...options, worker: id, clock, mayTake });

  function mayTake(key: string): boolean {
    if (!works) return false;
    const kind = kinds.get(key);
    // What was added since the last beat goes to whoever comes first.
    if (kind === undefined) return true;
    return leases.ownKeys().filter((own) => kinds.get(own) === kind).length < (counts[kind] ?? 0);
  }

  async function beat(): Promise<void> {
    const now = clock();
    await database.db
      .insert(worker)
      .values({ id, works, startedAt, seenAt: now })
      .onConflictDoUpdate({ target: worker.id, set: { seenAt: now } });
    await leases.renewLeases();
    const known = await database.db.select().from(worker).orderBy(asc(worker.id));
    const alive = known.filter(({ seenAt }) => now.getTime() - seenAt.getTime() < aliveMs);
    processes = Math.max(1, alive.length);
    const working = alive.flatMap((row) => (row.works ? [row.id] : []));
    const keys = await listKeys();
    workers = working.length;
    counts = fairCounts(keys, working, id);
    kinds = new Map(Object.entries(keys).flatMap(([kind, some]) => some.map((key) => [key, kind] as const)));
    holders = await leases.findHolders([...kinds.keys()]);
    if (works) for (const [kind, some] of Object.entries(keys)) await even(some, counts[kind] ?? 0);
    await forgetGone(new Date(now.getTime() - goneMs));
    await onBeat();
  }

  async function even(keys: readonly string[], count: number): Promise<void> {
    const own = new Set(leases.ownKeys());
    const ours = keys.filter((key) => own.has(key));
    for (const key of ours.slice(count)) await leases.handOver(key);
    const free = keys.filter((key) => !holders.has(key));
    for (const key of free.slice(0, Math.max(0, count - ours.length))) await leases.leaseFor(key).hold();
  }

  async function forgetGone(before: Date): Promise<void> {
    const gone = await database.db.delete(worker).where(lt(worker.seenAt, before)).returning({ id: worker.id });
    for (const one of gone) await onGone(one.id);
  }

  /** Never two at once, and none that fails ends the process: what is held runs out by itself. */
  function beatSafely(): Promise<void> {
    beating ??= beat()
      .catch((failure: unknown) =>
        log.warn({ code: 'worker.beat_failed', err: failure }, 'This process could not say that it is alive.'),
      )
      .finally(() => {
        beating = undefined;
      });
    return beating;
  }

  return {
    ...leases,
    id,
    quotaPart(key) {
      if (processes === 1) return 1;
      return leases.leaseFor(key).isOurs() ? holderPart : (1 - holderPart) / (processes - 1);
    },
    isWorkedOn: () => workers > 0,
    holderOf: (key) => (leases.leaseFor(key).isOurs() ? id : holders.get(key)),
    beat,
    async start() {
      await beatSafely();
      timer = setInterval(() => void beatSafely(), beatMs);
    },
    async stop() {
      clearInterval(timer);
      await beating;
      await leases.releaseLeases();
      // Its row goes with its queue, by whoever is alive in a minute.
      const seenAt = new Date(clock().getTime() - aliveMs);
      await database.db.update(worker).set({ works: false, seenAt }).where(eq(worker.id, id));
    },
  };
}

/** A process that has the database for itself, as with the embedded one: whatever it asks for is its own. */
export function createLoneWorker(
  database: Database,
  options: Pick<LeaseOptions, 'clock' | 'onTaken'>,
): WorkerContext & Leases {
  return {
    ...createLeases(database, { ...options, worker: randomUUID() }),
    quotaPart: () => 1,
    isWorkedOn: () => true,
  };
}
