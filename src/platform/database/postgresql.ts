import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { type Database, guarded, migrationsFolder } from './database.ts';
import { ensureTriggers } from './triggers.ts';

/** Any number; the same in every version of the service, so that all processes wait for one another. */
const migrationLock = 7_265_223;

/**
 * A PostgreSQL server. Several processes may start at once: one migrates, the others wait for it.
 *
 * @param readUrl a replica that reports are read from
 */
export async function openPostgresql(
  url: string,
  onIdleError: (failure: Error) => void,
  readUrl?: string,
): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000 });
  // Without a listener, a connection that breaks while idle would end the process.
  pool.on('error', onIdleError);
  try {
    await migrateUnderLock(pool);
  } catch (failure) {
    await pool.end();
    throw failure;
  }
  const replica =
    readUrl === undefined
      ? undefined
      : new pg.Pool({ connectionString: readUrl, max: 4, connectionTimeoutMillis: 10_000 });
  replica?.on('error', onIdleError);
  return guarded(drizzle({ client: pool }), {
    kind: 'postgresql',
    ...(replica ? { reading: drizzle({ client: replica }) } : {}),
    engine: { url },
    writers: 2,
    async stop() {
      await replica?.end();
      await pool.end();
    },
  });
}

/** Drizzle's migrator takes no lock of its own. */
async function migrateUnderLock(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle({ client }), { migrationsFolder });
    await ensureTriggers(drizzle({ client }));
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => {});
    client.release();
  }
}
