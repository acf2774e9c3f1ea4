import type { RequestHandler, Response } from 'express';
import { Refusal } from './refusals.ts';

export type RateLimits = {
  /** Calls in ten seconds. */
  burst: number;
  /** Calls in a day of the account's time zone. */
  daily: number;
  /** Searches in a second, which also count as calls. */
  searches: number;
};

/** The smallest plan's, with a static token: https://developers.hubspot.com/docs/api/usage-details */
export const smallestPlan: RateLimits = { burst: 100, daily: 250_000, searches: 5 };

const burstWindow = 10_000;

/** The calls of the account's day. */
export type Day = {
  calls(): number;
  count(): void;
  /** No more calls until midnight, or until `relieve`. */
  exhaust(): void;
  relieve(): void;
};

export function createDay(clock: () => Date, timeZone: string): Day {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone });
  let today = '';
  let counted = 0;
  let exhausted = false;

  function turn(): void {
    const now = format.format(clock());
    if (now === today) return;
    today = now;
    counted = 0;
    exhausted = false;
  }

  return {
    calls() {
      turn();
      return exhausted ? Number.POSITIVE_INFINITY : counted;
    },
    count() {
      counted += 1;
    },
    exhaust() {
      turn();
      exhausted = true;
    },
    relieve() {
      exhausted = false;
    },
  };
}

/** Counts calls and refuses those above the limits; a refused call does not count. */
export function limitRate(clock: () => Date, day: Day, limits: RateLimits = smallestPlan): RequestHandler {
  const burst = rollingWindow(limits.burst, burstWindow);
  const searches = rollingWindow(limits.searches, 1000);

  return (request, response, next) => {
    const now = clock();
    const search = isSearch(request.path);
    const tooFast = burst.full(now) || (search && searches.full(now));
    const tooMany = day.calls() >= limits.daily;
    if (!tooFast && !tooMany) {
      day.count();
      burst.count(now);
      if (search) searches.count(now);
    }
    // Search answers carry none of these headers.
    if (!search)
      showLimits(response, limits, { burst: burst.left(now), daily: Math.max(0, limits.daily - day.calls()) });
    if (tooMany) throw overDailyLimit();
    if (tooFast) throw overLimit(request.path);
    next();
  };
}

/** The refusal that a call to this path meets when it comes too fast. */
export function overLimit(path: string): Refusal {
  return isSearch(path)
    ? rateLimited('You have reached your secondly limit.', { policyName: 'SECONDLY' })
    : rateLimited('You have reached your ten_secondly_rolling limit.', {
        policyName: 'TEN_SECONDLY_ROLLING',
        groupName: 'publicapi:private-apps-api-calls-oauth',
      });
}

/** What the headers say while a limit is reached. */
export function showExhausted(response: Response, path: string): void {
  if (!isSearch(path)) showLimits(response, smallestPlan, { burst: 0, daily: smallestPlan.daily });
}

function overDailyLimit(): Refusal {
  return rateLimited('You have reached your daily limit.', { policyName: 'DAILY' });
}

function rateLimited(message: string, policy: Readonly<Record<string, string>>): Refusal {
  return new Refusal(429, message, { errorType: 'RATE_LIMIT', ...policy });
}

function showLimits(response: Response, limits: RateLimits, left: { burst: number; daily: number }): void {
  response.set({
    'X-HubSpot-RateLimit-Max': String(limits.burst),
    'X-HubSpot-RateLimit-Remaining': String(left.burst),
    'X-HubSpot-RateLimit-Interval-Milliseconds': String(burstWindow),
    'X-HubSpot-RateLimit-Daily': String(limits.daily),
    'X-HubSpot-RateLimit-Daily-Remaining': String(left.daily),
  });
}

function isSearch(path: string): boolean {
  return path.endsWith('/search');
}

function rollingWindow(most: number, length: number) {
  let timestamps: number[] = [];
  const left = (now: Date) => {
    timestamps = timestamps.filter((timestamp) => timestamp > now.getTime() - length);
    return most - timestamps.length;
  };
  return { left, full: (now: Date) => left(now) === 0, count: (now: Date) => timestamps.push(now.getTime()) };
}
