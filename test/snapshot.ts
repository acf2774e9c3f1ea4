import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migratedSnapshot } from '../src/platform/database/embedded.ts';
import { openPostgresql } from '../src/platform/database/postgresql.ts';
import { createDatabase } from './server-databases.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of a migrated embedded database. */
    snapshot: string;
    /** The name of a migrated database on the PostgreSQL server, if there is one. */
    template: string | undefined;
  }
}

/** Migrating a database takes long, starting from a migrated one a moment: it is made once a run. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'scoreback-test-'));
  const file = join(folder, 'snapshot.tar');
  const snapshot = await migratedSnapshot();
  await writeFile(file, Buffer.from(await snapshot.arrayBuffer()));
  provide('snapshot', file);
  const template = await migratedTemplate();
  provide('template', template?.name);
  return async () => {
    await rm(folder, { recursive: true, force: true });
    await template?.remove();
  };
}

async function migratedTemplate() {
  const server = process.env.TEST_DATABASE_URL;
  if (server === undefined) return undefined;
  const template = await createDatabase(server);
  const database = await openPostgresql(template.url, () => {});
  await database.stop();
  return template;
}
