import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { FreshDatabase } from './databases.ts';

/** The service as operators run it: a process of its own. */
export type RunningService = {
  url: string;
  /** What its API answers; with a change, to a `PATCH`. */
  api<Answer>(path: string, change?: object): Promise<Answer>;
  /** Megabytes that it has in memory. */
  memory(): Promise<number>;
  /** Milliseconds of a processor that it has used so far, to the second or better. */
  processor(): Promise<number>;
  /** Resolves when it has nothing to do: a few seconds go by in which it hardly uses a processor. */
  settled(): Promise<void>;
  stop(): Promise<void>;
  /** As a crash would end it. */
  kill(): Promise<void>;
};

const main = join(import.meta.dirname, '..', '..', '..', 'src', 'main.ts');

/** Starts it on this database and waits until every connection is ready. */
export async function startService(
  database: FreshDatabase,
  settings: Readonly<Record<string, string>>,
): Promise<RunningService> {
  const service = await launchService(database, settings);
  const isReady = async () => {
    try {
      const { items } = await service.api<{ items: readonly { status: string }[] }>('connections');
      return items.length > 0 && items.every(({ status }) => status === 'ready');
    } catch {
      return false;
    }
  };
  await service.until('every connection is ready', isReady);
  return service;
}

/** Starts it on this database, where nothing is connected, and waits until it is ready itself. */
export async function startUnconnected(database: FreshDatabase): Promise<RunningService & { readyAfter: number }> {
  const began = performance.now();
  const service = await launchService(database, {});
  await service.until('it is ready', () => isOk(`${service.url}/readyz`), 5);
  return { ...service, readyAfter: performance.now() - began };
}

function isOk(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

type LaunchedService = RunningService & {
  /** Waits for this, and ends the service where it does not come true. @param every milliseconds */
  until(what: string, isDone: () => Promise<boolean>, every?: number): Promise<void>;
};

async function launchService(
  database: FreshDatabase,
  settings: Readonly<Record<string, string>>,
): Promise<LaunchedService> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const apiKey = randomBytes(16).toString('hex');
  const child = spawn(process.execPath, [main], {
    // Away from this repository, whose .env may lead to real accounts, and without the real environment's keys.
    cwd: tmpdir(),
    env: {
      PORT: String(port),
      PUBLIC_URL: url,
      SECRET_KEY: 'only-for-benches-0123456789abcdef0123456789abcdef',
      API_KEY: apiKey,
      LOG_LEVEL: 'warn',
      NODE_ENV: 'production',
      ...database.environment,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4000);
    });
  }
  const ended = once(child, 'exit');
  // Nobody may stay behind when the bench itself is stopped.
  const killChild = () => child.kill('SIGKILL');
  process.once('exit', killChild);

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    process.off('exit', killChild);
    child.kill(signal);
    await ended;
  }

  async function api<Answer>(path: string, change?: object): Promise<Answer> {
    const response = await fetch(`${url}/api/${path}`, {
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(change ? { method: 'PATCH', body: JSON.stringify(change) } : {}),
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok) throw new Error(`/api/${path} answered ${response.status}`);
    return (await response.json()) as Answer;
  }

  async function until(what: string, isDone: () => Promise<boolean>, every?: number): Promise<void> {
    const isRunningAndDone = async () => {
      if (child.exitCode !== null) throw new Error('it ended by itself');
      return isDone();
    };
    try {
      await eventually(what, isRunningAndDone, 300_000, every);
    } catch (failure) {
      await end('SIGKILL');
      throw new Error(`the service did not start. It said:\n${said}`, { cause: failure });
    }
  }

  return {
    ...{ url, api, until, memory: () => residentMemory(child.pid) },
    ...{ processor: () => processorTime(child.pid), settled: () => untilSettled(child.pid) },
    ...{ stop: () => end('SIGTERM'), kill: () => end('SIGKILL') },
  };
}

/** Waits for what other processes bring about. @param within milliseconds, as is `every`, how often it looks */
export async function eventually(
  what: string,
  isDone: () => Promise<boolean>,
  within: number,
  every = 50,
): Promise<void> {
  const deadline = Date.now() + within;
  while (!(await isDone())) {
    if (Date.now() > deadline) throw new Error(`waited ${within / 1000} s in vain until ${what}`);
    await pause(every);
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Megabytes that a process has in memory. */
export async function residentMemory(pid: number | undefined): Promise<number> {
  return Math.round(Number(await askSystem('rss', pid)) / 1024);
}

/** `ps` says [days-]hours:minutes:seconds. */
async function processorTime(pid: number | undefined): Promise<number> {
  const parts = (await askSystem('time', pid)).split(/[-:]/u).map(Number).reverse();
  const lengths = [1000, 60_000, 3_600_000, 86_400_000];
  return parts.reduce((sum, part, index) => sum + part * (lengths[index] ?? 0), 0);
}

async function untilSettled(pid: number | undefined): Promise<void> {
  let before = Number.NaN;
  const isIdle = async () => {
    const used = await processorTime(pid);
    const same = used === before;
    before = used;
    return same;
  };
  await eventually('it has nothing to do', isIdle, 300_000, 3000);
}

async function askSystem(what: 'rss' | 'time', pid: number | undefined): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-o', `${what}=`, '-p', String(pid)]);
  return stdout.trim();
}
