import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Database } from '../../../src/platform/database/database.ts';
import { openEmbedded } from '../../../src/platform/database/embedded.ts';
import { openPostgresql } from '../../../src/platform/database/postgresql.ts';

export type DatabaseKind = {
  name: string;
  isEmbedded: boolean;
  /** An empty one, for one run of one bench. */
  create(): Promise<FreshDatabase>;
};

export type FreshDatabase = {
  /** The settings that lead a service to it. */
  environment: Readonly<Record<string, string>>;
  /** Opens it in this process; the embedded one only while no service has it. */
  open(): Promise<Database>;
  drop(): Promise<void>;
};

/** The embedded one always; PostgreSQL where `TEST_DATABASE_URL` leads, or where a server of this machine lets us in. */
export async function findDatabases(given = process.env.TEST_DATABASE_URL): Promise<readonly DatabaseKind[]> {
  const url = given ?? `postgres://${userInfo().username}@127.0.0.1:5432/postgres`;
  try {
    await query(url, 'select 1');
  } catch (failure) {
    if (given !== undefined) throw failure;
    return [embedded];
  }
  return [embedded, postgresql(url)];
}

const embedded: DatabaseKind = {
  name: 'PGlite (embedded)',
  isEmbedded: true,
  async create() {
    const folder = mkdtempSync(join(tmpdir(), 'scoreback-bench-'));
    return {
      environment: { DATA_DIR: folder },
      open: () => openEmbedded(folder),
      drop: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
};

function postgresql(server: string): DatabaseKind {
  return {
    name: 'PostgreSQL',
    isEmbedded: false,
    async create() {
      const name = `scoreback_bench_${randomBytes(4).toString('hex')}`;
      await query(server, `create database ${name}`);
      const url = new URL(server);
      url.pathname = name;
      return {
        environment: { DATABASE_URL: url.href },
        open: () => openPostgresql(url.href, () => {}),
        drop: () => query(server, `drop database ${name} with (force)`),
      };
    },
  };
}

async function query(connectionString: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3000 });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
