import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The service in a process of its own, on a folder of its own that lives no longer than it. */
export type LaunchedDemo = {
  url: string;
  apiKey: string;
  /** Rejects when the process ends without being asked to. */
  died: Promise<never>;
  /** What it has said so far. */
  output(): string;
  /** Lets it finish, then clears up behind it. */
  stop(): Promise<void>;
};

const main = join(import.meta.dirname, '..', '..', 'main.ts');
const nicePort = 3000;

/** Milliseconds that the service may take to stop. */
const patience = 20_000;

/** @param surveys what `SURVEYS_FILE` holds */
export async function launch(surveys: readonly object[]): Promise<LaunchedDemo> {
  const folder = await mkdtemp(join(tmpdir(), 'scoreback-demo-'));
  const surveysFile = join(folder, 'surveys.json');
  await writeFile(surveysFile, JSON.stringify(surveys));
  const port = await findFreePort();
  const apiKey = randomBytes(16).toString('hex');

  // It runs in that folder and with these settings alone, so that nothing of the reader's own (`.env`, keys) gets in.
  const child = spawn(process.execPath, [main], {
    cwd: folder,
    env: {
      PORT: String(port),
      DATA_DIR: join(folder, 'data'),
      SURVEYS_FILE: surveysFile,
      API_KEY: apiKey,
      SANDBOX: 'on',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (part: Buffer) => {
    output = (output + part.toString()).slice(-20_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = once(child, 'close');
  let stopping = false;
  const died = ended.then(([code, signal]) => {
    // One that was asked to stop has not died.
    if (stopping) return new Promise<never>(() => {});
    throw new Error(`The service has ended by itself (${signal ?? `exit code ${code}`}).`);
  });
  // Whoever waits for something of the service watches this too; alone it must not end the program.
  died.catch(() => {});

  return {
    url: `http://127.0.0.1:${port}`,
    apiKey,
    died,
    output: () => output,
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      const atLast = setTimeout(() => child.kill('SIGKILL'), patience);
      await ended;
      clearTimeout(atLast);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findFreePort(): Promise<number> {
  return (await tryPort(nicePort)) ?? (await tryPort(0)) ?? Promise.reject(new Error('There is no free port.'));
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}
