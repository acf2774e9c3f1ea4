import express, { type Router } from 'express';
import { z } from 'zod';
import { beginAuthorization } from '../../flows/connecting/authorize.ts';
import type { Context } from '../../flows/context.ts';
import { jsonBody, readBody } from '../read-body.ts';

const wish = z.strictObject({ connector: z.string() });

/** `POST /api/authorizations`: the link, good for ten minutes, that an admin opens to connect an account by consent. */
export function consentRoutes(
  context: Context,
  { publicUrl, workspaceId }: { publicUrl: string; workspaceId: string },
): Router {
  const router = express.Router();
  router.post('/authorizations', jsonBody, (request, response) => {
    const { connector } = readBody(request, wish);
    const begin = beginAuthorization(context, connector, workspaceId);
    response.status(201).json({ url: `${publicUrl}/oauth/${encodeURIComponent(connector)}?begin=${begin}` });
  });
  return router;
}
