import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A text file of the repository; `path` begins at its root and is written with slashes. */
export type HouseFile = { path: string; text: string };

/** Looks at files and says what is wrong with them, one sentence each; nothing when all is well. */
export type Rule = (files: readonly HouseFile[]) => readonly string[];

const root = join(import.meta.dirname, '..', '..');
const notOurs = new Set(['node_modules', '.git', 'data', 'coverage', 'dist', '.env']);
const binary = /\.(?:png|jpg|ico|woff2|gz)$/u;

export function readHouse(folder = ''): readonly HouseFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry): readonly HouseFile[] => {
    const path = posix.join(folder, entry.name);
    if (notOurs.has(entry.name) || binary.test(entry.name)) return [];
    if (entry.isDirectory()) return readHouse(path);
    return entry.isFile() ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
  });
}

export function isCode({ path }: HouseFile): boolean {
  return /\.(?:ts|tsx|mjs)$/u.test(path);
}

/** Tests, what they arrange, and what runs them may look at everything. */
export function isTest({ path }: HouseFile): boolean {
  return /^(?:test|\.ci)\/|\/fixtures\/|\.test\.tsx?$/u.test(path);
}
