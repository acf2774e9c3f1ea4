import express, { type RequestHandler, type Router } from 'express';
import type { Access } from '../../access/access.ts';
import { addressHeader, openPaths } from '../../access/accounts.ts';
import type { Context } from '../../flows/context.ts';
import { identify } from './caller.ts';
import { documentationRoutes } from './documentation.ts';
import { mountRoutes } from './mount.ts';
import { type ApiParts, apiRoutes } from './routes.ts';

/** The API: for programs, and for the console, which is one of them. @param workspaceId where nobody is anybody yet */
export function api(context: Context, parts: ApiParts, workspaceId: string): Router {
  const routes = apiRoutes(context, parts);
  const router = express.Router();
  router.use('/auth', sessions(parts.access));
  router.use(documentationRoutes(routes, parts.publicUrl));
  router.use(identify(parts.access));
  router.use(mountRoutes(context, routes, workspaceId));
  return router;
}

/** Signing in and out, and whatever else of accounts better-auth does itself; it reads the body on its own. */
function sessions({ serveAccounts }: Access): RequestHandler {
  return async (request, response, next) => {
    if (!openPaths.includes(request.path)) {
      next();
      return;
    }
    // Whom the visitor's address was believed from is settled already; what else they send in it is not.
    request.headers[addressHeader] = request.ip ?? '';
    await serveAccounts(request, response);
  };
}
