import { randomUUID } from 'node:crypto';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Connector } from '../connector.ts';
import type { Context } from '../flows/context.ts';
import type { Journal } from '../flows/hearing/journal.ts';
import { connectionRoutes } from './api/connections.ts';
import { consentRoutes } from './api/consent.ts';
import { disconnectionRoutes } from './api/disconnections.ts';
import { doctorRoutes } from './api/doctor.ts';
import { requireKey } from './api/key.ts';
import { listRoutes } from './api/lists.ts';
import { pauseRoutes } from './api/pause.ts';
import { peopleRoutes } from './api/people.ts';
import { authorizationRoutes } from './authorization.ts';
import { failureAnswers, noSuchPage } from './failures.ts';
import { healthRoutes } from './health.ts';
import { surveyRoutes } from './survey/routes.ts';
import { webhookRoutes } from './webhooks.ts';

export type Doors = {
  connectors: readonly Connector[];
  journal: Journal;
  publicUrl: string;
  workspaceId: string;
  apiKey: string | undefined;
  /** What Express calls `trust proxy`. */
  trustProxy: boolean | number | string | readonly string[];
  isStopping: () => boolean;
  /** What stands beside our own doors: the sandbox. */
  beside: RequestHandler | undefined;
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
  if (doors.beside) app.use('/sandbox', doors.beside);
  app.use(helmet());
  app.use(healthRoutes(context, doors.isStopping));
  app.use(surveyRoutes(context));
  app.use(authorizationRoutes(context, doors.publicUrl));
  const { workspaceId } = doors;
  app.use(
    '/api',
    requireKey(doors.apiKey),
    listRoutes(context, workspaceId),
    connectionRoutes(context, workspaceId),
    disconnectionRoutes(context, workspaceId),
    consentRoutes(context, doors),
    doctorRoutes(context, workspaceId),
    pauseRoutes(context, workspaceId),
    peopleRoutes(context, workspaceId),
  );
  app.use(noSuchPage);
  app.use(failureAnswers(context.log));
  return app;
}
