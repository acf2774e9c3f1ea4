import express, { type Router } from 'express';
import type { PlatformContext } from '../context.ts';
import type { MetricsRegistry } from '../metrics.ts';
import { allow, identify } from './authenticate.ts';
import type { Identification } from './caller.ts';
import { pay, type Spending } from './spending.ts';

/**
 * `GET /metrics`, for Prometheus. It stands beside the API, where scrapers look for it, and takes the same keys and
 * limits.
 *
 * @param options.spend takes a token of the bucket that the request belongs to
 */
export function metricsRoutes(
  { log }: PlatformContext,
  metrics: MetricsRegistry,
  { access, spend }: { access: Identification; spend: Spending },
): Router {
  const router = express.Router();
  const scrapes = { method: 'get', path: '/metrics', scope: 'metrics:read' } as const;
  router.get(
    scrapes.path,
    identify(access, log),
    pay(spend),
    allow(scrapes, access.isFresh, log),
    async (_request, response) => {
      const { contentType, text } = await metrics.expose();
      response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(text);
    },
  );
  return router;
}
