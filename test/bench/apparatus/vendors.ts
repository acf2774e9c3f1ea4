import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatedRequest, Simulator, SimulatorOptions } from '../../../src/connector.ts';
import { whole } from './numbers.ts';

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
  for (const [kind, made] of kinds) console.log(`    ${whole(made.length).padStart(6)}  ${kind}`);
}

/** The parts of a path that name one object. */
const numbered = /\/(?:\d+|[0-9a-f]{32})(?=\/|$)/gu;
