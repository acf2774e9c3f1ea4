import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { unpackDatabase } from '../../../test/browser/unpack-database.ts';
import { ConfigurationProblem } from '../../model/errors.ts';
import { listWorkspaces } from '../workspaces/queries.ts';
import { openEmbedded } from './embedded.ts';

let folder: string;
let other: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scoreback-data-'));
});
afterEach(async () => {
  other?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Another process that has the folder open, has written to it, and would never stop by itself. */
async function startOther(): Promise<ChildProcess> {
  unpackDatabase(inject('snapshot'), folder);
  const program = `
    import { openEmbedded } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)};
    import { ensureWorkspace } from ${JSON.stringify(new URL('../../modules/accounts/queries/workspaces.ts', import.meta.url).href)};
    const { db } = await openEmbedded(process.argv[1]);
    await ensureWorkspace(db, 'written by the other process', new Date());
    console.log('open');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the other process ended')));
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => {});
  return child;
}

test('a second process on one folder is refused; a killed one leaves the folder and what it wrote', async () => {
  other = await startOther();

  const refused = await openEmbedded(folder).catch((failure: unknown) => failure);
  expect(refused).toBeInstanceOf(ConfigurationProblem);
  expect((refused as ConfigurationProblem).problems).toEqual([
    { setting: 'DATA_DIR', message: { code: 'field.folder_in_use', params: { path: folder } } },
  ]);

  other.kill('SIGKILL');
  await once(other, 'exit');
  const database = await openEmbedded(folder);
  expect(await listWorkspaces(database.db)).toMatchObject([{ id: 'written by the other process' }]);
  await database.stop();

  const again = await openEmbedded(folder);
  expect(await listWorkspaces(again.db)).toHaveLength(1);
  await again.stop();
});

test.skipIf(process.platform === 'win32')(
  'nobody else enters the folder, whether it is new or was open to all',
  async () => {
    const before = process.umask(0o022);
    try {
      const made = join(folder, 'made');
      const known = join(folder, 'known');
      // The one database here that is made from nothing.
      await (await openEmbedded(made)).stop();
      await mkdir(known);
      unpackDatabase(inject('snapshot'), known);
      await chmod(known, 0o777);
      const told: string[] = [];
      await (await openEmbedded(known, () => told.push('open'))).stop();
      for (const one of [made, known]) expect((await stat(one)).mode & 0o777).toBe(0o700);
      expect(told).toEqual([]);
    } finally {
      process.umask(before);
    }
  },
);
