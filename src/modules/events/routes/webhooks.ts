import express, { type Response, type Router } from 'express';
import type { Connector } from '../../../connector.ts';
import { NotFound, RequestError, UntrustedWebhook, UpstreamBusy } from '../../../model/errors.ts';
import { received } from '../../../platform/http/received.ts';
import { measured } from '../../../platform/measured.ts';
import type { EventsContext } from '../context.ts';
import type { EventBuffer } from '../event-buffer.ts';
import { findCandidates, receiveWebhook } from '../receive-webhook.ts';
import { runAction } from '../run-action.ts';

type RouteOptions = { connectors: readonly Connector[]; eventBuffer: EventBuffer; publicUrl: string };

/** The signature is over the bytes as they came. */
const rawBody = express.raw({ type: () => true, limit: '1mb' });

/**
 * `POST /webhooks/:connector/:connection?` and `POST /actions/:connector/send-survey`. Accepted, then answered: the
 * vendors give up after a few seconds, and some of them never come back.
 */
export function webhookRoutes(context: EventsContext, { connectors, eventBuffer, publicUrl }: RouteOptions): Router {
  const router = express.Router();
  const named = (name: unknown) => connectors.find((candidate) => candidate.name === name);

  router.post('/webhooks/:connector{/:connection}', rawBody, async (request, response) => {
    const connector = named(request.params.connector);
    const { connection } = request.params as { connection?: string };
    const webhooks = connector?.webhooks;
    const candidates = webhooks ? await findCandidates(context, connector, connection) : [];
    if (!connector || !webhooks || candidates.length === 0) throw noSuchConnection();
    await counted(context, connector, () =>
      orLater(response, () =>
        receiveWebhook(context, eventBuffer, {
          connector,
          webhooks,
          candidates,
          request: received(request, publicUrl),
        }),
      ),
    );
    response.status(200).end();
  });

  router.post('/actions/:connector/send-survey', rawBody, async (request, response) => {
    const connector = named(request.params.connector);
    const actions = connector?.actions;
    const candidates = actions ? await findCandidates(context, connector, undefined) : [];
    if (!actions || candidates.length === 0) throw noSuchConnection();
    response.json(
      await orLater(response, () => runAction(context, { actions, candidates, request: received(request, publicUrl) })),
    );
  });

  return router;
}

function counted(
  { metrics, monotonic }: EventsContext,
  { name: connector }: Connector,
  receive: () => Promise<void>,
): Promise<void> {
  return measured(monotonic, receive, (milliseconds, failure) => {
    metrics.count('webhooks', { connector, outcome: webhookOutcome(failure) });
    metrics.time('webhook_duration', { connector }, milliseconds);
  });
}

function webhookOutcome(failure: unknown): 'accepted' | 'untrusted' | 'deferred' | 'refused' | 'failed' {
  if (failure === undefined) return 'accepted';
  if (failure instanceof UntrustedWebhook) return 'untrusted';
  if (failure instanceof UpstreamBusy) return 'deferred';
  return failure instanceof RequestError ? 'refused' : 'failed';
}

const noSuchConnection = () => new NotFound('connection');

async function orLater<Value>(response: Response, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (failure) {
    if (failure instanceof UpstreamBusy) response.set('Retry-After', '30');
    throw failure;
  }
}
