import { type HubspotClient, paths } from './client.ts';
import { owner } from './schema.ts';

/** Who the agents behind owner ids are, as far as HubSpot lets us read it. */
export type Owners = { nameOf(id: string): Promise<string | undefined> };

/** Milliseconds. */
const believed = 3_600_000;

/** A name is a nicety that needs a scope of its own: whoever does not grant it sees the agents' ids. */
export function createOwners(client: HubspotClient, clock: () => Date): Owners {
  const names = new Map<string, { readAt: number; name: string | undefined }>();
  let refusedAt = Number.NEGATIVE_INFINITY;

  return {
    async nameOf(id) {
      const now = clock().getTime();
      const held = names.get(id);
      if (held && now - held.readAt < believed) return held.name;
      if (now - refusedAt < believed) return undefined;
      const { status, value } = await client.ask({
        lane: 'read',
        method: 'GET',
        path: `${paths.owners}/${encodeURIComponent(id)}`,
        reads: owner,
        tolerates: [400, 403, 404],
      });
      if (status === 403) refusedAt = now;
      names.set(id, { readAt: now, name: value?.name });
      return value?.name;
    },
  };
}
