import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';

const dev = join(import.meta.dirname, '..', '..', 'config', 'dev.ts');
const folder = mkdtempSync(join(tmpdir(), 'scoreback-dev-'));

let child: ChildProcess;
let output = '';
let url = '';

/** Processes that were started with the folder of this test as their DATA_DIR. */
function processes(): readonly string[] {
  return readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/u.test(id) && readFileSync(join('/proc', id, 'environ'), 'utf8').includes(`DATA_DIR=${folder}`);
    } catch {
      return false;
    }
  });
}

beforeAll(async () => {
  const env = { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', SANDBOX: 'on', LOG_LEVEL: 'warn' };
  child = spawn(process.execPath, [dev], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout?.on('data', (part: Buffer) => {
    output += part.toString();
  });
  await eventually('it says what to open', async () => /Open http/u.test(output), 150_000);
  url = /Open (\S+)/u.exec(output)?.[1] ?? '';
}, 180_000);

afterAll(async () => {
  if (child.exitCode === null) child.kill('SIGINT');
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(process.platform !== 'linux')('npm run dev', () => {
  it('serves the console with hot reload, and what the service answers, under one address', async () => {
    expect(await (await fetch(url, { headers: { accept: 'text/html' } })).text()).toContain('/@vite/client');
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect((await fetch(`${url}/api/contacts`)).status).toBe(401);
    const client = await fetch(`${url}/api/sign-in.ts`);
    expect(client.headers.get('content-type')).toContain('javascript');
  });

  it('leaves no process behind when it is interrupted', async () => {
    expect(processes().length).toBeGreaterThan(2);
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(processes()).toEqual([]);
  });
});
