import express, { type Router } from 'express';
import type { Context } from '../../flows/context.ts';
import { authentication } from './authentication.ts';
import { identify } from './caller.ts';
import { documentationRoutes } from './documentation.ts';
import { mountRoutes } from './mount.ts';
import { type ApiParts, apiRoutes } from './routes.ts';

/** The API: for programs, and for the console, which is one of them. @param workspaceId where nobody is anybody yet */
export function api(context: Context, parts: ApiParts, workspaceId: string): Router {
  const routes = apiRoutes(context, parts);
  const router = express.Router();
  router.use('/auth', authentication(context, parts.access));
  router.use(documentationRoutes(routes, parts.publicUrl));
  router.use(identify(parts.access));
  router.use(mountRoutes(context, routes, workspaceId));
  return router;
}
