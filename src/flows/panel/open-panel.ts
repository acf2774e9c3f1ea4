import type { Panel, PanelRequest, WebhookRequest } from '../../connector.ts';
import { Conflict, NotFound } from '../../errors.ts';
import type { Context, LiveConnection } from '../context.ts';
import { connectionsOf, prove } from '../events/verify-sender.ts';

/** A panel that an agent of this connection's account looks at. */
export type OpenPanel = Omit<PanelRequest, 'account'> & { live: LiveConnection };

/** @throws UntrustedWebhook, RequestError; NotFound when not exactly one connection has the account */
export async function openPanel(
  context: Context,
  { panel, candidates, request }: { panel: Panel; candidates: readonly LiveConnection[]; request: WebhookRequest },
): Promise<OpenPanel> {
  const holders = await prove(context, panel, candidates, request, 'panelSecrets');
  const { account, ...seen } = panel.read(request);
  const [live, other] = await connectionsOf(context, holders, account);
  if (!live) throw new NotFound('account');
  if (other) throw new Conflict({ code: 'panel_secret_shared', params: {} });
  return { ...seen, live };
}
