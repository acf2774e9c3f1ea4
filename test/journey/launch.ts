import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService } from '../../src/start.ts';
import { eventually } from './eventually.ts';

/** A service that runs, seen from outside. */
export type ServiceProcess = {
  url: string;
  /** All it has written so far. */
  output(): string;
  /** Its log lines with this code. */
  logged(code: string): readonly Record<string, unknown>[];
  /** Asks it to end. @returns its exit code */
  stop(): Promise<number | null>;
  /** Ends it without asking; only a process of its own can be ended so. */
  kill(): Promise<void>;
  /** Ends it in the quickest way there is, for who does not look at it any more. */
  end(): Promise<void>;
};

export const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');

const compileCache = join(tmpdir(), 'scoreback-journey-compile-cache');

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts all of the service but its process: same settings, same HTTP, same jobs, in a second less. For what does not
 * look at signals, exit codes and what a killed one leaves behind.
 */
export async function startHere(environment: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const written: string[] = [];
  const service = await startService(environment, { logTo: { write: (line) => void written.push(line) } });
  const output = () => written.join('');
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    stopped ??= service.stop();
    await stopped;
    return 0;
  };
  return {
    url: `http://127.0.0.1:${environment.PORT}`,
    output,
    logged: (code) => logLines(output()).filter((line) => line.code === code),
    stop,
    kill: () => Promise.reject(new Error('what is to be killed has to be a process of its own')),
    end: async () => void (await stop()),
  };
}

/** Starts it as an operator does, and waits until it is ready; `folder` is where it runs, so that no `.env` of ours is read. */
export async function startProcess(
  environment: Readonly<Record<string, string>>,
  folder: string,
  args: readonly string[] = [],
): Promise<ServiceProcess> {
  const { child, output } = launch(environment, folder, [main, ...args]);
  const url = `http://127.0.0.1:${environment.PORT}`;
  const ready = () =>
    fetch(`${url}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  try {
    await eventually(
      'the service is ready',
      () => {
        if (!isRunning(child)) throw new Error('the service ended by itself');
        return ready();
      },
      120_000,
    );
  } catch (failure) {
    child.kill('SIGKILL');
    throw new Error(`the service did not start: ${output()}`, { cause: failure });
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (!isRunning(child)) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return {
    url,
    output,
    logged: (code) => logLines(output()).filter((line) => line.code === code),
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
    end: async () => void (await end('SIGKILL')),
  };
}

/** Runs it until it ends by itself, as it does when it refuses to start; or another program of ours, with arguments. */
export async function runProcess(
  environment: Readonly<Record<string, string>>,
  folder: string,
  program: readonly string[] = [main],
) {
  const { child, output } = launch(environment, folder, program);
  await once(child, 'close');
  return { code: child.exitCode, output: output() };
}

function launch(environment: Readonly<Record<string, string>>, folder: string, program: readonly string[]) {
  const child = spawn(process.execPath, program, {
    cwd: folder,
    // Compiling the same packages for every process would be most of its start.
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { child, output: () => Buffer.concat(chunks).toString('utf8') };
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function logLines(output: string): Record<string, unknown>[] {
  return output.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Record<string, unknown>];
    } catch {
      return [];
    }
  });
}
