import Bottleneck from 'bottleneck';
import { UpstreamBusy } from '../model/errors.ts';

/** A vendor's limit, of which only a share is ours: the rest belongs to the account's other integrations. */
export type CallWindow = {
  /**
   * Runs the call when there is room for it.
   *
   * @param verify throws on the call's turn when it may no longer go out; then it has taken no place
   */
  run<T>(priority: number, verify: () => void, call: () => Promise<T>): Promise<T>;
  /** Follows the vendor's own count where that leaves less, and its limit either way. */
  adjust(seen: { remaining: number; calls?: number; window?: number }): void;
  setShare(share: number): void;
  /**
   * So many calls were made elsewhere until then, or all of our share but a tenth: they are ours again one window later.
   */
  noteUsedElsewhere(elsewhere: { until: Date; now: Date; used?: number | undefined }): void;
  /** How many calls our share allows in a window of so many milliseconds, and how many of them are taken now. */
  usage(): { allowed: number; used: number; window: number };
  stop(): void;
};

/** How much of the share is left to the first window after another process may have used it. */
const leftAfterOthers = 0.1;

/**
 * At most so many calls in any stretch as long as the window, wherever the vendor lets its own begin: the place that a
 * call took is free again one window after it was answered. Two counts are kept, of our share and of what the vendor
 * says is left for everybody, and the smaller one holds.
 *
 * Bottleneck's own refreshing of a reservoir is left unused: it refills all at once, which lets twice the limit through
 * around that moment, and its timer ends with the first change of settings.
 *
 * @param limit what the vendor allows all programs together
 * @param share how much of it is ours, from 0 to 1
 */
export function createCallWindow(limit: { calls: number; window: number; atOnce: number }, share: number): CallWindow {
  let { calls, window } = limit;
  let ownShare = share;
  const allowed = () => Math.max(1, Math.floor(calls * ownShare));
  let ownFree = allowed();
  let vendorFree = calls;
  let reservoir = Math.min(ownFree, vendorFree);
  const limiter = new Bottleneck({ maxConcurrent: limit.atOnce, reservoir });
  const returns = new Set<NodeJS.Timeout>();

  function give({ own = 0, vendor = 0 }: { own?: number; vendor?: number }): void {
    ownFree += own;
    vendorFree += vendor;
    const free = Math.min(ownFree, vendorFree);
    if (free === reservoir) return;
    void limiter.incrementReservoir(free - reservoir);
    reservoir = free;
  }

  function giveLater(places: { own?: number; vendor?: number }, after = window): void {
    const timer = setTimeout(() => {
      returns.delete(timer);
      give(places);
    }, after);
    returns.add(timer.unref());
  }

  return {
    async run<T>(priority: number, verify: () => void, call: () => Promise<T>): Promise<T> {
      const turn = async () => {
        ownFree -= 1;
        vendorFree -= 1;
        reservoir -= 1;
        try {
          verify();
        } catch (failure) {
          give({ own: 1, vendor: 1 });
          throw failure;
        }
        return call().finally(() => giveLater({ own: 1, vendor: 1 }));
      };
      return limiter.schedule({ priority }, turn).catch((failure: unknown) => {
        if (!(failure instanceof Bottleneck.BottleneckError)) throw failure;
        throw new UpstreamBusy({ code: 'upstream.stopping', params: {} }, { concerns: 'request' });
      });
    },
    adjust(seen) {
      window = seen.window ?? window;
      if (seen.calls !== undefined && seen.calls !== calls) {
        const [before, vendor] = [allowed(), seen.calls - calls];
        calls = seen.calls;
        give({ own: allowed() - before, vendor });
      }
      const taken = vendorFree - Math.max(0, seen.remaining);
      if (taken <= 0) return;
      give({ vendor: -taken });
      giveLater({ vendor: taken });
    },
    setShare(next) {
      const before = allowed();
      ownShare = next;
      give({ own: allowed() - before });
    },
    noteUsedElsewhere({ until, now, used = Math.floor(allowed() * (1 - leftAfterOthers)) }) {
      const wait = until.getTime() + window - now.getTime();
      const taken = Math.min(ownFree, used);
      if (wait <= 0 || taken <= 0) return;
      give({ own: -taken });
      giveLater({ own: taken }, wait);
    },
    usage: () => ({ allowed: allowed(), used: allowed() - ownFree, window }),
    stop() {
      for (const timer of returns) clearTimeout(timer);
      // Its promise waits for the calls under way, and it refuses to be stopped twice.
      limiter.stop({ dropWaitingJobs: true }).catch(() => {});
    },
  };
}
