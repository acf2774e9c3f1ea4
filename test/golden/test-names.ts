import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** As vitest joins a suite and a test. */
const between = ' > ';

const file = join('test', 'golden', 'files', 'tests.txt');

/** Says which tests came and went since the golden file was renewed. @returns whether none did */
export function checkTestNames(root: string): boolean {
  const known = existsSync(join(root, file)) ? parse(readFileSync(join(root, file), 'utf8')) : [];
  const found = readTestNames(root);
  const changes = [
    ...without(known, found).map((name) => `- ${name}`),
    ...without(found, known).map((name) => `+ ${name}`),
  ];
  if (changes.length === 0) return true;
  process.stderr.write(`${changes.join('\n')}\n\nnpm run golden -- tests renews ${file}\n`);
  return false;
}

/** Writes them anew. */
export function renewTestNames(root: string): boolean {
  writeFileSync(join(root, file), write(readTestNames(root)));
  return true;
}

/** File, suites and title of every test as vitest finds them on the embedded database, without running one. */
function readTestNames(root: string): readonly string[] {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { TEST_DATABASE_URL: _server, ...env } = process.env;
  const listed = execFileSync(process.execPath, [vitest, 'list', '--no-static-parse', '--json'], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  const tests = JSON.parse(listed.slice(listed.indexOf('['))) as { file: string; name: string }[];
  return tests
    .map(
      (test) => `${relative(root, test.file).replaceAll(sep, '/')}${between}${test.name.replaceAll(/[\r\n]+/gu, ' ')}`,
    )
    .sort();
}

/** Each file once, and below it the names of its tests. */
function write(names: readonly string[]): string {
  let last = '';
  const lines = names.flatMap((name) => {
    const [path = '', ...rest] = name.split(between);
    const line = `  ${rest.join(between)}`;
    if (path === last) return [line];
    last = path;
    return [path, line];
  });
  return `${lines.join('\n')}\n`;
}

function parse(text: string): readonly string[] {
  let path = '';
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('  ')) return [`${path}${between}${line.slice(2)}`];
    path = line;
    return [];
  });
}

/** What is in the first list more often than in the second. */
function without(names: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const name of others) left.set(name, (left.get(name) ?? 0) + 1);
  return names.filter((name) => {
    const count = left.get(name) ?? 0;
    left.set(name, count - 1);
    return count <= 0;
  });
}
