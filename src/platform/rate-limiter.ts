import Bottleneck from 'bottleneck';
import { UpstreamBusy, UpstreamRefused } from '../model/errors.ts';

/** Vendors limit searches apart from the rest; writes must not starve behind reads. */
export type Lane = 'read' | 'write' | 'search';

/** How many calls a window takes before the vendor's headers have said more, and how many may be under way at once. */
export type CallLimits = {
  calls: number;
  /** Milliseconds. */
  window: number;
  atOnce: number;
  /** A lane's own, tighter limit beside the common one. */
  lanes?: Partial<Record<Lane, { calls: number; window: number; atOnce: number }>>;
};

/** The calls of a day, where the vendor counts them. */
export type DayLimit = { remaining: number; calls?: number; startsAnewAt?: Date };

/** One connection's speed: what every call to the vendor goes through. */
export type RateLimiter = {
  /**
   * Runs the call when it is its turn. A call must not wait for another one through the same pace: with every place
   * taken by such calls, none would ever end.
   *
   * Throws `UpstreamBusy` at once, without calling, while the vendor wants us to wait, and the refusal again after one
   * that concerns the connection. The call's own failures pass through and set the pace of what follows.
   */
  run<T>(lane: Lane, call: () => Promise<T>): Promise<T>;
  /** What the vendor's headers said of the common limit: calls left in a window of so many milliseconds. */
  observe(limits: { remaining: number; calls?: number; window?: number; day?: DayLimit }): void;
};

/** A pace together with what its owner may do to it. */
export type ControlledRateLimiter = RateLimiter & {
  /** Where it stands: open, waiting until a moment, or stopped by a refusal. */
  state(): { waitingUntil?: Date; refusal?: UpstreamRefused; remaining?: number; day?: DayLimit };
  /** Forgets a refusal and a wait: the operator says that it should work now. */
  resume(): void;
  /** Refuses what still waits and what comes later, with `UpstreamBusy`. What is under way goes on. */
  stop(): Promise<void>;
};

const longestBackoff = 30_000;

/**
 * @param admit asked before each call; throws `UpstreamBusy` when another process paces this connection
 */
export function createRateLimiter(
  limits: CallLimits,
  { clock, admit }: { clock: () => Date; admit: () => Promise<void> },
): ControlledRateLimiter {
  const common = createWindow(limits);
  const lanes = new Map(Object.entries(limits.lanes ?? {}).map(([lane, own]) => [lane, createWindow(own)]));

  let waitingUntil = 0;
  let failuresInARow = 0;
  let probing = false;
  let refusal: UpstreamRefused | undefined;
  let remaining: number | undefined;
  let day: DayLimit | undefined;
  // Calls that were under way together tell one thing: the first to fail ends the round, and the others are not heard.
  let round = 0;
  let resumedIn = 0;

  function verifyOpen(): void {
    if (refusal) throw refusal;
    const wait = waitingUntil - clock().getTime();
    if (wait > 0) throw new UpstreamBusy({ code: 'upstream.waiting', params: {} }, { retryAfter: wait });
    if (probing) throw new UpstreamBusy({ code: 'upstream.probing', params: {} }, { retryAfter: 1000 });
  }

  function noteFailure(failure: unknown, startedIn: number): void {
    if (failure instanceof UpstreamRefused) {
      if (failure.concerns === 'request') noteAnswer(startedIn);
      else if (startedIn >= resumedIn) refusal = failure;
    }
    if (!(failure instanceof UpstreamBusy) || failure.concerns === 'request' || startedIn < resumedIn) return;
    const backoff = Math.min(longestBackoff, 1000 * 2 ** failuresInARow);
    const wait = failure.retryAfter ?? (startedIn === round ? backoff : 0);
    waitingUntil = Math.max(waitingUntil, clock().getTime() + wait);
    if (startedIn !== round) return;
    failuresInARow += 1;
    round += 1;
  }

  function noteAnswer(startedIn: number): void {
    if (startedIn === round) failuresInARow = 0;
  }

  async function attempt<T>(call: () => Promise<T>): Promise<T> {
    await admit();
    // What was queued before a failure must not go out after it.
    verifyOpen();
    const probes = failuresInARow > 0;
    if (probes) probing = true;
    const startedIn = round;
    try {
      const answer = await call();
      noteAnswer(startedIn);
      return answer;
    } catch (failure) {
      noteFailure(failure, startedIn);
      throw failure;
    } finally {
      if (probes) probing = false;
    }
  }

  return {
    async run(lane, call) {
      verifyOpen();
      const priority = lane === 'write' ? 4 : 5;
      const own = lanes.get(lane);
      if (!own) return common.run(priority, verifyOpen, () => attempt(call));
      return own.run(priority, verifyOpen, () => common.run(priority, verifyOpen, () => attempt(call)));
    },
    observe(seen) {
      remaining = seen.remaining;
      day = seen.day ?? day;
      common.adjust(seen);
    },
    state: () => ({
      ...(waitingUntil > clock().getTime() ? { waitingUntil: new Date(waitingUntil) } : {}),
      ...(refusal ? { refusal } : {}),
      ...(remaining === undefined ? {} : { remaining }),
      ...(day === undefined ? {} : { day }),
    }),
    resume() {
      refusal = undefined;
      waitingUntil = 0;
      failuresInARow = 0;
      probing = false;
      round += 1;
      resumedIn = round;
    },
    async stop() {
      for (const window of [...lanes.values(), common]) window.stop();
    },
  };
}

/**
 * At most so many calls in any stretch as long as the window, wherever the vendor lets its own begin: the place that a
 * call took is free again one window after it was answered.
 *
 * Bottleneck's own refreshing of a reservoir is left unused: it refills all at once, which lets twice the limit through
 * around that moment, and its timer ends with the first change of settings.
 */
function createWindow({ calls, window, atOnce }: { calls: number; window: number; atOnce: number }) {
  const limiter = new Bottleneck({ maxConcurrent: atOnce, reservoir: calls });
  const returns = new Set<NodeJS.Timeout>();
  let [allowed, length, free] = [calls, window, calls];

  function add(places: number): void {
    free += places;
    void limiter.incrementReservoir(places);
  }

  function addLater(places: number): void {
    const timer = setTimeout(() => {
      returns.delete(timer);
      add(places);
    }, length);
    returns.add(timer.unref());
  }

  return {
    /** @param verify throws on the call's turn when it may no longer go out; then it has taken no place */
    async run<T>(priority: number, verify: () => void, call: () => Promise<T>): Promise<T> {
      const turn = async () => {
        free -= 1;
        try {
          verify();
        } catch (failure) {
          add(1);
          throw failure;
        }
        return call().finally(() => addLater(1));
      };
      return limiter.schedule({ priority }, turn).catch((failure: unknown) => {
        if (!(failure instanceof Bottleneck.BottleneckError)) throw failure;
        throw new UpstreamBusy({ code: 'upstream.stopping', params: {} }, { concerns: 'request' });
      });
    },
    /** Follows the vendor's own count where that leaves less, and its allowance either way. */
    adjust(seen: { remaining: number; calls?: number; window?: number }): void {
      length = seen.window ?? length;
      if (seen.calls !== undefined && seen.calls !== allowed) {
        add(seen.calls - allowed);
        allowed = seen.calls;
      }
      const taken = free - Math.max(0, seen.remaining);
      if (taken <= 0) return;
      add(-taken);
      addLater(taken);
    },
    stop(): void {
      for (const timer of returns) clearTimeout(timer);
      // Its promise waits for the calls under way, and it refuses to be stopped twice.
      limiter.stop({ dropWaitingJobs: true }).catch(() => {});
    },
  };
}
