import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Addresses } from './played-quarter.ts';
import { unpackDatabase } from './unpack-database.ts';

type Running = { addresses: Addresses; stop(): Promise<void> };

/** Starts the service with a quarter behind it as a process of its own, on a copy of the migrated snapshot. */
async function startPlayedService(snapshot: string): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'scoreback-played-'));
  unpackDatabase(snapshot, folder);
  const child = fork(join(import.meta.dirname, 'played-quarter.ts'), [folder], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(tmpdir(), 'scoreback-journey-compile-cache') },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk));
  const exited = once(child, 'exit');
  const [addresses] = await Promise.race([
    once(child, 'message') as Promise<[Addresses]>,
    exited.then(() => {
      throw new Error(`the service did not start: ${Buffer.concat(output)}`);
    }),
  ]);
  return {
    addresses,
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}

/**
 * Stands by to start the one service that all tests of the console share: only once the first asks for it, since most
 * runs need none.
 *
 * @returns the address that answers where it is
 */
export async function offerPlayedService(snapshot: string): Promise<{ address: string; stop(): Promise<void> }> {
  let running: Promise<Running> | undefined;
  const server = createServer(async (_request, response) => {
    try {
      running ??= startPlayedService(snapshot);
      response.end(JSON.stringify((await running).addresses));
    } catch (failure) {
      response.writeHead(500).end(String(failure));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      // One that did not start has said so to whoever asked.
      const started = await running?.catch(() => undefined);
      await started?.stop();
    },
  };
}
