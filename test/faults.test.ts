import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectors } from '../connectors/index.ts';

const root = join(import.meta.dirname, '..');
const document = readFileSync(join(root, 'docs/faults.md'), 'utf8');

type Row = { section: string; cells: readonly string[] };

/** The rows of all tables, without their heads. */
function rowsOf(markdown: string): readonly Row[] {
  const rows: Row[] = [];
  let section = '';
  for (const line of markdown.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3);
    const isRow = line.startsWith('| ') && !line.startsWith('| what you see');
    if (isRow)
      rows.push({
        section,
        cells: line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      });
  }
  return rows;
}

/** What is wrong with this entry of the last column; nothing where the named file has a test of that very title. */
function problemOf(proof: string): string | undefined {
  const [, path = '', title = ''] = /^`([^`]+)` › (.+)$/u.exec(proof) ?? [];
  if (path === '') return `"${proof}" is no path and title`;
  if (!/(?:\.test\.ts|^test\/contract\/[\w-]+\.ts)$/u.test(path)) return `${path} is no test`;
  if (!existsSync(join(root, path))) return `${path} is not there`;
  // A title stands in quotes; those about each call begin with its name.
  const written = new RegExp(`(?:['"\`]|: )${RegExp.escape(title)}['"\`]`, 'u');
  return written.test(readFileSync(join(root, path), 'utf8')) ? undefined : `${path} has no test "${title}"`;
}

describe('the table of faults', () => {
  const rows = rowsOf(document);

  it('has a section for all vendors, for each, and for email, with all of its columns filled', () => {
    const sections = ['Any vendor', 'Email', ...connectors.map(({ title }) => title)];
    expect([...new Set(rows.map(({ section }) => section))].toSorted()).toEqual(sections.toSorted());
    expect(rows.filter(({ cells }) => cells.length !== 4 || cells.includes(''))).toEqual([]);
  });

  it('names tests that there are', () => {
    const proofs = rows.flatMap(({ cells }) => cells.at(-1)?.split('<br>') ?? []);
    expect(proofs.length).toBeGreaterThan(rows.length);
    expect(proofs.flatMap((proof) => problemOf(proof) ?? [])).toEqual([]);
  });

  it('would notice one that is not there', () => {
    const here = '`test/faults.test.ts` › ';
    expect(problemOf(`${here}names tests that there are`)).toBeUndefined();
    expect(problemOf(`${here}names tests that there`)).toContain('has no test');
    expect(problemOf(`${here}tests that there are`)).toContain('has no test');
    expect(problemOf('`test/nowhere.test.ts` › anything')).toContain('is not there');
    expect(problemOf('`src/main.ts` › a')).toContain('is no test');
    expect(problemOf('names tests that there are')).toContain('no path');
  });
});
