/**
 * Lets a few small batches of a key run at once, and then gathers: one that is alone is never kept waiting, and many that
 * come one by one share their calls to the vendor.
 */
export type Gathering = {
  /** How long the next batch of this key waits unless it is full, in milliseconds; 0 when it may run now. */
  waitMs(key: string): number;
  /** Called when a batch runs. However many ran, the next one waits no longer than it takes to gather. */
  noteBatch(key: string): void;
};

/** How many batches that are not full may run soon after one another. */
const burst = 2;

/** How long what is due is gathered after that, in milliseconds. */
const gatherMs = 6000;

/** How many keys are remembered. One that is forgotten may run at once. */
const mostKeys = 1000;

/** @param monotonic milliseconds that only go forward */
export function createGathering(monotonic: () => number): Gathering {
  // For each key, when as many batches as are allowed could run again.
  const restedAt = new Map<string, number>();
  return {
    waitMs(key) {
      const debt = Math.max(0, (restedAt.get(key) ?? 0) - monotonic());
      return Math.max(0, Math.ceil(debt - (burst - 1) * gatherMs));
    },
    noteBatch(key) {
      const now = monotonic();
      const at = Math.min(Math.max(now, restedAt.get(key) ?? 0) + gatherMs, now + burst * gatherMs);
      restedAt.delete(key);
      restedAt.set(key, at);
      for (const [oldest, until] of restedAt) {
        if (until > now && restedAt.size <= mostKeys) break;
        restedAt.delete(oldest);
      }
    },
  };
}
