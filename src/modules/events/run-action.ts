import type { Actions, WebhookRequest } from '../../connector.ts';
import { NotFound } from '../../model/errors.ts';
import { createRender } from '../../platform/messages/render.ts';
import type { LiveConnection } from '../connections/index.ts';
import type { EventsContext } from './context.ts';
import { findWebhookConnections, verifySender } from './verify-sender.ts';

/**
 * A step of a vendor's workflow wants somebody to be asked.
 *
 * @returns what the vendor wants to hear of it
 * @throws UntrustedWebhook, RequestError; NotFound when no connection has the account; UpstreamBusy when it is to come
 *   back
 */
export async function runAction(
  context: EventsContext,
  {
    actions,
    candidates,
    request,
  }: { actions: Actions; candidates: readonly LiveConnection[]; request: WebhookRequest },
): Promise<object> {
  const holders = await verifySender(context, actions, candidates, request);
  const { account, ...requested } = actions.read(request.body);
  const [live] = await findWebhookConnections(context, holders, account);
  if (!live) throw new NotFound('account');
  const { verdict, reason, reasonParams } = await context.listeners.surveyRequested(live, requested);
  const message = createRender()('decisions', { code: reason, params: reasonParams });
  return actions.answer({ verdict, reason, message });
}
