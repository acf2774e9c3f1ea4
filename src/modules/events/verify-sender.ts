import type { WebhookRequest, Webhooks } from '../../connector.ts';
import { UntrustedWebhook, UpstreamBusy } from '../../model/errors.ts';
import { findConnection, type LiveConnection } from '../connections/index.ts';
import type { EventsContext } from './context.ts';

/** What a secret proves: a webhook, or what stands in the vendor's pages. */
export type Proving = 'webhookSecrets' | 'panelSecrets';

/** @param awaited whether a secret is about to be known that may prove what none of these does */
export type CurrentSecrets = { secrets: readonly string[]; awaited: boolean };

/** What is remembered of a connection's secrets. Everybody who needs fresh ones shares one `reading`. */
type SecretMemory = {
  known?: { secrets: readonly string[]; readAt: number };
  reading?: () => Promise<CurrentSecrets>;
};

const memoryOf = ({ memory }: LiveConnection, proving: Proving) => memory.of<SecretMemory>(proving, () => ({}));

const cacheMs = 30_000;

/** The secrets that prove a request to be for this connection, remembered for a while. */
export async function readSecrets(
  context: EventsContext,
  live: LiveConnection,
  proving: Proving,
): Promise<readonly string[]> {
  const { known } = memoryOf(live, proving);
  if (known && context.clock().getTime() - known.readAt < cacheMs) return known.secrets;
  return (await currentSecrets(context, live, proving)).secrets;
}

/**
 * The secrets as they stand now, whatever is remembered: this or another process may have learned one a moment ago. A
 * flood of false requests is no flood of reads: there is one at a time, and all who come meanwhile share the next.
 */
export function currentSecrets(
  context: EventsContext,
  live: LiveConnection,
  proving: Proving,
): Promise<CurrentSecrets> {
  const memory = memoryOf(live, proving);
  memory.reading ??= shareNext(() => read(context, live, proving));
  return memory.reading();
}

async function read(context: EventsContext, live: LiveConnection, proving: Proving): Promise<CurrentSecrets> {
  const { capabilities } = live;
  // First, so that a secret that is learned in between is found below.
  const isPending = proving === 'webhookSecrets' && ((await capabilities.awaitsWebhookSecret?.()) ?? false);
  const secrets = (await capabilities[proving]?.()) ?? [];
  memoryOf(live, proving).known = { secrets, readAt: context.clock().getTime() };
  return { secrets, awaited: isPending || (await hasOtherKeys(context, live)) };
}

/** Whether its keys were changed since it was opened here: it is opened anew within the minute. */
async function hasOtherKeys({ database }: EventsContext, live: LiveConnection): Promise<boolean> {
  const row = await findConnection(database.db, live.id);
  return row !== undefined && row.keysChangedAt?.getTime() !== live.keysChangedAt?.getTime();
}

/** Runs `work` once at a time: whoever asks while it runs shares the run after it, which begins after they asked. */
function shareNext<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  const begin = () => {
    next = undefined;
    const run = work();
    running = run.catch(() => undefined);
    return run;
  };
  return () => {
    next ??= running.then(begin);
    return next;
  };
}

/** When the sender is told to try again: some vendors only do if that is less than a minute. */
const comeBackAfterMs = 30_000;

/**
 * The connections that hold the secret that proves this request.
 *
 * @throws UntrustedWebhook; UpstreamBusy while a secret that may prove it is not known yet, so that it is sent again
 */
export async function verifySender(
  context: EventsContext,
  { verify }: Pick<Webhooks, 'verify'>,
  candidates: readonly LiveConnection[],
  request: WebhookRequest,
  proving: Proving = 'webhookSecrets',
): Promise<readonly LiveConnection[]> {
  const attempt = (candidates: readonly { live: LiveConnection; secrets: readonly string[] }[]) => {
    const proof = verify(request, [...new Set(candidates.flatMap(({ secrets }) => secrets))], context.clock());
    return candidates.filter(({ secrets }) => secrets.includes(proof)).map(({ live }) => live);
  };
  try {
    return attempt(
      await Promise.all(candidates.map(async (live) => ({ live, secrets: await readSecrets(context, live, proving) }))),
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
    throw new UpstreamBusy({ code: 'upstream.secret_unknown', params: {} }, { retryAfter: comeBackAfterMs });
  }
}

/**
 * Those of the connections that are this account's; all of them where the secret alone tells.
 *
 * @throws UpstreamBusy when the account of one is not known yet, so that it is sent again
 */
export async function findWebhookConnections(
  { database }: EventsContext,
  holders: readonly LiveConnection[],
  account: string | undefined,
): Promise<readonly LiveConnection[]> {
  if (account === undefined) return holders;
  const reached: LiveConnection[] = [];
  for (const live of holders) {
    live.account ??= (await findConnection(database.db, live.id))?.account ?? undefined;
    if (live.account === undefined) {
      throw new UpstreamBusy({ code: 'upstream.account_unknown', params: {} }, { retryAfter: comeBackAfterMs });
    }
    if (live.account === account) reached.push(live);
  }
  return reached;
}
