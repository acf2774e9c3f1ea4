import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Puts the migrated, empty database of the run into a data folder: a service takes seconds to make one. */
export function unpackDatabase(snapshot: string, dataFolder: string): void {
  const folder = join(dataFolder, 'database');
  mkdirSync(folder);
  execFileSync('tar', ['xf', snapshot, '-C', folder], { stdio: 'ignore' });
}
