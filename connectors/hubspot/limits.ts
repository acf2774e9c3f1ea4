import type { Pace } from '../../src/pace.ts';

/** Tells the pace what HubSpot's headers say of the common limit. Answers to searches carry none. */
export function observeLimits(headers: Headers, pace: Pace): void {
  const remaining = readNumber(headers, 'x-hubspot-ratelimit-remaining');
  if (remaining === undefined) return;
  const calls = readNumber(headers, 'x-hubspot-ratelimit-max');
  const window = readNumber(headers, 'x-hubspot-ratelimit-interval-milliseconds');
  pace.observe({
    remaining,
    ...(calls === undefined ? {} : { calls }),
    ...(window === undefined ? {} : { window }),
  });
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
