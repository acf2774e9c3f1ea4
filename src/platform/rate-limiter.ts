import { UpstreamBusy, UpstreamRefused } from '../model/errors.ts';
import { createCallWindow } from './call-window.ts';

/** Vendors limit searches apart from the rest; writes must not starve behind reads. */
export type Lane = 'read' | 'write' | 'search';

/**
 * How many calls the vendor allows all programs together in a window, before its headers have said more, and how many of
 * ours may be under way at once.
 */
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

/** Calls by window: `common`, or a lane that has one of its own. */
export type CallsUsed = Readonly<Record<string, number>>;

/** A pace together with what its owner may do to it. */
export type ControlledRateLimiter = RateLimiter & {
  /** Where it stands: open, waiting until a moment, or stopped by a refusal. */
  state(): {
    waitingUntil?: Date;
    refusal?: UpstreamRefused;
    /** Calls that the vendor says are left for all programs. */
    remaining?: number;
    day?: DayLimit;
  };
  /** How many calls our share allows in a window of so many milliseconds, and how many of them are taken now. */
  usage(): { allowed: number; used: number; window: number };
  /** How much of the vendor's limits may be used from now on, from 0 to 1. */
  setShare(share: number): void;
  /** Calls in the current windows: `common`, and by lane. */
  used(): CallsUsed;
  /**
   * Another process made calls until then, which count until a window has passed.
   *
   * @param used how many; without it, all of our share but a tenth
   */
  noteUsedElsewhere(until: Date, used?: CallsUsed): void;
  /** Forgets a refusal and a wait: the operator says that it should work now. */
  resume(): void;
  /** Refuses what still waits and what comes later, with `UpstreamBusy`. What is under way goes on. */
  stop(): Promise<void>;
};

const longestBackoff = 30_000;

/**
 * @param share how much of the vendor's limits may be used, from 0 to 1
 * @param admit called when a call is handed in; what it returns is asked on the call's turn, and throws `UpstreamBusy`
 *   when this process may not make it any more
 */
export function createRateLimiter(
  limits: CallLimits,
  { share, clock, admit }: { share: number; clock: () => Date; admit: () => () => Promise<void> },
): ControlledRateLimiter {
  const common = createCallWindow(limits, share);
  const lanes = new Map(Object.entries(limits.lanes ?? {}).map(([lane, own]) => [lane, createCallWindow(own, share)]));
  const windows = new Map([['common', common], ...lanes]);

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

  async function attempt<T>(verifyMay: () => Promise<void>, call: () => Promise<T>): Promise<T> {
    await verifyMay();
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
      const verifyMay = admit();
      const inCommon = () => common.run(priority, verifyOpen, () => attempt(verifyMay, call));
      return lanes.get(lane)?.run(priority, verifyOpen, inCommon) ?? inCommon();
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
    usage: common.usage,
    setShare(next) {
      for (const window of windows.values()) window.setShare(next);
    },
    used: () => Object.fromEntries([...windows].map(([name, window]) => [name, window.usage().used])),
    noteUsedElsewhere(until, used) {
      for (const [name, window] of windows) window.noteUsedElsewhere({ until, now: clock(), used: used?.[name] });
    },
    resume() {
      refusal = undefined;
      waitingUntil = 0;
      failuresInARow = 0;
      probing = false;
      round += 1;
      resumedIn = round;
    },
    async stop() {
      for (const window of windows.values()) window.stop();
    },
  };
}
