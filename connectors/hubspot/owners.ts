import { hourMs } from '../../src/model/time-units.ts';
import { owner } from './account-schema.ts';
import { type HubspotClient, paths } from './client.ts';

/** An agent, and the teams they belong to. */
export type Owner = { name?: string | undefined; teams: readonly Team[] };
export type Team = { id: string; name?: string | undefined; primary: boolean };

/** Who the agents behind owner ids are, as far as HubSpot lets us read it. */
export type Owners = { find(id: string): Promise<Owner | undefined> };

/** Milliseconds. */
const believed = hourMs;

/** Names and teams are a nicety that needs a scope of its own: whoever does not grant it sees the agents' ids. */
export function createOwners(client: HubspotClient, clock: () => Date): Owners {
  const known = new Map<string, { readAt: number; owner: Promise<Owner | undefined> }>();
  let unauthorizedAt = Number.NEGATIVE_INFINITY;

  const ask = (id: string, query: Readonly<Record<string, string>>) =>
    client.ask({
      lane: 'read',
      method: 'GET',
      path: `${paths.owners}/${encodeURIComponent(id)}`,
      query,
      reads: owner,
      tolerates: [400, 403, 404],
    });

  async function read(id: string, now: number): Promise<Owner | undefined> {
    const active = await ask(id, {});
    // Who was deactivated is shown only when archived owners are asked for.
    const { status, value } = active.status === 404 ? await ask(id, { archived: 'true' }) : active;
    if (status === 403) unauthorizedAt = now;
    return value;
  }

  return {
    async find(id) {
      const now = clock().getTime();
      const cached = known.get(id);
      if (cached && now - cached.readAt < believed) return cached.owner;
      if (now - unauthorizedAt < believed) return undefined;
      // A batch of tickets asks for the same agent many times at once: one call. A failed one is not remembered.
      const fresh = { readAt: now, owner: read(id, now) };
      known.set(id, fresh);
      fresh.owner.catch(() => {
        if (known.get(id) === fresh) known.delete(id);
      });
      return fresh.owner;
    },
  };
}
