import express, { type Router } from 'express';
import type { Connector } from '../connector.ts';
import { NotFound, UpstreamBusy } from '../errors.ts';
import type { Context } from '../flows/context.ts';
import { hear } from '../flows/hearing/hear.ts';
import type { Journal } from '../flows/hearing/journal.ts';

/** Accepted, then answered: the vendors give up after a few seconds, and some of them never come back. */
export function webhookRoutes(
  context: Context,
  { connectors, journal, publicUrl }: { connectors: readonly Connector[]; journal: Journal; publicUrl: string },
): Router {
  const router = express.Router();
  router.post(
    '/webhooks/:connector{/:connection}',
    // The signature is over the bytes as they came.
    express.raw({ type: () => true, limit: '1mb' }),
    async (request, response) => {
      const { connector: name, connection: id } = request.params as { connector: string; connection?: string };
      const connector = connectors.find((candidate) => candidate.name === name);
      const webhooks = connector?.webhooks;
      const candidates = context.connections
        .all()
        .filter((live) => live.connector === connector && (id === undefined || live.id === id));
      if (!connector || !webhooks || candidates.length === 0) throw new NotFound('there is no such connection');
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const url = `${publicUrl}${request.originalUrl}`;
      const headers = request.headers as Record<string, string | undefined>;
      try {
        await hear(context, journal, {
          connector,
          webhooks,
          candidates,
          request: { method: request.method, url, headers, body },
        });
      } catch (failure) {
        if (failure instanceof UpstreamBusy) response.set('Retry-After', '30');
        throw failure;
      }
      response.status(200).end();
    },
  );
  return router;
}
