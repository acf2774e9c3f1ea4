import type { RequestHandler, Response } from 'express';
import { tooManyRequests } from './refusals.ts';

/** Calls a minute: the Pro plan's. https://developers.freshdesk.com/api/#ratelimit */
const allowed = { account: 400, list: 100 } as const;

const minute = 60_000;

export type RateLimits = {
  /** Counts every call; what is included beside a resource counts as calls of its own. */
  account: RequestHandler;
  /** The lower limit of one endpoint. */
  list(endpoint: string): RequestHandler;
};

/** Freshdesk's limits in whole minutes, counted by the clock; refused calls count, too. */
export function createRateLimits(clock: () => Date): RateLimits {
  const counts = new Map<string, { since: number; calls: number }>();

  function take(name: string, calls: number, most: number): number {
    const now = clock().getTime();
    const standing = counts.get(name);
    const count = standing && now - standing.since < minute ? standing : { since: now, calls: 0 };
    counts.set(name, { since: count.since, calls: count.calls + calls });
    if (count.calls + calls > most) throw tooManyRequests(Math.ceil((count.since + minute - now) / 1000));
    return most - count.calls - calls;
  }

  return {
    account(request, response, next) {
      const included = new URL(request.url, 'http://freshdesk.invalid').searchParams.get('include');
      const calls = 1 + (included?.split(',').length ?? 0);
      tell(response, { remaining: 0, calls });
      tell(response, { remaining: take('account', calls, allowed.account), calls });
      next();
    },
    list: (endpoint) => (_request, _response, next) => {
      take(endpoint, 1, allowed.list);
      next();
    },
  };
}

function tell(response: Response, { remaining, calls }: { remaining: number; calls: number }): void {
  response.set({
    'X-RateLimit-Total': String(allowed.account),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Used-CurrentRequest': String(calls),
    'X-Freshdesk-Api-Version': 'latest=v2; requested=v2',
  });
}
