import { afterAll, describe, inject } from 'vitest';
import type { Database } from '../src/platform/database/database.ts';
import { openPostgresql } from '../src/platform/database/postgresql.ts';
import { openPooled } from './embedded-pool.ts';
import { createDatabase } from './server-databases.ts';

const server = process.env.TEST_DATABASE_URL;

/**
 * The same tests on each database, one in a run: embedded, or the PostgreSQL server that `TEST_DATABASE_URL` names. Each
 * call of `open` gives a migrated, empty database, which is gone after the last test.
 */
export function describeOnEachDatabase(title: string, tests: (open: () => Promise<Database>) => void): void {
  describeEmbedded(title, tests);
  describeConcurrent(title, tests);
}

/** For what is true of the embedded database alone; not run again beside a server. */
export function describeEmbedded(title: string, tests: (open: () => Promise<Database>) => void): void {
  describe.runIf(server === undefined)(`${title}, embedded`, () => tests(closing(openLoudly)));
}

/** Statements after the stop are refused anyway; as nobody may wait for the refusal, the run fails by itself. */
async function openLoudly() {
  let isOver = false;
  const database = await openPooled((statement) => {
    if (isOver) void Promise.reject(new Error(`what outlived its test asked the database: ${statement}`));
  });
  const close = () => {
    isOver = true;
    return database.stop();
  };
  return { database, close };
}

/** For what takes several connections, which the embedded database does not have. */
export function describeConcurrent(title: string, tests: (open: () => Promise<Database>) => void): void {
  describeOnServer(`${title}, PostgreSQL`, () => {
    tests(
      closing(async () => {
        const { url, remove } = await createDatabase(server ?? '', inject('template'));
        const database = await openPostgresql(url, reportIdleError);
        const close = async () => {
          await database.stop();
          await remove();
        };
        return { database, close };
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

const ends = new WeakMap<Database, (() => Promise<void>)[]>();

/** What is to end before this database is stopped, such as a server that uses it. */
export function beforeStop(database: Database, end: () => Promise<void>): void {
  ends.set(database, [...(ends.get(database) ?? []), end]);
}

function closing(create: () => Promise<{ database: Database; close: () => Promise<void> }>): () => Promise<Database> {
  const opened: Awaited<ReturnType<typeof create>>[] = [];
  afterAll(async () => {
    for (const { database, close } of opened.splice(0)) {
      for (const end of ends.get(database) ?? []) await end();
      await close();
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
