import type { Connector, Notice, WebhookRequest, Webhooks } from '../../connector.ts';
import { BadRequest } from '../../errors.ts';
import type { ReceivedNotice } from '../../store/notices.ts';
import type { Context, LiveConnection } from '../context.ts';
import type { Journal } from './journal.ts';
import { connectionsOf, prove } from './prove.ts';

/**
 * Takes a webhook: proves it, reads it, and keeps its notices for the connections that hold the secret that proved it.
 *
 * @throws UntrustedWebhook, RequestError; UpstreamBusy when the account is not known yet, so that it is sent again
 */
export async function hear(
  context: Context,
  journal: Journal,
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
  const holders = await prove(context, webhooks, candidates, request);
  const { notices, ignored } = webhooks.read(request.body);
  if (ignored.length > 0) {
    context.log.debug(
      { code: 'webhook.ignored', connector: connector.name, types: [...new Set(ignored)] },
      'The webhook holds event types that mean nothing here.',
    );
  }
  const received: ReceivedNotice[] = [];
  const receivedAt = context.clock().toISOString();
  for (const notice of notices) {
    const reached = await connectionsOf(context, holders, notice.account);
    if (reached.length === 0) {
      context.log.warn(
        { code: 'webhook.account_unknown', connector: connector.name },
        'An event is about an account that no connection has.',
      );
    }
    for (const live of reached) received.push(asReceived(live, notice, receivedAt));
  }
  await journal.keep(received);
}

const longestId = 500;

function asReceived(live: LiveConnection, notice: Notice, receivedAt: string): ReceivedNotice {
  const tooLong = [notice.key, notice.objectId, notice.intoId ?? ''].some((id) => id.length > longestId);
  // The database's index takes no longer one, and what cannot be sorted would keep all others waiting.
  if (tooLong) throw new BadRequest({ code: 'invalid_event', params: { kind: 'id' } });
  if (Number.isNaN(notice.happenedAt.getTime()))
    throw new BadRequest({ code: 'invalid_event', params: { kind: 'time' } });
  return {
    workspace_id: live.workspaceId,
    connection_id: live.id,
    key: notice.key,
    kind: notice.kind,
    object_id: notice.objectId,
    into_id: notice.intoId ?? null,
    happened_at: notice.happenedAt.toISOString(),
    received_at: receivedAt,
  };
}
