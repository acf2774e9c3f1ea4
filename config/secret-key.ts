import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationProblem } from '../src/model/errors.ts';
import { isStrongKey } from './strong-key.ts';

/**
 * The key that was generated into this folder at its first start; made now if there is none. Links in mail stay valid
 * only as long as this file stays.
 */
export function ensureSecretKey(dataDir: string): string {
  const path = join(dataDir, 'secret-key');
  const key = readOrMake(path, dataDir);
  if (!isStrongKey(key))
    throw new ConfigurationProblem([
      { setting: 'SECRET_KEY', message: { code: 'field.secret_key_file', params: { path } } },
    ]);
  return key;
}

function readOrMake(path: string, dataDir: string): string {
  try {
    if (!existsSync(path)) {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      writeFileSync(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
    }
    return readFileSync(path, 'utf8').trim();
  } catch (failure) {
    const { code: cause = 'unknown' } = failure as NodeJS.ErrnoException;
    throw new ConfigurationProblem([
      { setting: 'DATA_DIR', message: { code: 'field.folder_unwritable', params: { path: dataDir, cause } } },
    ]);
  }
}
