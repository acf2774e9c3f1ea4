import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createSocket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type ViteDevServer } from 'vite';
import { readEnvironment } from './environment.ts';

const root = join(import.meta.dirname, '..');
const host = '127.0.0.1';

/** Milliseconds that the service may take to stop; it gives up by itself a little earlier. */
const patience = 15_000;

/** Milliseconds within which the service has started, on a slow machine. */
const longestStart = 120_000;

/** The port that is preferred, or any other that is free. */
async function findPort(preferred: number): Promise<number> {
  const socket = createSocket();
  try {
    await once(socket.listen(preferred, host), 'listening');
  } catch {
    return findPort(0);
  }
  const address = socket.address();
  await once(socket.close(), 'close');
  return typeof address === 'object' && address !== null ? address.port : preferred;
}

/** The service, started again by Node whenever a file that it has loaded changes. */
function startService(environment: NodeJS.ProcessEnv): ChildProcess {
  const program = ['--watch', '--watch-preserve-output', join(root, 'src', 'main.ts')];
  // A process group of its own: Ctrl-C would reach the service twice, and the second signal ends it at once.
  return spawn(process.execPath, program, { cwd: root, env: environment, stdio: 'inherit', detached: true });
}

/** What the service answers, but not a module of the console whose folder has the same name, such as `api/client.ts`. */
const ofService =
  '^/(?:api|webhooks|s|u|about|oauth|actions|panel|sandbox|healthz|readyz|metrics)(?:[/?]|$)(?!.*\\.(?:tsx?|css)(?:\\?|$))';

/** The console from its files: the browser reloads what changes. Everything else is passed to the service. */
async function startConsole(port: number, service: string): Promise<ViteDevServer> {
  const server = await createServer({
    configFile: join(root, 'src', 'console', 'vite.config.ts'),
    logLevel: 'warn',
    clearScreen: false,
    server: { host, port, strictPort: true, proxy: { [ofService]: service } },
  });
  return server.listen();
}

async function isReady(service: string): Promise<boolean> {
  try {
    return (await fetch(`${service}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function waitUntilReady(service: string): Promise<void> {
  const deadline = Date.now() + longestStart;
  while (Date.now() < deadline && !(await isReady(service))) await sleep(250);
}

/** Ends the service and Node's watch over it. One that does not stop is ended at once. */
async function stop(child: ChildProcess, console: ViteDevServer): Promise<never> {
  const end = (signal: NodeJS.Signals) => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
  };
  process.on('SIGINT', () => end('SIGKILL'));
  setTimeout(() => end('SIGKILL'), patience).unref();
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await console.close();
  process.exit();
}

const given = readEnvironment();
const servicePort = await findPort(Number(given.PORT ?? 3000));
const service = `http://${host}:${servicePort}`;
const address = `http://${host}:${await findPort(5173)}`;
// Links and sign-in lead to the console's address, which passes on what is the service's.
const child = startService({ ...given, PORT: String(servicePort), PUBLIC_URL: given.PUBLIC_URL || address });
const console = await startConsole(Number(new URL(address).port), service);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop(child, console));
child.once('exit', () => void stop(child, console));
// npm ends without passing on a signal: whoever has lost it stops as well.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && void stop(child, console), 1000).unref();
await waitUntilReady(service);
process.stdout.write(`\n  Open ${address}\n\n`);
process.stdout.write('  The console reloads as you type, and the service starts again. Ctrl-C ends both.\n\n');
