import express, { type RequestHandler, type Router } from 'express';
import type { Context } from './context.ts';
import { authentication } from './modules/accounts/index.ts';
import { identify } from './platform/http/authenticate.ts';
import { documentationRoutes } from './platform/http/documentation.ts';
import { mountRoutes } from './platform/http/mount.ts';
import { pay, type Spending } from './platform/http/spending.ts';
import { type ApiParts, apiRoutes } from './routes.ts';

type Parts = ApiParts & {
  /** Where nobody is anybody yet. */
  workspaceId: string;
  spend: Spending;
};

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
  router.use(pay(spend));
  router.use(mountRoutes(context, routes, { workspaceId: parts.workspaceId, spend, isFresh: parts.access.isFresh }));
  return router;
}

const preventCaching: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
