import { z } from 'zod';
import { type Route, route } from '../../../platform/http/route.ts';
import { byId, text, withoutUndefined } from '../../../platform/http/shapes.ts';
import { connectByKeys, replaceKeys } from '../connect-by-keys.ts';
import type { ConnectionsContext } from '../context.ts';
import { describeWays } from '../ways.ts';
import { connectionItem, connectionName } from './connection-item.ts';
import type { FindsConnections } from './find-connections.ts';

const scope = z.strictObject({ name: z.string(), why: z.string(), required: z.boolean() });

const preparation = {
  title: z.string(),
  steps: z.array(z.string()).describe('Steps to take in the vendor’s account first.'),
  scopes: z.array(scope),
};

const field = z.strictObject({
  key: z.string().describe('Key of the field in "settings".'),
  label: z.string(),
  help: z.string(),
  secret: z.boolean(),
  required: z.boolean(),
  advanced: z.boolean().describe('Whether this is an advanced setting.'),
  example: z.string().nullable(),
  simulated: z.string().nullable().describe('In the sandbox: a value that the simulated vendor accepts.'),
});

export const connectorItem = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    color: z.string().describe('The vendor’s brand color, as #rrggbb.'),
    summary: z.record(z.string(), z.string()).describe('What is read and where CRM fields are written, by language.'),
    workflowStep: z
      .string()
      .nullable()
      .describe('Name of Scoreback’s action in the vendor’s workflows. Null if there is none.'),
    simulated: z.boolean().describe('Whether the sandbox is on, which has simulated accounts only.'),
    keys: z
      .array(z.strictObject({ name: z.string(), ...preparation, fields: z.array(field) }))
      .describe('Ways to connect with keys, the recommended one first. Each is sufficient.'),
    consent: z
      .strictObject({
        ...preparation,
        offered: z.boolean(),
        missing: z.string().nullable().describe('Why OAuth cannot be used. Null if it can.'),
      })
      .nullable()
      .describe('Connecting by OAuth, which starts with POST /api/authorizations. Null if not supported.'),
  })
  .meta({ id: 'Connector' });

const settings = z
  .record(z.string().max(100), z.string().max(4000))
  .describe('Values of the fields of one way to connect, by key.');

const about = 'Connections';
const scopeToConnect = 'connections:write';

const refusals = {
  409: 'The account is already connected.',
  422: 'The vendor refuses the keys. Each problem names the field and what to do.',
  503: 'The vendor does not answer.',
};

/** `GET /api/connectors`, `POST /api/connections`, `PUT /api/connections/:id/settings`: connecting by keys. */
export function connectingRoutes(
  context: ConnectionsContext,
  { findOurs, show }: FindsConnections,
  publicUrl: string,
): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/connectors',
      about,
      summary: 'Lists connectors and how to connect them.',
      scope: 'read',
      answer: z.strictObject({ items: z.array(connectorItem), next: z.null() }),
      respond: async () => ({
        items: context.offers.map((offer) => describeWays(context, offer, publicUrl)),
        next: null,
      }),
    }),
    route({
      method: 'post',
      path: '/connections',
      about,
      summary: 'Connects an account with keys, after the vendor has accepted them. The keys are stored encrypted.',
      scope: scopeToConnect,
      body: z.strictObject({
        connector: text(40).describe('The name of the connector, as `GET /api/connectors` lists it.'),
        settings,
        name: connectionName.optional(),
      }),
      status: 201,
      answer: connectionItem,
      refusals: { 404: 'The connector does not exist.', ...refusals },
      isSensitive: true,
      does: 'connection.connect',
      respond: async ({ body: { connector, settings: keys, name }, ...sent }) => {
        const { workspaceId } = sent.caller;
        const requested = { workspaceId, connector, keys, ...withoutUndefined({ name }) };
        return show(sent, await connectByKeys(context, requested));
      },
    }),
    route({
      method: 'put',
      path: '/connections/:id/settings',
      about,
      summary: 'Replaces the keys of a connection with others of the same account.',
      scope: scopeToConnect,
      params: byId,
      body: z.strictObject({ settings }),
      answer: connectionItem,
      refusals: { ...refusals, 409: 'The connection’s keys were not set through the API.' },
      isSensitive: true,
      does: 'connection.rekey',
      respond: async ({ params, body, ...sent }) => {
        await replaceKeys(context, await findOurs(sent.caller.workspaceId, params.id), body.settings);
        return show(sent, params.id);
      },
    }),
  ];
}
