import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { PlatformContext } from '../context.ts';
import type { MetricsRegistry } from '../metrics.ts';
import { allow, identify } from './authenticate.ts';
import type { Identification } from './caller.ts';

/**
 * `GET /metrics`, for Prometheus. It stands beside the API, where scrapers look for it, and takes the same keys and
 * limits.
 *
 * @param options.spend takes a token of the bucket that the request belongs to
 */
export function metricsRoutes(
  { log }: PlatformContext,
  metrics: MetricsRegistry,
  { access, spend }: { access: Identification; spend: (request: Request, response: Response, tokens: number) => void },
): Router {
  const router = express.Router();
  const scrapes = { method: 'get', path: '/metrics', scope: 'metrics:read' } as const;
  const pay: RequestHandler = (request, response, next) => {
    spend(request, response, 1);
    next();
  };
  router.get(
    scrapes.path,
    identify(access, log),
    pay,
    allow(scrapes, access.isFresh, log),
    async (_request, response) => {
      const { contentType, text } = await metrics.expose();
      response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(text);
    },
  );
  return router;
}
