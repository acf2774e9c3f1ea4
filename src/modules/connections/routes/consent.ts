import { z } from 'zod';
import { type Route, route } from '../../../platform/http/route.ts';
import { text } from '../../../platform/http/shapes.ts';
import { beginAuthorization } from '../authorize.ts';
import type { ConnectionsContext } from '../context.ts';

/** `POST /api/authorizations`: the link, good for ten minutes, that an admin opens to connect an account by consent. */
export function consentRoutes(context: ConnectionsContext, publicUrl: string): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/authorizations',
      about: 'Connections',
      summary: 'Makes the link, good for ten minutes, that an admin opens to connect an account by consent.',
      scope: 'connections:write',
      body: z.strictObject({
        connector: text(40).describe('The name of the connector, as `GET /api/connectors` lists it.'),
      }),
      status: 201,
      answer: z.strictObject({ url: z.url() }),
      refusals: { 404: 'This connector offers no consent with the settings there are.' },
      isSensitive: true,
      does: 'connection.authorize',
      respond: async ({ caller, body: { connector } }) => {
        const begin = beginAuthorization(context, connector, caller.workspaceId);
        return { url: `${publicUrl}/oauth/${encodeURIComponent(connector)}?begin=${begin}` };
      },
    }),
  ];
}
