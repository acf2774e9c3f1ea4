import express, { type Router } from 'express';
import type { PlatformContext } from '../context.ts';
import { answers } from '../database/database.ts';

/** Whether the process lives, and whether it can do its work. Neither asks the vendors: they may be down. */
export function healthRoutes({ database }: PlatformContext, isStopping: () => boolean): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const reachable = await answers(database.db);
    const ready = reachable && !isStopping();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', database: reachable });
  });
  return router;
}
