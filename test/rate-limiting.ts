import { afterEach, beforeEach, vi } from 'vitest';
import { UpstreamBusy, UpstreamRefused } from '../src/model/errors.ts';
import {
  type CallLimits,
  type ControlledRateLimiter,
  createRateLimiter,
  type Lane,
} from '../src/platform/rate-limiter.ts';
import { vendorSays } from './vendor-says.ts';

export const roomy: CallLimits = { calls: 1000, window: 10_000, atOnce: 10 };
const rateLimiters: ControlledRateLimiter[] = [];

export function rateLimiter(
  limits: CallLimits = roomy,
  { admit = async () => {}, share = 1 }: { admit?: () => Promise<void>; share?: number } = {},
): ControlledRateLimiter {
  const created = createRateLimiter(limits, { share, clock: () => new Date(), admit: () => admit });
  rateLimiters.push(created);
  return created;
}

export const passes = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
export const revoked = new UpstreamRefused(vendorSays('credentials_refused'), {
  concerns: 'connection',
});
export const throttled = (retryAfter: number) => new UpstreamBusy(vendorSays('throttled'), { retryAfter });

/** A vendor that answers when told to, and counts. */
export function vendor() {
  const waiting: PromiseWithResolvers<string>[] = [];
  return {
    call: () => {
      const answer = Promise.withResolvers<string>();
      waiting.push(answer);
      return answer.promise;
    },
    get calls() {
      return waiting.length;
    },
    answers: (index: number) => waiting[index]?.resolve('an answer'),
    fails: (index: number, failure: Error) => waiting[index]?.reject(failure),
  };
}

/** Lets the timers behind a promise run, and returns what it settles with. */
export async function settled<T>(promise: Promise<T>): Promise<T> {
  await passes(100);
  return promise;
}

/** What comes of one call through the pace, given a moment to be let through. */
export async function outcome<T>(
  running: ControlledRateLimiter,
  call: () => Promise<T>,
  lane: Lane = 'read',
): Promise<unknown> {
  return settled(running.run(lane, call).catch((failure: unknown) => failure));
}

export const answering = async () => 'an answer';
export const failing = (failure: Error) => async () => {
  throw failure;
};

/** Puts the tests of a file on a still clock, and stops their paces. */
export function onStillClock(): void {
  beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z') }));
  afterEach(async () => {
    const stopping = Promise.all(rateLimiters.splice(0).map((running) => running.stop()));
    await passes(100);
    await stopping;
    vi.useRealTimers();
  });
}
