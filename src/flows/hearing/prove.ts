import type { WebhookRequest, Webhooks } from '../../connector.ts';
import { UntrustedWebhook, UpstreamBusy } from '../../errors.ts';
import { findConnection } from '../../store/connections.ts';
import type { Context, LiveConnection } from '../context.ts';
import { type Proving, secretsOf } from './secrets.ts';

/** The connections that hold the secret that proves this request. @throws UntrustedWebhook */
export async function prove(
  context: Context,
  { verify }: Pick<Webhooks, 'verify'>,
  candidates: readonly LiveConnection[],
  request: WebhookRequest,
  proving: Proving = 'webhookSecrets',
): Promise<readonly LiveConnection[]> {
  const attempt = async (fresh: boolean) => {
    const held = await Promise.all(
      candidates.map(async (live) => ({ live, secrets: await secretsOf(context, live, { fresh, proving }) })),
    );
    const proof = verify(request, [...new Set(held.flatMap(({ secrets }) => secrets))], context.clock());
    return held.filter(({ secrets }) => secrets.includes(proof)).map(({ live }) => live);
  };
  try {
    return await attempt(false);
  } catch (failure) {
    // Another process may have just obtained the secret.
    if (failure instanceof UntrustedWebhook) return attempt(true);
    throw failure;
  }
}

/**
 * Those of the connections that are this account's; all of them where the secret alone tells.
 *
 * @throws UpstreamBusy when the account of one is not known yet, so that it is sent again
 */
export async function connectionsOf(
  { database }: Context,
  holders: readonly LiveConnection[],
  account: string | undefined,
): Promise<readonly LiveConnection[]> {
  if (account === undefined) return holders;
  const reached: LiveConnection[] = [];
  for (const live of holders) {
    live.account ??= (await findConnection(database.db, live.id))?.account ?? undefined;
    if (live.account === undefined) {
      throw new UpstreamBusy('the account of this connection is not known yet', { retryAfter: 30_000 });
    }
    if (live.account === account) reached.push(live);
  }
  return reached;
}
