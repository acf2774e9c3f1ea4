import { z } from 'zod';
import type { Connector, ConnectorEvent, WebhookRequest, Webhooks } from '../../connector.ts';
import { BadRequest } from '../../model/errors.ts';
import { findConnection, type LiveConnection, openRow } from '../connections/index.ts';
import type { EventsContext } from './context.ts';
import type { EventBuffer } from './event-buffer.ts';
import type { ReceivedEvent } from './queries/events.ts';
import { findWebhookConnections, verifySender } from './verify-sender.ts';

const ids = z.guid();

/**
 * The connections of this connector that a request may be for. One that another process has just made is opened here,
 * so that the first webhooks of a connection find it.
 *
 * @param id of the only one, where the address names it
 */
export async function findCandidates(
  context: EventsContext,
  connector: Connector,
  id: string | undefined,
): Promise<readonly LiveConnection[]> {
  const open = context.connections.all().filter((live) => live.connector === connector);
  if (id === undefined) return open;
  const named = open.filter((live) => live.id === id);
  if (named.length > 0 || !ids.safeParse(id).success) return named;
  const row = await findConnection(context.database.db, id);
  if (row?.connector !== connector.name || row.status === 'disconnected') return [];
  const live = await openRow(context, row);
  return live ? [live] : [];
}

/**
 * Takes a webhook: proves it, reads it, and keeps its events for the connections that hold the secret that proved it.
 *
 * @throws UntrustedWebhook, RequestError; UpstreamBusy when the account is not known yet, so that it is sent again
 */
export async function receiveWebhook(
  context: EventsContext,
  eventBuffer: EventBuffer,
  {
    connector,
    webhooks,
    candidates,
    request,
  }: {
    connector: Connector;
    webhooks: Webhooks;
    candidates: readonly LiveConnection[];
    request: WebhookRequest;
  },
): Promise<void> {
  const holders = await verifySender(context, webhooks, candidates, request);
  const { events, ignored } = webhooks.read(request.body);
  const source = { connector: connector.name, source: 'webhook' };
  if (ignored.length > 0) {
    context.log.debug(
      { code: 'webhook.ignored', connector: connector.name, types: [...new Set(ignored)] },
      'The webhook holds event types that mean nothing here.',
    );
    context.metrics.count('events_received', { ...source, outcome: 'ignored' }, ignored.length);
  }
  const received: ReceivedEvent[] = [];
  const receivedAt = context.clock().toISOString();
  for (const event of events) {
    const reached = await findWebhookConnections(context, holders, event.account);
    if (reached.length === 0) {
      context.log.warn(
        { code: 'webhook.account_unknown', connector: connector.name },
        'An event is about an account that no connection has.',
      );
      context.metrics.count('events_received', { ...source, outcome: 'account_unknown' });
    }
    for (const live of reached) received.push(asReceived(live, event, receivedAt));
  }
  await eventBuffer.save(received);
  if (received.length > 0) context.metrics.count('events_received', { ...source, outcome: 'saved' }, received.length);
}

const longestId = 500;

function asReceived(live: LiveConnection, event: ConnectorEvent, receivedAt: string): ReceivedEvent {
  const tooLong = [event.key, event.objectId, event.intoId ?? ''].some((id) => id.length > longestId);
  // The database's index takes no longer one, and what cannot be sorted would keep all others waiting.
  if (tooLong) throw new BadRequest({ code: 'invalid_event', params: { kind: 'id' } });
  if (Number.isNaN(event.happenedAt.getTime()))
    throw new BadRequest({ code: 'invalid_event', params: { kind: 'time' } });
  return {
    workspace_id: live.workspaceId,
    connection_id: live.id,
    key: event.key,
    kind: event.kind,
    object_id: event.objectId,
    into_id: event.intoId ?? null,
    happened_at: event.happenedAt.toISOString(),
    received_at: receivedAt,
  };
}
