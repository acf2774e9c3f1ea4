import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A text file of the repository; `path` begins at its root and is written with slashes. */
export type HouseFile = { path: string; text: string };

/** One import as it is written: of another file (its path) or of a package (its name). */
export type Import = { of: string; kind: 'file' | 'package'; typeOnly: boolean };

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

const importForms = [
  /^\s*(?:import|export)\s+(?<type>type\s)?[^'"`;]*?\bfrom\s+['"](?<from>[^'"]+)['"]/gmu,
  /^\s*(?<type>\b\B)?import\s+['"](?<from>[^'"]+)['"]/gmu,
  /(?<type>\b\B)?\bimport\(\s*['"](?<from>[^'"]+)['"]/gu,
];

export function importsOf({ path, text }: HouseFile): readonly Import[] {
  return importForms.flatMap((form) =>
    [...text.matchAll(form)].flatMap(({ groups }): readonly Import[] => {
      const from = groups?.from ?? '';
      const typeOnly = groups?.type !== undefined;
      if (from.startsWith('.')) return [{ of: posix.join(posix.dirname(path), from), kind: 'file', typeOnly }];
      if (from.startsWith('node:')) return [];
      const [first = '', second = ''] = from.split('/');
      return [{ of: from.startsWith('@') ? `${first}/${second}` : first, kind: 'package', typeOnly }];
    }),
  );
}
