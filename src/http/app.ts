import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Access } from '../access/access.ts';
import type { Connector } from '../connector.ts';
import type { Context } from '../flows/context.ts';
import type { EventBuffer } from '../flows/events/event-buffer.ts';
import { api } from './api/api.ts';
import { authorizationRoutes } from './authorization.ts';
import { type Beside, besideRoutes } from './beside.ts';
import { consoleRoutes } from './console.ts';
import { failureAnswers, noSuchPage } from './failures.ts';
import { healthRoutes } from './health.ts';
import { panelRoutes } from './panel/routes.ts';
import type { RateLimits } from './rate-limit.ts';
import { surveyRoutes } from './survey/routes.ts';
import { webhookRoutes } from './webhooks.ts';

type Doors = {
  connectors: readonly Connector[];
  eventBuffer: EventBuffer;
  publicUrl: string;
  /** Whether nobody said how others reach us, who could. */
  publicUrlMissing: boolean;
  workspaceId: string;
  access: Access;
  rateLimits: RateLimits;
  /** What Express calls `trust proxy`. */
  trustProxy: boolean | number | string | readonly string[];
  isStopping: () => boolean;
  /** What stands beside our own doors: the sandbox. */
  beside: Beside | undefined;
};

export function createApp(context: Context, doors: Doors): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.set('trust proxy', doors.trustProxy);
  // Before everything that costs time: a webhook is a burst, and its sender waits seconds only.
  app.use(webhookRoutes(context, doors));
  app.use((_request, response, next) => {
    const requestId = randomUUID();
    response.locals.requestId = requestId;
    response.set('X-Request-Id', requestId);
    next();
  });
  if (doors.beside) app.use('/sandbox', besideRoutes(doors.beside, doors));
  app.use(helmet());
  app.use(healthRoutes(context, doors.isStopping));
  app.use(surveyRoutes(context, doors));
  app.use(panelRoutes(context, doors));
  app.use(authorizationRoutes(context, doors));
  app.use('/api', api(context, doors));
  app.use(consoleRoutes());
  app.use(noSuchPage);
  app.use(failureAnswers(context.log));
  return app;
}
