import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatedRequest, Simulator, SimulatorOptions } from '../../../src/connector.ts';

export type ServedVendor<Kind extends Simulator = Simulator> = { simulator: Kind; url: string; stop(): Promise<void> };

/** Serves a vendor's stand-in, from this process. What happens in it is told to nobody. */
export async function serveVendor<Kind extends Simulator>(
  simulate: (options: SimulatorOptions) => Kind,
): Promise<ServedVendor<Kind>> {
  let handler: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = createServer((request, response) => handler(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const simulator = simulate({ clock: () => new Date(), baseUrl: url, webhookUrl: 'http://127.0.0.1:9/' });
  handler = simulator.handler;
  simulator.disturb({ kind: 'mute' });
  return {
    simulator,
    url,
    async stop() {
      await simulator.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** How often each kind of call was made. */
export function printCalls(calls: readonly SimulatedRequest[]): void {
  const kinds = Map.groupBy(calls, ({ method, path }) => `${method} ${path.replace(numbered, '/…')}`);
  for (const [kind, made] of kinds) console.log(`    ${String(made.length).padStart(4)}  ${kind}`);
}

/** The parts of a path that name one object. */
const numbered = /\/(?:\d+|[0-9a-f]{32})(?=\/|$)/gu;

/** Makes these calls again, one after the other: what they cost by themselves. @returns milliseconds */
export async function repeatCalls(
  { url }: ServedVendor,
  authorization: string,
  calls: readonly SimulatedRequest[],
): Promise<number> {
  const started = performance.now();
  for (const { method, path, query, body } of calls) {
    const response = await fetch(`${url}${path}${query === '' ? '' : `?${query}`}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} when repeated`);
  }
  return performance.now() - started;
}
