// Plain JavaScript for Node 20, like the script that uses it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the build notes which files it took from outside `src/console`, by their paths in the project. */
export const bundledFiles = join('dist', 'console', '.bundled.json');

/**
 * What the console is built from, as one hash: called before a start, to tell whether it has to be built again.
 *
 * Whatever stands in `src/console` counts, and every other file of the project that the last build bundled. A file that
 * a build would bundle for the first time is imported by one that has changed.
 *
 * @param {string} folder the project's
 * @returns {string | undefined} nothing when there is no build, or one that did not note its files
 */
export function hashOfConsole(folder) {
  if (!existsSync(join(folder, bundledFiles))) return undefined;
  const own = readdirSync(join(folder, 'src', 'console'), { recursive: true })
    .filter((name) => /\.\w+$/u.test(name))
    .map((name) => join('src', 'console', name));
  const bundled = JSON.parse(readFileSync(join(folder, bundledFiles), 'utf8'));
  const hash = createHash('sha256');
  for (const path of ['package-lock.json', ...own, ...bundled].sort()) {
    hash.update(path).update(existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : '');
  }
  return hash.digest('hex');
}
