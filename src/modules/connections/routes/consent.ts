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
      summary: 'Creates a link to connect an account by OAuth. It expires after ten minutes.',
      scope: 'connections:write',
      body: z.strictObject({ connector: text(40).describe('Such as "hubspot".') }),
      status: 201,
      answer: z.strictObject({ url: z.url() }),
      refusals: { 404: 'The connector does not support OAuth with the current settings.' },
      isSensitive: true,
      does: 'connection.authorize',
      respond: async ({ caller, body: { connector } }) => {
        const begin = beginAuthorization(context, connector, caller.workspaceId);
        return { url: `${publicUrl}/oauth/${encodeURIComponent(connector)}?begin=${begin}` };
      },
    }),
  ];
}
