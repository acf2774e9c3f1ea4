import { randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import pg from 'pg';
import { afterAll, describe, inject } from 'vitest';
import type { Database } from '../src/store/database.ts';
import { openInMemory } from '../src/store/embedded.ts';
import { openPostgresql } from '../src/store/postgresql.ts';

const server = process.env.TEST_DATABASE_URL;

/**
 * The same tests on each database, one in a run: embedded, or the PostgreSQL server that `TEST_DATABASE_URL` names. Each
 * call of `open` gives a migrated, empty database, which is gone after the last test.
 */
export function describeOnEachDatabase(title: string, tests: (open: () => Promise<Database>) => void): void {
  describeEmbedded(title, () => {
    tests(
      closing(async () => {
        const database = await openInMemory(await openAsBlob(inject('snapshot')));
        return { database, remove: async () => {} };
      }),
    );
  });
  describeConcurrent(title, tests);
}

/** For what is true of the embedded database alone; not run again beside a server. */
export function describeEmbedded(title: string, tests: () => void): void {
  describe.runIf(server === undefined)(`${title}, embedded`, tests);
}

/** For what takes several connections, which the embedded database does not have. */
export function describeConcurrent(title: string, tests: (open: () => Promise<Database>) => void): void {
  describeOnServer(`${title}, PostgreSQL`, (createEmpty) => {
    tests(
      closing(async () => {
        const { url, remove } = await createEmpty();
        return { database: await openPostgresql(url, reportIdleError), remove };
      }),
    );
  });
}

/** For what only a server can be asked. `createEmpty` makes a database without any table and tells its address. */
export function describeOnServer(
  title: string,
  tests: (createEmpty: () => Promise<{ url: string; remove: () => Promise<void> }>) => void,
): void {
  describe.skipIf(server === undefined)(title, () => {
    tests(() => createDatabase(server ?? ''));
  });
}

async function createDatabase(address: string): Promise<{ url: string; remove: () => Promise<void> }> {
  const name = `scoreback_test_${randomBytes(6).toString('hex')}`;
  await ask(address, `create database ${name}`);
  const url = new URL(address);
  url.pathname = name;
  // Not by force: the server waits a moment for connections that are closing, and one left open is a leak.
  return { url: url.href, remove: () => ask(address, `drop database ${name}`) };
}

async function ask(address: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function closing(create: () => Promise<{ database: Database; remove: () => Promise<void> }>): () => Promise<Database> {
  const opened: Awaited<ReturnType<typeof create>>[] = [];
  afterAll(async () => {
    for (const { database, remove } of opened.splice(0)) {
      await database.stop();
      await remove();
    }
  });
  return async () => {
    const created = await create();
    opened.push(created);
    return created.database;
  };
}

function reportIdleError(failure: Error): void {
  throw failure;
}
