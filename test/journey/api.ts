import type { World } from './world.ts';

export const apiKey = 'a-key-for-the-journeys-only-0123456789';

/** One thing in a list of the API, as far as the journeys look at it. */
export type Item = {
  id: string;
  connector: string;
  status: string;
  statusDetail: string | null;
  ticket: string;
  verdict: string;
  reasonCode: string;
  reasonParams: object;
  message: string;
  email: string;
  sentAt: string | null;
  rating: number;
  kind: string;
  outcome: { code: string; params: Readonly<Record<string, unknown>> } | null;
  waitingFor: { code: string; params: object; message: string } | null;
  history: readonly { verdict: string; reasonCode: string }[];
  records: readonly {
    connector: string;
    state: string;
    outcome: { code: string; params: Readonly<Record<string, unknown>> } | null;
    upToDate: boolean;
  }[];
  backlog: { pendingEvents: number; recordsPending: number; recordsFailed: number };
};

/** What outsiders may ask the service about itself, and the switches they may turn. */
export function api({ service }: Pick<World, 'service'>) {
  const call = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const response = await fetch(`${service.url}/api/${path}`, { headers, ...init });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { items: readonly Item[] };
  };
  return {
    read: (path: string) => call(path),
    change: (path: string, change: object) => call(path, { method: 'PATCH', body: JSON.stringify(change) }),
    /** The decisions about a ticket. */
    decisions: async (ticket: string) => (await call(`decisions?ticket=${ticket}`)).items,
  };
}
