import { AsyncLocalStorage } from 'node:async_hooks';
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { type LeaseNote, lease } from './tables.ts';

/** The right to work on a connection, an email server or a workspace, which one worker at a time has. */
export type Lease = {
  /**
   * Takes or renews it, before something is begun.
   *
   * @returns false while another worker has it, and while this one is about to hand it over
   */
  hold(): Promise<boolean>;
  /** Takes or renews it for what has been begun. @returns false when another worker has it */
  keep(): Promise<boolean>;
  /** Whether this process has it, as far as it knows. */
  isOurs(): boolean;
  /** Works under it: it is not handed over before this has ended. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** @param note for the next holder */
  release(note?: LeaseNote): Promise<void>;
};

/** Until when another process may have worked, and what it left when it ended in order. */
export type Predecessor = { endedAt: Date; note: LeaseNote | null };

/** What this process holds. */
export type Leases = {
  /** One lease a key, however often it is asked for. */
  leaseFor(key: string): Lease;
  /** Ids of what this process holds now. */
  ownKeys(): readonly string[];
  /** Renews everything that this process holds, also what nobody works on just now. */
  renewLeases(): Promise<void>;
  /** Begins nothing more under this lease, and releases it when what was begun has ended. */
  handOver(key: string): Promise<void>;
  /** Who holds these keys now. */
  findHolders(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The process ends: whoever is next need not wait. */
  releaseLeases(): Promise<void>;
};

export type LeaseOptions = {
  /** The id of this process, unlike any other that ever ran. */
  worker: string;
  clock: () => Date;
  /**
   * Runs before the first use of a lease that another process held: that one is gone, and what it had claimed is
   * nobody's.
   */
  onTaken(key: string, from: Predecessor): Promise<void>;
  /** What the next holder should know; called when a lease is handed over. */
  describe?(key: string): LeaseNote | undefined;
  /** Whether this process may take one more; without it, always. */
  mayTake?(key: string): boolean;
};

/** A worker that was killed is noticed when this has passed and the next one looks: within 15 seconds. */
export const leaseMs = 10_000;

/** The lease under which the caller works, if it is a job. */
const underLease = new AsyncLocalStorage<Lease>();

/** The lease under which the caller works; nothing when it answers a request. */
export function currentLease(): Lease | undefined {
  return underLease.getStore();
}

type Standing = {
  validUntil: number;
  isLeaving: boolean;
  underWay: number;
  /** Who had it before, until that has been dealt with. */
  takenFrom?: Predecessor | undefined;
  taking?: Promise<boolean> | undefined;
};

export function createLeases(
  database: Database,
  { worker, clock, onTaken, describe = () => undefined, mayTake = () => true }: LeaseOptions,
): Leases {
  const standings = new Map<string, Standing>();
  const leases = new Map<string, Lease>();
  const isOurs = ({ validUntil }: Standing) => validUntil > clock().getTime();

  async function take(key: string, standing: Standing): Promise<boolean> {
    const now = clock();
    const wasOurs = isOurs(standing);
    if (!wasOurs && !mayTake(key)) return false;
    const [before] = wasOurs ? [] : await database.db.select().from(lease).where(eq(lease.key, key));
    const until = new Date(now.getTime() + leaseMs);
    const taken = await database.db
      .insert(lease)
      .values({ key, holder: worker, until })
      .onConflictDoUpdate({
        target: lease.key,
        set: { holder: worker, until, note: null },
        setWhere: sql`${lease.holder} = ${worker} or ${lease.until} <= ${now.toISOString()}::timestamptz`,
      })
      .returning({ key: lease.key });
    if (taken.length === 0) {
      standing.validUntil = 0;
      return false;
    }
    if (!wasOurs) {
      if (before && before.holder !== worker) standing.takenFrom = { endedAt: before.until, note: before.note };
      if (standing.takenFrom) await onTaken(key, standing.takenFrom);
      standing.takenFrom = undefined;
      standing.isLeaving = false;
    }
    standing.validUntil = until.getTime();
    return true;
  }

  async function release(key: string, standing: Standing, note = describe(key)): Promise<void> {
    standing.validUntil = 0;
    standing.isLeaving = false;
    await database.db
      .update(lease)
      .set({ until: clock(), note: note ?? null })
      .where(and(eq(lease.key, key), eq(lease.holder, worker), gt(lease.until, clock())));
  }

  function createLease(key: string): Lease {
    const standing: Standing = { validUntil: 0, isLeaving: false, underWay: 0 };
    standings.set(key, standing);
    const keep = async () => {
      // Renewed in its second half, so that a busy connection does not ask the database before every call.
      if (standing.validUntil - clock().getTime() > leaseMs / 2) return true;
      standing.taking ??= take(key, standing).finally(() => {
        standing.taking = undefined;
      });
      return standing.taking;
    };
    const created: Lease = {
      keep,
      hold: async () => !standing.isLeaving && (await keep()),
      isOurs: () => isOurs(standing),
      async run(work) {
        standing.underWay += 1;
        try {
          return await underLease.run(created, work);
        } finally {
          standing.underWay -= 1;
          if (standing.isLeaving && standing.underWay === 0) await release(key, standing);
        }
      },
      release: (note) => release(key, standing, note),
    };
    return created;
  }

  const oursNow = () => [...standings].filter(([, standing]) => isOurs(standing));

  return {
    leaseFor(key) {
      const found = leases.get(key) ?? createLease(key);
      leases.set(key, found);
      return found;
    },
    ownKeys: () => oursNow().map(([key]) => key),
    async renewLeases() {
      const now = clock();
      const until = new Date(now.getTime() + leaseMs);
      const before = oursNow();
      if (before.length === 0) return;
      const keys = before.map(([key]) => key);
      const renewed = await database.db
        .update(lease)
        .set({ until })
        .where(and(inArray(lease.key, keys), eq(lease.holder, worker), gt(lease.until, now)))
        .returning({ key: lease.key });
      const stillOurs = new Set(renewed.map(({ key }) => key));
      for (const [key, standing] of before) {
        // One that was released meanwhile stays so.
        if (isOurs(standing)) standing.validUntil = stillOurs.has(key) ? until.getTime() : 0;
      }
    },
    async handOver(key) {
      const standing = standings.get(key);
      if (!standing) return;
      standing.isLeaving = true;
      if (standing.underWay === 0) await release(key, standing);
    },
    async findHolders(keys) {
      if (keys.length === 0) return new Map();
      const found = await database.db
        .select({ key: lease.key, holder: lease.holder })
        .from(lease)
        .where(and(inArray(lease.key, [...keys]), gt(lease.until, clock())));
      return new Map(found.map(({ key, holder }) => [key, holder]));
    },
    async releaseLeases() {
      for (const [key, standing] of oursNow()) await release(key, standing);
      await endLeases(database, clock(), eq(lease.holder, worker));
    },
  };
}

/** For a database that only this process can have open: nobody else holds anything. */
export function releaseAllLeases(database: Database, now: Date): Promise<void> {
  return endLeases(database, now);
}

async function endLeases(database: Database, now: Date, which = sql`true`): Promise<void> {
  await database.db
    .update(lease)
    .set({ until: now })
    .where(and(which, gt(lease.until, now)));
}
