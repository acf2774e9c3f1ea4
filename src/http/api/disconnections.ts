import express, { type Router } from 'express';
import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import { disconnect } from '../../flows/connecting/disconnect.ts';
import type { Context } from '../../flows/context.ts';
import { findConnection, updateConnection } from '../../store/connections.ts';
import { readInput } from '../read-body.ts';

const wishes = z.strictObject({
  /** Whether the fields go too, with all their values. */
  fields: z.enum(['keep', 'remove'], 'must be keep or remove').default('keep'),
});

/** `DELETE /api/connections/:id` ends a connection; `POST …/check` looks at its account now and repairs what is ours. */
export function disconnectionRoutes(context: Context, workspaceId: string): Router {
  const router = express.Router();

  async function verifyOurs(id: string): Promise<void> {
    const row = z.uuid().safeParse(id).success ? await findConnection(context.database.db, id) : undefined;
    if (row?.workspaceId !== workspaceId || row.status === 'retired') throw new NotFound('there is no such connection');
  }

  router.delete('/connections/:id', async (request, response) => {
    const { id } = request.params;
    await verifyOurs(id);
    const { fields } = readInput(request.query, wishes, 'query');
    response.json({ findings: await disconnect(context, id, { fields: fields === 'remove' }) });
  });

  router.post('/connections/:id/check', async (request, response) => {
    const { id } = request.params;
    await verifyOurs(id);
    await updateConnection(context.database.db, id, { provisionDueAt: context.clock() });
    await context.wake('provision', id);
    response.status(202).json({ status: 'it is being checked: see the connection for what is found' });
  });

  return router;
}
