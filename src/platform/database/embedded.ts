import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { PGlite, type PGliteOptions, type QueryOptions, types } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { ConfigurationProblem } from '../../model/errors.ts';
import { type Database, guarded, migrationsFolder } from './database.ts';

/**
 * PostgreSQL inside this process, kept in a folder of its own. Survives a killed process; it does not fsync, so it
 * does not promise to survive a power cut.
 *
 * @param onOpenToOthers told when other users of the machine can open the folder, and it cannot be closed to them
 * @throws ConfigurationProblem when another process has the folder: two at once would lose data
 */
export async function openEmbedded(folder: string, onOpenToOthers: () => void = () => {}): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!closeToOthers(folder)) onOpenToOthers();
  const unlock = lockFolder(folder);
  try {
    return await embedded({ dataDir: join(folder, 'database') }, unlock);
  } catch (failure) {
    unlock();
    throw failure;
  }
}

/** Its files are readable by everybody, and writable: that nobody else enters the folder is what guards them. */
function closeToOthers(folder: string): boolean {
  try {
    chmodSync(folder, 0o700);
  } catch {
    // Somebody else's folder, or a file system without permissions: what it is like shows below.
  }
  return process.platform === 'win32' || (statSync(folder).mode & 0o077) === 0;
}

/** The same in memory, gone when it stops. */
export function openInMemory(snapshot?: Blob): Promise<Database> {
  return embedded(snapshot ? { loadDataDir: snapshot } : {}, () => {});
}

/** A migrated database as a file that `openInMemory` starts from in a moment. */
export async function migratedSnapshot(): Promise<Blob> {
  const client = await PGlite.create();
  await migrate(drizzle({ client }), { migrationsFolder });
  const snapshot = await client.dumpDataDir('none');
  await client.close();
  return snapshot;
}

async function embedded(options: PGliteOptions, release: () => void): Promise<Database> {
  const client = await PGlite.create({ ...options, parsers: timesAsText, startParams });
  await migrate(drizzle({ client }), { migrationsFolder });
  parseOnce(client);
  letOthersRun(client);
  return guarded(drizzle({ client }), {
    kind: 'embedded',
    engine: { embedded: client },
    writers: 1,
    async stop() {
      await client.close();
      release();
    },
  });
}

/** It fills all of its shared buffers at the start, and would take 128 MB. The system keeps its files in memory as well. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB'];

const asText = (value: string) => value;

/** Times, days, intervals and lists of these and of `numeric` as drizzle takes them. */
const timesAsText = Object.fromEntries(
  [types.DATE, types.TIMESTAMP, types.TIMESTAMPTZ, types.INTERVAL, 1182, 1115, 1185, 1187, 1231].map((type) => [
    type,
    asText,
  ]),
);

/**
 * Leaves out the parsers that drizzle sends along with each query: PGlite would merge them with its own three hundred
 * every time, which is a seventh of what a small query costs. The client has them since it was opened.
 */
function parseOnce(client: Pick<PGlite, 'query' | 'transaction'>): void {
  const withoutParsers = ({ parsers, ...options }: QueryOptions = {}) => options;
  const query = client.query.bind(client);
  client.query = (statement, params, options) => query(statement, params, withoutParsers(options));
  const transaction = client.transaction.bind(client);
  client.transaction = (work) =>
    transaction((tx) => {
      const inside = tx.query.bind(tx);
      tx.query = (statement, params, options) => inside(statement, params, withoutParsers(options));
      return work(tx);
    });
}

/** Its promises resolve without ever leaving the microtask queue; under load no socket and no timer would be served. */
function letOthersRun(client: PGlite): void {
  const query = client.query.bind(client);
  client.query = async (...call) => {
    const result = await query<never>(...call);
    await setImmediate();
    return result;
  };
  const transaction = client.transaction.bind(client);
  client.transaction = async (work) => {
    const result = await transaction(work);
    await setImmediate();
    return result;
  };
}

/** SQLite's code for a database that somebody else has locked. */
const sqliteBusy = 5;

/** An exclusive lock that the operating system frees even when the process is killed. */
function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, '.lock'), { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (failure) {
    lock.close();
    if (!(failure instanceof Error && 'errcode' in failure && failure.errcode === sqliteBusy)) throw failure;
    throw new ConfigurationProblem([
      { setting: 'DATA_DIR', message: { code: 'field.folder_in_use', params: { path: folder } } },
    ]);
  }
  return () => lock.close();
}
