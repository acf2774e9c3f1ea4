import { setTimeout as sleep } from 'node:timers/promises';
import Bottleneck from 'bottleneck';
import type { EmailFailureMessage } from '../../model/messages/failure-message.ts';
import { minuteMs } from '../../model/time-units.ts';
import { EmailDelayed, EmailRefused } from './email-failures.ts';
import { createRate, type Throttled } from './email-rate.ts';
import { createRefusalRun } from './refusal-run.ts';

/** Why no email leaves now, and when the next one tries. */
export type Trouble = {
  /** `refused` ends when somebody changes something, `throttled` and `down` by themselves. */
  kind: 'refused' | 'throttled' | 'down';
  since: Date;
  nextTryAt: Date;
  /** How many tries in a row failed. */
  failures: number;
  why: EmailFailureMessage;
};

/** Where an email server stands. */
export type EmailServerState = {
  trouble: Trouble | undefined;
  /** The server takes fewer emails than we would send. */
  throttled: Throttled | undefined;
};

/** An email on its way: whose it is, and what it is called. */
export type Departure = { id: string; to: string; from: string };

/** How one email server is used: what every email to it goes through. */
export type EmailRateLimiter = {
  /**
   * Hands an email over when it is its turn. While the server is in trouble one email at a time tries it, and the
   * others are refused with `EmailDelayed` and `retryAfter`.
   *
   * @throws RefusesAll the same refusal came for several recipients in a row: it is not about them
   */
  run<Result>(send: () => Promise<Result>, email?: Departure): Promise<Result>;
  /** How many emails it would take in the next seconds: none while it is in trouble, one to try whether it is over. */
  room(): number;
  state(): EmailServerState;
  /** Whether this email is in a run of refusals that came to everybody. */
  suspects(id: string): boolean;
  /** Goes up with each change that a restart must not forget. */
  readonly changes: number;
  /** Goes on where another process, or this one before its restart, stood. */
  restore(state: EmailServerState): void;
  /** Somebody says that it should work now. */
  resume(): void;
  /** Refuses what still waits and what comes later. What is under way goes on. */
  stop(): void;
};

/** A refusal that came for several recipients in a row, whatever it says of them. */
export class RefusesAll extends EmailRefused {
  /** The emails that met it before this one. */
  readonly others: readonly string[];

  constructor(refusal: EmailRefused, others: readonly string[]) {
    const { why, signature } = refusal;
    const about = { fault: 'account', concerns: 'connection', reason: 'refuses_all', signature } as const;
    super({ code: 'email.refuses_all', params: { why } }, about);
    this.others = others;
  }
}

const atOnce = 8;
/** Milliseconds: less than two minutes pass between the end of a trouble and the next try. */
const longestWaitMs = { refused: minuteMs, throttled: minuteMs, down: 30_000 };
const firstWait = { refused: 15_000, throttled: 1000, down: 1000 };
const probeWait = 1000;
/** How far ahead `room` looks. */
const roomFor = 10_000;

const stopping: EmailFailureMessage = { code: 'email.stopping', params: {} };
const stopped = () => new EmailDelayed(stopping, { fault: 'server', reason: 'waiting' });

/** Comes back at this timestamp, or throws when the signal says so before. */
export type WaitUntil = (at: Date, signal: AbortSignal) => Promise<unknown>;

export type Time = { clock: () => Date; waitUntil?: WaitUntil | undefined };

/** @param time.waitUntil how to wait on that clock; by a timer unless said */
export function createEmailRateLimiter({
  clock,
  waitUntil = (at, signal) => sleep(at.getTime() - clock().getTime(), undefined, { signal }),
}: Time): EmailRateLimiter {
  const limiter = new Bottleneck({ maxConcurrent: atOnce });
  const ending = new AbortController();
  let spacing = 0;
  let line: Promise<unknown> = Promise.resolve();
  let lastTurn = 0;
  const rate = createRate({
    clock,
    apply: (minTime) => {
      spacing = minTime;
    },
  });
  const runs = createRefusalRun();
  const senders = new Map<string, Trouble>();
  let trouble: Trouble | undefined;
  let probing = false;
  let changes = 0;
  // Emails that were under way together tell one thing: the first to fail ends the round, and the others are not heard.
  let round = 0;

  function verifyOpen(from: string): void {
    const ofSender = senders.get(from);
    const now = clock().getTime();
    const wait = Math.max(trouble?.nextTryAt.getTime() ?? 0, ofSender?.nextTryAt.getTime() ?? 0) - now;
    const retryAfter = wait > 0 ? wait : trouble && probing ? probeWait : undefined;
    if (retryAfter === undefined) return;
    const fault = trouble ? ('server' as const) : ('sender' as const);
    throw new EmailDelayed((trouble ?? ofSender)?.why ?? stopping, { fault, reason: 'waiting', retryAfter });
  }

  function noteAccepted(from: string, startedIn: number): void {
    runs.accepted();
    senders.delete(from);
    rate.accepted();
    if (startedIn !== round || !trouble) return;
    trouble = undefined;
    changes += 1;
  }

  /** @returns what is to be thrown in its place */
  function noteFailure(failure: unknown, startedIn: number, email: Departure): unknown {
    if (!(failure instanceof EmailRefused || failure instanceof EmailDelayed)) return failure;
    if (failure.fault === 'sender' && failure.concerns === 'request') {
      senders.set(email.from, next(senders.get(email.from), 'refused', failure));
      return failure;
    }
    const told = failure.concerns === 'request' ? noteRefusal(failure, email) : failure;
    if (told.concerns === 'request') {
      // It answers: what kept it from that is over, and what it refuses us for shows with the next email.
      if (trouble) setTrouble(trouble.kind === 'down' ? undefined : { ...trouble, nextTryAt: clock() });
      return told;
    }
    if (startedIn !== round) return told;
    round += 1;
    if (told instanceof EmailDelayed && told.reason !== 'unreachable') rate.throttled();
    const kind = told instanceof EmailRefused ? 'refused' : told.fault === 'throttled' ? 'throttled' : 'down';
    setTrouble(next(trouble, kind, told));
    return told;
  }

  function noteRefusal(failure: EmailRefused | EmailDelayed, { id, to }: Departure): EmailRefused | EmailDelayed {
    const others = runs.refused({ id, to, signature: failure.signature });
    if (others === undefined) return failure;
    if (failure instanceof EmailRefused) return new RefusesAll(failure, others);
    const { why, reason, signature } = failure;
    return new EmailDelayed(why, { fault: 'server', reason, signature });
  }

  function next(before: Trouble | undefined, kind: Trouble['kind'], failure: EmailRefused | EmailDelayed): Trouble {
    const now = clock();
    const same = before?.kind === kind ? before : undefined;
    const failures = (same?.failures ?? 0) + 1;
    // Beyond these doublings it is the longest anyway.
    const wait = Math.min(longestWaitMs[kind], firstWait[kind] * 2 ** Math.min(failures - 1, 10));
    const nextTryAt = new Date(now.getTime() + wait);
    return { kind, since: same?.since ?? now, nextTryAt, failures, why: failure.why };
  }

  function setTrouble(to: Trouble | undefined): void {
    trouble = to;
    changes += 1;
  }

  /**
   * Emails leave one after another, as far apart as the server bears when it is their turn. What was queued before a
   * failure must not go out after it, and waits for no turn.
   *
   * @returns whether it is the one that tries the server
   */
  function takeTurn(from: string): Promise<boolean> {
    const turn = line.then(async () => {
      verifyOpen(from);
      const at = lastTurn + spacing;
      if (at > clock().getTime()) {
        await waitUntil(new Date(at), ending.signal).catch(() => {
          throw stopped();
        });
      }
      verifyOpen(from);
      lastTurn = clock().getTime();
      const probes = trouble !== undefined;
      if (probes) probing = true;
      return probes;
    });
    line = turn.catch(() => {});
    return turn;
  }

  async function attempt<Result>(send: () => Promise<Result>, email: Departure): Promise<Result> {
    const probes = await takeTurn(email.from);
    const startedIn = round;
    try {
      const answer = await send();
      noteAccepted(email.from, startedIn);
      return answer;
    } catch (failure) {
      throw noteFailure(failure, startedIn, email);
    } finally {
      if (probes) probing = false;
    }
  }

  return {
    async run(send, email = { id: '', to: '', from: '' }) {
      verifyOpen(email.from);
      return limiter
        .schedule(() => attempt(send, email))
        .catch((failure: unknown) => {
          throw failure instanceof Bottleneck.BottleneckError ? stopped() : failure;
        });
    },
    room() {
      if (trouble) return probing || trouble.nextTryAt > clock() ? 0 : 1;
      return rate.within(roomFor);
    },
    state: () => ({ trouble, throttled: rate.state() }),
    suspects: runs.suspects,
    get changes() {
      return changes + rate.changes;
    },
    restore(state) {
      trouble = state.trouble;
      rate.restore(state.throttled);
    },
    resume() {
      round += 1;
      senders.clear();
      if (trouble) setTrouble(undefined);
      probing = false;
    },
    stop() {
      ending.abort();
      // Its promise waits for the calls under way, and it refuses to be stopped twice.
      limiter.stop({ dropWaitingJobs: true }).catch(() => {});
    },
  };
}
