import { isIPv6 } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { TooManyRequests } from '../../model/errors.ts';
import { minuteMs } from '../../model/time-units.ts';

/**
 * How much may be asked of this service, per process: tokens a minute of each bucket, which holds a minute's worth. 0
 * is no limit.
 */
export type RateLimits = {
  /** Of each API key and each session. */
  caller: number;
  /** Of each address that calls the API as nobody. */
  visitor: number;
  /** Survey pages opened and forms sent from each address. */
  page: number;
};

export const noRateLimits: RateLimits = { caller: 0, visitor: 0, page: 0 };

/** Token buckets, one for each name. Kept in this process: several of them let through as many times as much. */
export type RequestLimiter = {
  /**
   * Takes tokens out of a bucket.
   *
   * @throws TooManyRequests when there are not enough, with the time until there are; nothing is taken then
   */
  spend(name: string, tokens?: number): void;
};

/** How many buckets are remembered at most. Who is forgotten begins with a full one. */
const mostRemembered = 50_000;

/** @param perMinute tokens that a bucket holds, and that flow into it in a minute; 0 is no limit */
export function createRequestLimiter(perMinute: number, clock: () => Date): RequestLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const perMillisecond = perMinute / minuteMs;
  return {
    spend(name, tokens = 1) {
      if (perMinute === 0) return;
      const now = clock().getTime();
      const known = buckets.get(name) ?? { tokens: perMinute, at: now };
      const filled = Math.min(perMinute, known.tokens + Math.max(0, now - known.at) * perMillisecond);
      const needed = Math.min(tokens, perMinute);
      // Who was here last stands last, so that the first is who has been away longest.
      buckets.delete(name);
      if (buckets.size >= mostRemembered) buckets.delete(buckets.keys().next().value ?? '');
      buckets.set(name, { tokens: filled >= needed ? filled - needed : filled, at: now });
      if (filled < needed) throw new TooManyRequests(Math.ceil((needed - filled) / perMillisecond));
    },
  };
}

/** Spends a token of the bucket that the request belongs to. */
export function limitRequests(limiter: RequestLimiter, bucketOf: (request: Request) => string): RequestHandler {
  return (request, _response, next) => {
    limiter.spend(bucketOf(request));
    next();
  };
}

/** One name for each network that is one customer's: a whole /64 of IPv6, of which anybody has more addresses than we can count. */
export function networkPrefix(address = ''): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [before = '', after = ''] = address.split('%')[0]?.split('::') ?? [];
  const [head, tail] = [before, after].map((part) => (part === '' ? [] : part.split(':')));
  const missing = Array(Math.max(0, 8 - (head?.length ?? 0) - (tail?.length ?? 0))).fill('0');
  return [...(head ?? []), ...missing, ...(tail ?? [])]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
