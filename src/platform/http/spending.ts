import type { Request, RequestHandler, Response } from 'express';
import type { PlatformContext } from '../context.ts';
import type { Caller } from './caller.ts';
import { createRequestLimiter, networkPrefix, type RateLimits } from './request-limits.ts';

/** Takes tokens of the bucket that a request belongs to. @throws TooManyRequests */
export type Spending = (request: Request, response: Response, tokens: number) => void;

/** Each key and each session has a bucket of its own, and so has each network of whoever is nobody. */
export function createSpending({ clock }: Pick<PlatformContext, 'clock'>, { caller, visitor }: RateLimits): Spending {
  const [callers, visitors] = [createRequestLimiter(caller, clock), createRequestLimiter(visitor, clock)];
  return (request, response, tokens) => {
    const known = response.locals.caller as Caller | undefined;
    if (known) callers.spend(known.user?.sessionId ?? known.actor, tokens);
    else visitors.spend(networkPrefix(request.ip), tokens);
  };
}

/** Lets a request pass that has paid so many tokens. */
export function pay(spend: Spending, tokens = 1): RequestHandler {
  return (request, response, next) => {
    spend(request, response, tokens);
    next();
  };
}
