import { randomUUID } from 'node:crypto';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { api } from './api.ts';
import type { Connector } from './connector.ts';
import type { Context } from './context.ts';
import type { Access } from './modules/accounts/index.ts';
import { panelRoutes } from './modules/agent-panel/index.ts';
import { authorizationRoutes } from './modules/connections/index.ts';
import { type EventBuffer, webhookRoutes } from './modules/events/index.ts';
import { surveyPageRoutes } from './modules/responses/index.ts';
import { besideRoutes, type ExtraHandler } from './platform/http/beside.ts';
import { consoleRoutes } from './platform/http/console.ts';
import { failureAnswers, noSuchPage } from './platform/http/failures.ts';
import { healthRoutes } from './platform/http/health.ts';
import { metricsRoutes } from './platform/http/metrics.ts';
import type { RateLimits } from './platform/http/request-limits.ts';
import { createSpending } from './platform/http/spending.ts';
import type { MetricsRegistry } from './platform/metrics.ts';

type RouteOptions = {
  connectors: readonly Connector[];
  eventBuffer: EventBuffer;
  publicUrl: string;
  /** Whether nobody said how others reach us, who could. */
  publicUrlMissing: boolean;
  workspaceId: string;
  access: Access;
  metrics: MetricsRegistry;
  rateLimits: RateLimits;
  /** What Express calls `trust proxy`. */
  trustProxy: boolean | number | string | readonly string[];
  isStopping: () => boolean;
  /** What stands beside our own doors: the sandbox. */
  beside: ExtraHandler | undefined;
};

/** What a process that only works answers: whether it lives, whether it can work, and how much it did. */
export function createWorkerApp(
  context: Context,
  { access, metrics, rateLimits, isStopping }: Pick<RouteOptions, 'access' | 'metrics' | 'rateLimits' | 'isStopping'>,
): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(nameRequest);
  app.use(helmet());
  app.use(healthRoutes(context, isStopping));
  app.use(metricsRoutes(context, metrics, { access, spend: createSpending(context, rateLimits) }));
  app.use(noSuchPage);
  app.use(failureAnswers(context.log));
  return app;
}

/** All pages and the API. */
export function createApp(context: Context, routeOptions: RouteOptions): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.set('trust proxy', routeOptions.trustProxy);
  // Before everything that costs time: a webhook is a burst, and its sender waits seconds only.
  app.use(webhookRoutes(context, routeOptions));
  app.use(nameRequest);
  if (routeOptions.beside) app.use('/sandbox', besideRoutes(routeOptions.beside, routeOptions));
  app.use(helmet());
  app.use(healthRoutes(context, routeOptions.isStopping));
  app.use(surveyPageRoutes(context, routeOptions));
  app.use(panelRoutes(context, routeOptions));
  app.use(authorizationRoutes(context, routeOptions));
  // A key spends the same tokens wherever it is shown.
  const spend = createSpending(context, routeOptions.rateLimits);
  app.use(metricsRoutes(context, routeOptions.metrics, { access: routeOptions.access, spend }));
  app.use('/api', api(context, { ...routeOptions, spend }));
  app.use(consoleRoutes());
  app.use(noSuchPage);
  app.use(failureAnswers(context.log));
  return app;
}

const nameRequest: RequestHandler = (_request, response, next) => {
  const requestId = randomUUID();
  response.locals.requestId = requestId;
  response.set('X-Request-Id', requestId);
  next();
};
