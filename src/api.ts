import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Context } from './context.ts';
import { authentication } from './modules/accounts/index.ts';
import { identify } from './platform/http/authenticate.ts';
import type { Caller } from './platform/http/caller.ts';
import { documentationRoutes } from './platform/http/documentation.ts';
import { mountRoutes } from './platform/http/mount.ts';
import { createRequestLimiter, networkPrefix, type RateLimits } from './platform/http/request-limits.ts';
import { type ApiParts, apiRoutes } from './routes.ts';

type Parts = ApiParts & {
  /** Where nobody is anybody yet. */
  workspaceId: string;
  spend: Spending;
};

/** Takes tokens of the bucket that a request belongs to. @throws TooManyRequests */
type Spending = (request: Request, response: Response, tokens: number) => void;

/** The API: for programs, and for the console, which is one of them. */
export function api(context: Context, parts: Parts): Router {
  const routes = apiRoutes(context, parts);
  const { spend } = parts;
  const router = express.Router();
  router.use(documentationRoutes(routes, parts.publicUrl));
  // All of it may be about contacts, or open something.
  router.use(preventCaching);
  router.use('/auth', authentication(context, parts.access));
  router.use(identify(parts.access, context.log));
  router.use((request, response, next) => {
    spend(request, response, 1);
    next();
  });
  router.use(mountRoutes(context, routes, { workspaceId: parts.workspaceId, spend, isFresh: parts.access.isFresh }));
  return router;
}

const preventCaching: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** Each key and each session has a bucket of its own, and so has each network of whoever is nobody. */
export function createSpending({ clock }: Context, { caller, visitor }: RateLimits): Spending {
  const [callers, visitors] = [createRequestLimiter(caller, clock), createRequestLimiter(visitor, clock)];
  return (request, response, tokens) => {
    const known = response.locals.caller as Caller | undefined;
    if (known) callers.spend(known.user?.sessionId ?? known.actor, tokens);
    else visitors.spend(networkPrefix(request.ip), tokens);
  };
}
