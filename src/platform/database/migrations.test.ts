import { openAsBlob } from 'node:fs';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { expect, inject, test } from 'vitest';
import { describeOnServer } from '../../../test/databases.ts';
import { now } from '../../../test/stored.ts';
import { ensureWorkspace } from '../../modules/accounts/queries/workspaces.ts';
import { listWorkspaces } from '../workspaces/queries.ts';
import { migrationsFolder, rows } from './database.ts';
import { openInMemory } from './embedded.ts';
import { openPostgresql } from './postgresql.ts';

function reportIdleError(failure: Error): void {
  throw failure;
}

describeOnServer('migrations on PostgreSQL', (createEmpty) => {
  test('twice is once', async () => {
    const { url, remove } = await createEmpty();
    const first = await openPostgresql(url, reportIdleError);
    await ensureWorkspace(first.db, 'kept', now);
    await first.stop();
    const again = await openPostgresql(url, reportIdleError);

    expect(await listWorkspaces(again.db)).toMatchObject([{ id: 'kept' }]);
    await again.stop();
    await remove();
  });

  test('processes that start at once on an empty server wait for one another', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { url, remove } = await createEmpty();
      const started = await Promise.allSettled([1, 2, 3].map(() => openPostgresql(url, reportIdleError)));

      expect(started.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
      for (const start of started) if (start.status === 'fulfilled') await start.value.stop();
      await remove();
    }
  });
});

test('an embedded database is migrated from nothing, and once', async () => {
  // The run made it from nothing; opening it again finds nothing left to do.
  const database = await openInMemory(await openAsBlob(inject('snapshot')));
  const applied = await rows(database.db, sql`select hash from drizzle.__drizzle_migrations`);

  expect(applied).toHaveLength(readMigrationFiles({ migrationsFolder }).length);
  await database.stop();
});
