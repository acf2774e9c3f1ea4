import express, { type Router } from 'express';
import { z } from 'zod';
import type { Context } from '../../flows/context.ts';
import { findWorkspace, pauseWorkspace } from '../../store/workspaces.ts';
import { jsonBody, readBody } from '../read-body.ts';

const switches = z.strictObject({ asking: z.boolean(), writing: z.boolean() }).partial();

/** `GET` and `PATCH /api/pause`: the switches that stop asking, or writing, everywhere. */
export function pauseRoutes({ database, clock, wake, connections }: Context, workspaceId: string): Router {
  const router = express.Router();
  const read = async () => {
    const workspace = await findWorkspace(database.db, workspaceId);
    return { asking: workspace?.askingPausedAt != null, writing: workspace?.writingPausedAt != null };
  };

  router.get('/pause', async (_request, response) => {
    response.json(await read());
  });

  router.patch('/pause', jsonBody, async (request, response) => {
    const wanted = readBody(request, switches);
    for (const what of ['asking', 'writing'] as const) {
      const paused = wanted[what];
      if (paused !== undefined) await pauseWorkspace(database.db, workspaceId, what, paused ? clock() : null);
    }
    await wake('deliver', workspaceId);
    for (const live of connections.all()) await wake('write', live.id);
    response.json(await read());
  });

  return router;
}
