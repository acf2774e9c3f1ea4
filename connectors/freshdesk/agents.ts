import { hourMs } from '../../src/model/time-units.ts';
import type { FreshdeskClient } from './client.ts';
import { agent } from './schema.ts';

export type Agent = { id: string; name?: string; email?: string };

/** Who the agents are, as far as the key may read it. */
export type Agents = { find(id: string): Promise<Agent | undefined> };

/** Milliseconds. Freshdesk's own advice is to keep what seldom changes. */
const believed = hourMs;

/** A name is a nicety that needs an admin's key: whoever gives another one sees the agents' ids. */
export function createAgents(client: FreshdeskClient, clock: () => Date): Agents {
  const known = new Map<string, { readAt: number; agent: Promise<Agent | undefined> }>();

  async function read(id: string): Promise<Agent | undefined> {
    const path = `/agents/${encodeURIComponent(id)}`;
    const { value } = await client.ask({ lane: 'read', method: 'GET', path, reads: agent, tolerates: [403, 404] });
    return value;
  }

  return {
    async find(id) {
      const now = clock().getTime();
      const cached = known.get(id);
      if (cached && now - cached.readAt < believed) return cached.agent;
      // Tickets that are read together share one call for their agent; a failed one is not remembered.
      const fresh = { readAt: now, agent: read(id) };
      known.set(id, fresh);
      fresh.agent.catch(() => {
        if (known.get(id) === fresh) known.delete(id);
      });
      return fresh.agent;
    },
  };
}
