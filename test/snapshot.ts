import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migratedSnapshot } from '../src/store/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of a migrated embedded database. */
    snapshot: string;
  }
}

/** Making an embedded database takes seconds, starting from a snapshot a moment: it is made once a run. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'scoreback-test-'));
  const file = join(folder, 'snapshot.tar');
  const snapshot = await migratedSnapshot();
  await writeFile(file, Buffer.from(await snapshot.arrayBuffer()));
  provide('snapshot', file);
  return () => rm(folder, { recursive: true, force: true });
}
