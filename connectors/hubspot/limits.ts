import type { DayLimit, RateLimiter } from '../../src/platform/rate-limiter.ts';

/**
 * Tells the pace what HubSpot's headers say of the common limit. Answers to searches carry none.
 *
 * @param midnight when the account's day ends, once its time zone is known
 */
export function observeLimits(headers: Headers, rateLimiter: RateLimiter, midnight: Date | undefined): void {
  const remaining = readNumber(headers, 'x-hubspot-ratelimit-remaining');
  if (remaining === undefined) return;
  const calls = readNumber(headers, 'x-hubspot-ratelimit-max');
  const window = readNumber(headers, 'x-hubspot-ratelimit-interval-milliseconds');
  const day = readDay(headers, midnight);
  rateLimiter.observe({
    remaining,
    ...(day === undefined ? {} : { day }),
    ...(calls === undefined ? {} : { calls }),
    ...(window === undefined ? {} : { window }),
  });
}

function readDay(headers: Headers, midnight: Date | undefined): DayLimit | undefined {
  const remaining = readNumber(headers, 'x-hubspot-ratelimit-daily-remaining');
  if (remaining === undefined) return undefined;
  const calls = readNumber(headers, 'x-hubspot-ratelimit-daily');
  return {
    remaining,
    ...(calls === undefined ? {} : { calls }),
    ...(midnight === undefined ? {} : { startsAnewAt: midnight }),
  };
}

/** @returns milliseconds */
export function readRetryAfter(headers: Headers): number | undefined {
  const seconds = readNumber(headers, 'retry-after');
  return seconds === undefined ? undefined : seconds * 1000;
}

function readNumber(headers: Headers, name: string): number | undefined {
  const raw = headers.get(name)?.trim();
  return raw !== undefined && /^\d+(?:\.\d+)?$/u.test(raw) ? Number(raw) : undefined;
}

/** What HubSpot's clock showed when it answered, to the second. */
export function readClock(headers: Headers): Date | undefined {
  const date = new Date(headers.get('date') ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}
