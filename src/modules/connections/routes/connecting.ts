import { z } from 'zod';
import { type Route, route } from '../../../platform/http/route.ts';
import { byId, text, withoutUndefined } from '../../../platform/http/shapes.ts';
import { connectByKeys, replaceKeys } from '../connect-by-keys.ts';
import type { ConnectionsContext } from '../context.ts';
import { waysOf } from '../ways.ts';
import { connectionItem, connectionName } from './connection-item.ts';
import type { FindsConnections } from './find-connections.ts';

const scope = z.strictObject({ name: z.string(), why: z.string(), required: z.boolean() });

const preparation = {
  title: z.string(),
  steps: z.array(z.string()).describe('What to do at the vendor’s before.'),
  scopes: z.array(scope),
};

const field = z.strictObject({
  key: z.string().describe('What it is called in "settings".'),
  label: z.string(),
  help: z.string(),
  secret: z.boolean(),
  required: z.boolean(),
  advanced: z.boolean().describe('Whether few people need it.'),
  example: z.string().nullable(),
  simulated: z.string().nullable().describe('In the sandbox: what the simulated vendor takes.'),
});

export const connectorItem = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    color: z.string().describe('The vendor’s own, as #rrggbb.'),
    summary: z.record(z.string(), z.string()).describe('What is read there and where scores stand, by language.'),
    workflowStep: z
      .string()
      .nullable()
      .describe('What our step is called in the vendor’s workflows; null without one.'),
    simulated: z.boolean().describe('Whether this is the sandbox, with simulated accounts only.'),
    keys: z
      .array(z.strictObject({ name: z.string(), ...preparation, fields: z.array(field) }))
      .describe('The ways to connect by keys: each alone is enough, the recommended first.'),
    consent: z
      .strictObject({
        ...preparation,
        offered: z.boolean(),
        missing: z.string().nullable().describe('What keeps it from being offered.'),
      })
      .nullable()
      .describe('The way by consent, begun by POST /api/authorizations; null where the system has none.'),
  })
  .meta({ id: 'Connector' });

const settings = z.record(z.string().max(100), z.string().max(4000)).describe('The fields of one way, by their keys.');

const about = 'Connections';
const scopeToConnect = 'connections:write';

const refusals = {
  409: 'That account is connected already.',
  422: 'The vendor does not take the keys: each problem names the field and what to do.',
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
      summary: 'What can be connected, and how.',
      scope: 'read',
      answer: z.strictObject({ items: z.array(connectorItem), next: z.null() }),
      respond: async () => ({ items: context.offers.map((offer) => waysOf(context, offer, publicUrl)), next: null }),
    }),
    route({
      method: 'post',
      path: '/connections',
      about,
      summary: 'Connects an account by keys, after the vendor has taken them. They are kept encrypted.',
      scope: scopeToConnect,
      body: z.strictObject({
        connector: text(40).describe('The name of the connector, as `GET /api/connectors` lists it.'),
        settings,
        name: connectionName.optional(),
      }),
      status: 201,
      answer: connectionItem,
      refusals: { 404: 'There is no such connector.', ...refusals },
      isSensitive: true,
      does: 'connection.connect',
      respond: async ({ body: { connector, settings: keys, name }, ...sent }) => {
        const { workspaceId } = sent.caller;
        const wanted = { workspaceId, connector, keys, ...withoutUndefined({ name }) };
        return show(sent, await connectByKeys(context, wanted));
      },
    }),
    route({
      method: 'put',
      path: '/connections/:id/settings',
      about,
      summary: 'Gives a connection that was made by keys other keys of the same account.',
      scope: scopeToConnect,
      params: byId,
      body: z.strictObject({ settings }),
      answer: connectionItem,
      refusals: { ...refusals, 409: 'Its keys do not come from here.' },
      isSensitive: true,
      does: 'connection.rekey',
      respond: async ({ params, body, ...sent }) => {
        await replaceKeys(context, await findOurs(sent.caller.workspaceId, params.id), body.settings);
        return show(sent, params.id);
      },
    }),
  ];
}
