import type { Context, LiveConnection } from '../context.ts';

type Held = { secrets: readonly string[]; readAt: number };

/** What a secret proves: a webhook, or what stands in the vendor's pages. */
export type Proving = 'webhookSecrets' | 'panelSecrets';

const held: Record<Proving, WeakMap<LiveConnection, Held>> = {
  webhookSecrets: new WeakMap(),
  panelSecrets: new WeakMap(),
};

/** A flood of false requests must not become a flood of reads. */
const readAgainAfter = 1000;
const keepFor = 30_000;

/**
 * The secrets that prove a request to be for this connection, remembered for a while.
 *
 * @param fresh whether what is remembered did not help
 */
export async function secretsOf(
  { clock }: Context,
  live: LiveConnection,
  { fresh, proving }: { fresh: boolean; proving: Proving },
): Promise<readonly string[]> {
  const now = clock().getTime();
  const known = held[proving].get(live);
  if (known && now - known.readAt < (fresh ? readAgainAfter : keepFor)) return known.secrets;
  const secrets = (await live.capabilities[proving]?.()) ?? [];
  held[proving].set(live, { secrets, readAt: now });
  return secrets;
}
