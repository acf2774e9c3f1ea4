import type { Context, LiveConnection } from '../context.ts';

type Held = { secrets: readonly string[]; readAt: number };

const held = new WeakMap<LiveConnection, Held>();

/** A flood of false requests must not become a flood of reads. */
const readAgainAfter = 1000;
const keepFor = 30_000;

/**
 * The secrets that prove a webhook to be for this connection, remembered for a while.
 *
 * @param fresh whether what is remembered did not help
 */
export async function secretsOf({ clock }: Context, live: LiveConnection, fresh: boolean): Promise<readonly string[]> {
  const now = clock().getTime();
  const known = held.get(live);
  if (known && now - known.readAt < (fresh ? readAgainAfter : keepFor)) return known.secrets;
  const secrets = (await live.capabilities.webhookSecrets?.()) ?? [];
  held.set(live, { secrets, readAt: now });
  return secrets;
}
