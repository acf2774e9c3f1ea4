import type { WebhookRequest, Webhooks } from '../../connector.ts';
import { UntrustedWebhook, UpstreamBusy } from '../../errors.ts';
import { findConnection } from '../../store/connections.ts';
import type { Context, LiveConnection } from '../context.ts';
import { currentSecrets, type Proving, secretsOf } from './webhook-secrets.ts';

/** Within this the sender is to come back; Zendesk comes back only where it is told less than a minute. */
const comeBackAfter = 30_000;

/**
 * The connections that hold the secret that proves this request.
 *
 * @throws UntrustedWebhook; UpstreamBusy while a secret that may prove it is not known yet, so that it is sent again
 */
export async function prove(
  context: Context,
  { verify }: Pick<Webhooks, 'verify'>,
  candidates: readonly LiveConnection[],
  request: WebhookRequest,
  proving: Proving = 'webhookSecrets',
): Promise<readonly LiveConnection[]> {
  const attempt = (held: readonly { live: LiveConnection; secrets: readonly string[] }[]) => {
    const proof = verify(request, [...new Set(held.flatMap(({ secrets }) => secrets))], context.clock());
    return held.filter(({ secrets }) => secrets.includes(proof)).map(({ live }) => live);
  };
  try {
    return attempt(
      await Promise.all(candidates.map(async (live) => ({ live, secrets: await secretsOf(context, live, proving) }))),
    );
  } catch (failure) {
    if (!(failure instanceof UntrustedWebhook)) throw failure;
  }
  const current = await Promise.all(
    candidates.map(async (live) => ({ live, ...(await currentSecrets(context, live, proving)) })),
  );
  try {
    return attempt(current);
  } catch (failure) {
    if (!(failure instanceof UntrustedWebhook) || !current.some(({ awaited }) => awaited)) throw failure;
    throw new UpstreamBusy({ code: 'upstream.secret_unknown', params: {} }, { retryAfter: comeBackAfter });
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
      throw new UpstreamBusy({ code: 'upstream.account_unknown', params: {} }, { retryAfter: comeBackAfter });
    }
    if (live.account === account) reached.push(live);
  }
  return reached;
}
