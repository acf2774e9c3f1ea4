import { owner } from './account-schema.ts';
import { type HubspotClient, paths } from './client.ts';

/** An agent, and the teams they belong to. */
export type Owner = { name?: string | undefined; teams: readonly Team[] };
export type Team = { id: string; name?: string | undefined; primary: boolean };

/** Who the agents behind owner ids are, as far as HubSpot lets us read it. */
export type Owners = { find(id: string): Promise<Owner | undefined> };

/** Milliseconds. */
const believed = 3_600_000;

/** Names and teams are a nicety that needs a scope of its own: whoever does not grant it sees the agents' ids. */
export function createOwners(client: HubspotClient, clock: () => Date): Owners {
  const known = new Map<string, { readAt: number; owner: Owner | undefined }>();
  let refusedAt = Number.NEGATIVE_INFINITY;

  return {
    async find(id) {
      const now = clock().getTime();
      const held = known.get(id);
      if (held && now - held.readAt < believed) return held.owner;
      if (now - refusedAt < believed) return undefined;
      const { status, value } = await client.ask({
        lane: 'read',
        method: 'GET',
        path: `${paths.owners}/${encodeURIComponent(id)}`,
        reads: owner,
        tolerates: [400, 403, 404],
      });
      if (status === 403) refusedAt = now;
      known.set(id, { readAt: now, owner: value });
      return value;
    },
  };
}
