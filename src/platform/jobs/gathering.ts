/**
 * Lets a few small batches of a key run at once, and then gathers: one that is alone is never kept waiting, and many that
 * come one by one share their calls to the vendor.
 */
export type Gathering = {
  /** How long the next small batch of this key waits, in milliseconds; 0 when it may run now. */
  waitMs(key: string): number;
  /** Called when a batch runs that is not full. */
  noteSmall(key: string): void;
};

/** How many small batches may run soon after one another. */
const burst = 2;

/** How long what is due is gathered after that, in milliseconds. */
const gatherMs = 6000;

/** How many keys are remembered. One that is forgotten may run at once. */
const mostKeys = 1000;

/** @param monotonic milliseconds that only go forward */
export function createGathering(monotonic: () => number): Gathering {
  // For each key, when as many small batches as are allowed could run again.
  const restedAt = new Map<string, number>();
  return {
    waitMs(key) {
      const debt = Math.max(0, (restedAt.get(key) ?? 0) - monotonic());
      return Math.max(0, Math.ceil(debt - (burst - 1) * gatherMs));
    },
    noteSmall(key) {
      const now = monotonic();
      const at = Math.max(now, restedAt.get(key) ?? 0) + gatherMs;
      restedAt.delete(key);
      restedAt.set(key, at);
      for (const [oldest, until] of restedAt) {
        if (until > now && restedAt.size <= mostKeys) break;
        restedAt.delete(oldest);
      }
    },
  };
}
