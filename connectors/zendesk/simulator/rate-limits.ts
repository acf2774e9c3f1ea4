import type { RequestHandler, Response } from 'express';
import { tooManyRequests } from './refusals.ts';

/** Calls allowed within a window that begins with the first of them. */
export type Allowance = { calls: number; seconds: number };

type Standing = { left: number; resetsInSeconds: number };

/** The Suite Growth and Support Professional plans', and what an account has that bought the high-volume add-on. */
export const suiteGrowth: Allowance = { calls: 400, seconds: 60 };
export const highVolume: Allowance = { calls: 2500, seconds: 60 };

const exportAllowance: Allowance = { calls: 10, seconds: 60 };
const updatesOfOneUser: Allowance = { calls: 5, seconds: 60 };
const updatesOfAnyUser: Allowance = { calls: 1, seconds: 1 };
const userExportAllowance: Allowance = { calls: 20, seconds: 60 };
const searchExportAllowance: Allowance = { calls: 100, seconds: 60 };
const updatesOfOneTicket: Allowance = { calls: 30, seconds: 600 };
const updatesOfAnyTicket: Allowance = { calls: 100, seconds: 60 };

export type RateLimits = {
  account: RequestHandler;
  exports: RequestHandler;
  userExports: RequestHandler;
  searchExports: RequestHandler;
  userUpdates: RequestHandler<{ id: string }>;
  ticketUpdates: RequestHandler<{ id: string }>;
};

/**
 * Zendesk's limits, counted by the clock. A refused call does not count.
 *
 * @see https://developer.zendesk.com/api-reference/introduction/rate-limits/
 */
export function createRateLimits(clock: () => Date, plan: Allowance): RateLimits {
  const counts = new Map<string, { since: number; calls: number }>();

  /** Opens a new window when the old one is over. */
  function standing(name: string, allowance: Allowance): Standing {
    const now = clock().getTime();
    const count = counts.get(name);
    const age = count ? now - count.since : Number.POSITIVE_INFINITY;
    if (!count || age >= allowance.seconds * 1000) {
      counts.set(name, { since: now, calls: 0 });
      return { left: allowance.calls, resetsInSeconds: allowance.seconds };
    }
    return { left: allowance.calls - count.calls, resetsInSeconds: Math.ceil(allowance.seconds - age / 1000) };
  }

  /** Counts the call under every name, or under none of them and refuses. */
  function take(requested: readonly (readonly [name: string, allowance: Allowance])[]): readonly Standing[] {
    const before = requested.map(([name, allowance]) => standing(name, allowance));
    const spent = before.filter(({ left }) => left <= 0);
    if (spent.length > 0) throw tooManyRequests(Math.max(...spent.map(({ resetsInSeconds }) => resetsInSeconds)));
    for (const [name] of requested) {
      const count = counts.get(name);
      if (count) count.calls += 1;
    }
    return before.map(({ left, resetsInSeconds }) => ({ left: left - 1, resetsInSeconds }));
  }

  return {
    account(_request, response, next) {
      const { resetsInSeconds, left } = standing('account', plan);
      tellAccountLimit(response, plan, { left: Math.max(0, left - 1), resetsInSeconds });
      take([['account', plan]]);
      next();
    },
    exports(_request, response, next) {
      const [now] = take([['exports', exportAllowance]]);
      tellEndpointLimit(response, 'incremental-exports-cursor', exportAllowance, now);
      next();
    },
    userExports(_request, _response, next) {
      take([['user exports', userExportAllowance]]);
      next();
    },
    searchExports(_request, _response, next) {
      take([['search exports', searchExportAllowance]]);
      next();
    },
    ticketUpdates(request, _response, next) {
      take([
        [`ticket ${request.params.id}`, updatesOfOneTicket],
        ['tickets', updatesOfAnyTicket],
      ]);
      next();
    },
    userUpdates(request, response, next) {
      const [ofOne] = take([
        [`user ${request.params.id}`, updatesOfOneUser],
        ['users', updatesOfAnyUser],
      ]);
      tellEndpointLimit(response, 'users-update', updatesOfOneUser, ofOne);
      next();
    },
  };
}

function tellAccountLimit(response: Response, { calls }: Allowance, { left, resetsInSeconds }: Standing): void {
  response.set({
    'X-Rate-Limit': String(calls),
    'X-Rate-Limit-Remaining': String(left),
    'ratelimit-limit': String(calls),
    'ratelimit-remaining': String(left),
    'ratelimit-reset': String(resetsInSeconds),
  });
}

function tellEndpointLimit(
  response: Response,
  endpoint: string,
  { calls }: Allowance,
  now: Standing | undefined,
): void {
  if (!now) return;
  const { left, resetsInSeconds } = now;
  response.set(`Zendesk-RateLimit-${endpoint}`, `total=${calls}; remaining=${left}; resets=${resetsInSeconds}`);
}
