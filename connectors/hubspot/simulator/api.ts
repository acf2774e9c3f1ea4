import express, { type Express, type Response } from 'express';
import type { SimulatedRequest } from '../../../src/connector.ts';
import { account } from './account.ts';
import { type Associations, associationBatchRoutes } from './associations.ts';
import { authenticate } from './authentication.ts';
import { batchRoutes } from './batch-routes.ts';
import { type Disturbances, disturbCalls, verifyUnpoisoned } from './disturbances.ts';
import { readQuery, requireJson } from './inputs.ts';
import { type Lists, listRoutes } from './lists.ts';
import { type Consents, oauthRoutes } from './oauth.ts';
import { type ObjectType, objectTypeIds } from './object-type.ts';
import { type Owners, ownerRoutes } from './owners.ts';
import { pipelineRoutes } from './pipelines.ts';
import type { Definitions } from './property-definitions.ts';
import { type LimitsAnswer, propertyLimitRoutes } from './property-limits.ts';
import { propertyRoutes } from './property-routes.ts';
import { propertyValidationRoutes } from './property-validations.ts';
import { type Day, limitRate } from './rate-limits.ts';
import { recordRoutes } from './record-routes.ts';
import type { ObjectName, Records } from './records.ts';
import { answerRefusals, Refusal } from './refusals.ts';
import { logRequests } from './request-log.ts';
import { type SearchReach, searchRoutes } from './search-routes.ts';
import { type Threads, threadRoutes } from './threads.ts';

/** The one version of HubSpot's API that is spoken here; every other path is unknown. */
const version = '2026-03';

/** What the account holds. */
export type Portal = {
  clock: () => Date;
  token: string;
  records: Records;
  types: readonly ObjectType[];
  definitions: Readonly<Record<ObjectName, Definitions>>;
  limitsAnswer: LimitsAnswer;
  searchReach: SearchReach;
  threads: Threads;
  associations: Associations;
  owners: Owners;
  lists: Lists;
  consents: Consents;
  day: Day;
};

export function portalApi(
  portal: Portal,
  disturbances: Disturbances,
  { requests, hung }: { requests: SimulatedRequest[]; hung: Set<Response> },
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, response, next) => {
    // The portal's own clock, not this machine's.
    response.set('Date', portal.clock().toUTCString());
    next();
  });
  app.use(logRequests(requests, portal.clock));
  app.use(disturbCalls(disturbances, hung));
  app.use(oauthRoutes(portal.consents, version));
  app.use(authenticate(portal.token, portal.consents));
  app.use(limitRate(portal.clock, portal.day));
  app.use(requireJson);
  app.use(routes(portal, disturbances));
  app.use(() => {
    throw new Refusal(404, 'resource not found');
  });
  app.use(answerRefusals);
  return app;
}

function routes(portal: Portal, disturbances: Disturbances) {
  const { clock, records, types, definitions, associations, owners } = portal;
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get(`/account-info/${version}/details`, (request, response) => {
    readQuery(request, []);
    response.json(account);
  });
  router.use(`/crm/properties/${version}`, propertyRoutes(definitions, clock));
  router.use(`/crm/limits/${version}`, propertyLimitRoutes(definitions, portal.limitsAnswer));
  router.use(`/crm/property-validations/${version}`, propertyValidationRoutes(definitions));
  router.use(`/crm/pipelines/${version}`, pipelineRoutes());
  router.use(`/crm/associations/${version}`, associationBatchRoutes(types, associations, clock));
  // Conversations have no version 2026-03.
  router.use('/conversations/conversations/2026-09', threadRoutes(portal.threads, clock));
  router.use(`/crm/owners/${version}`, ownerRoutes(owners));
  router.use(`/crm/lists/${version}`, listRoutes(portal.lists, clock));
  router.delete(`/appinstalls/${version}/external-install`, (_request, response) => {
    portal.consents.revoke();
    response.status(204).end();
  });

  const external = (property: string) =>
    property === 'hubspot_owner_id' ? owners.list().map(({ id }) => id) : undefined;
  for (const type of types) {
    const verifyWritable = (path: string, ids: readonly string[]) => {
      if (type.object === 'contacts') verifyUnpoisoned(disturbances, path, ids);
    };
    const options = { type, definitions: definitions[type.object], associations, external, verifyWritable, clock };
    router.use(
      [`/crm/objects/${version}/${type.object}`, `/crm/objects/${version}/${objectTypeIds[type.object]}`],
      searchRoutes(type, records, options.definitions.properties, portal.searchReach),
      batchRoutes(options),
      recordRoutes(options),
    );
  }
  return router;
}
