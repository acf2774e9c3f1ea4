import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { lease } from './tables/index.ts';

/** A thing that one process at a time may do. */
export type Lease = {
  /** Takes or renews it. @returns whether this process holds it now */
  hold(): Promise<boolean>;
  release(): Promise<void>;
};

const length = 30_000;

/**
 * @param holder this process, unlike any other that ever ran
 * @param onTaken runs before the first use of a lease that this process did not hold: whoever held it is gone, and
 *   what they had claimed is nobody's
 */
export function leaseOf(
  database: Database,
  { name, holder, clock, onTaken }: { name: string; holder: string; clock: () => Date; onTaken: () => Promise<void> },
): Lease {
  let heldUntil = 0;
  let taking: Promise<boolean> | undefined;

  async function take(now: Date): Promise<boolean> {
    const until = new Date(now.getTime() + length);
    const taken = await database.db
      .insert(lease)
      .values({ name, holder, until })
      .onConflictDoUpdate({
        target: lease.name,
        set: { holder, until },
        setWhere: sql`${lease.holder} = ${holder} or ${lease.until} < ${now.toISOString()}::timestamptz`,
      })
      .returning({ name: lease.name });
    if (taken.length === 0) {
      heldUntil = 0;
      return false;
    }
    if (heldUntil <= now.getTime()) await onTaken();
    heldUntil = until.getTime();
    return true;
  }

  return {
    async hold() {
      const now = clock();
      // Renewed in its second half, so that a busy connection does not ask the database before every call.
      if (heldUntil - now.getTime() > length / 2) return true;
      taking ??= take(now).finally(() => {
        taking = undefined;
      });
      return taking;
    },
    async release() {
      heldUntil = 0;
      await database.db.delete(lease).where(and(eq(lease.name, name), eq(lease.holder, holder)));
    },
  };
}

/** For a database that only this process can have open: nobody else holds anything. */
export async function releaseAllLeases(database: Database): Promise<void> {
  await database.db.delete(lease);
}

/** What this process holds: one lease a name, however often it is asked for. */
export type Leases = {
  leaseOf(name: string, onTaken: () => Promise<void>): Lease;
  /** The process ends: whoever is next need not wait. */
  releaseLeases(): Promise<void>;
};

export function createLeases(database: Database, clock: () => Date): Leases {
  const holder = randomUUID();
  const leases = new Map<string, Lease>();
  return {
    leaseOf(name, onTaken) {
      const lease = leases.get(name) ?? leaseOf(database, { name, holder, clock, onTaken });
      leases.set(name, lease);
      return lease;
    },
    async releaseLeases() {
      for (const lease of leases.values()) await lease.release();
    },
  };
}
