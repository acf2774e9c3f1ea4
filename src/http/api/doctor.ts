import express, { type Router } from 'express';
import { z } from 'zod';
import { examine } from '../../flows/connecting/examine.ts';
import type { Context } from '../../flows/context.ts';
import { jsonBody, readBody } from '../read-body.ts';

const wishes = z.strictObject({ fix: z.boolean().default(false) });

/** `POST /api/doctor`: looks at every connection now, and with `{"fix": true}` repairs what is ours first. */
export function doctorRoutes(context: Context, workspaceId: string): Router {
  const router = express.Router();
  router.post('/doctor', jsonBody, async (request, response) => {
    const { fix } = readBody(request, wishes);
    const items = [];
    for (const live of context.connections.all()) {
      if (live.workspaceId === workspaceId) items.push(await examine(context, live, { fix }));
    }
    response.json({ items });
  });
  return router;
}
