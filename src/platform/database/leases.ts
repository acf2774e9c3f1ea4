import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { lease } from './tables.ts';

/** A thing that one process at a time may do. */
export type Lease = {
  /** Takes or renews it. @returns whether this process holds it now */
  hold(): Promise<boolean>;
  /** Whether this process held it when it last looked, and still does by the clock. */
  isOurs(): boolean;
  release(): Promise<void>;
};

const leaseMs = 30_000;

/**
 * @param holder this process, unlike any other that ever ran
 * @param onTaken runs before the first use of a lease that this process did not hold: whoever held it is gone, and
 *   what they had claimed is nobody's
 */
export function leaseFor(
  database: Database,
  { name, holder, clock, onTaken }: { name: string; holder: string; clock: () => Date; onTaken: () => Promise<void> },
): Lease {
  let validUntil = 0;
  let taking: Promise<boolean> | undefined;

  async function take(now: Date): Promise<boolean> {
    const until = new Date(now.getTime() + leaseMs);
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
      validUntil = 0;
      return false;
    }
    if (validUntil <= now.getTime()) await onTaken();
    validUntil = until.getTime();
    return true;
  }

  return {
    async hold() {
      const now = clock();
      // Renewed in its second half, so that a busy connection does not ask the database before every call.
      if (validUntil - now.getTime() > leaseMs / 2) return true;
      taking ??= take(now).finally(() => {
        taking = undefined;
      });
      return taking;
    },
    isOurs: () => validUntil > clock().getTime(),
    async release() {
      validUntil = 0;
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
  /**
   * Whether it is this process's turn to work with vendors and mail; the others answer requests and stand by. All leases
   * belong to the turn: an email and the ticket that is read before it must not be held by two processes, each waiting
   * for the other.
   */
  isOurTurn(): Promise<boolean>;
  leaseFor(name: string, onTaken: () => Promise<void>): Lease;
  /** How many leases this process holds; takes none. */
  countLeases(): number;
  /** The process ends: whoever is next need not wait. */
  releaseLeases(): Promise<void>;
};

export function createLeases(database: Database, clock: () => Date): Leases {
  let turns = 0;
  const onTaken = async () => {
    turns += 1;
  };
  const turn = leaseFor(database, { name: 'turn', holder: randomUUID(), clock, onTaken });
  const leases = new Map<string, Lease>();
  return {
    isOurTurn: turn.hold,
    leaseFor(name, onTaken) {
      const lease = leases.get(name) ?? partOf(turn, () => turns, onTaken);
      leases.set(name, lease);
      return lease;
    },
    countLeases: () => [turn, ...leases.values()].filter((lease) => lease.isOurs()).length,
    releaseLeases: turn.release,
  };
}

/** Held as long as the turn is. @param turns how many there have been */
function partOf(turn: Lease, turns: () => number, onTaken: () => Promise<void>): Lease {
  let takenIn = 0;
  let taking: Promise<void> | undefined;

  async function take(inTurn: number): Promise<void> {
    await onTaken();
    takenIn = inTurn;
  }

  return {
    async hold() {
      if (!(await turn.hold())) return false;
      if (takenIn === turns()) return true;
      taking ??= take(turns()).finally(() => {
        taking = undefined;
      });
      await taking;
      return true;
    },
    isOurs: () => turn.isOurs() && takenIn === turns(),
    async release() {
      takenIn = 0;
    },
  };
}
