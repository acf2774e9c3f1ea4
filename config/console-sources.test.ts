import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

type Sources = { hashOfConsole(folder: string): string | undefined; bundledFiles: string };

// Plain JavaScript, because it runs before Node 24 is there.
const { hashOfConsole, bundledFiles }: Sources = await import(
  String(new URL('./console-sources.mjs', import.meta.url))
);

function project(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'scoreback-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const built = {
  'package-lock.json': '{}',
  'src/console/main.tsx': 'import "../model/palette.ts"',
  'src/model/palette.ts': 'export const a = 1',
  'src/model/other.ts': 'export const b = 1',
  [bundledFiles]: '["src/model/palette.ts"]',
};

it.each(['package-lock.json', 'src/console/main.tsx', 'src/model/palette.ts', 'src/console/added.css'])(
  'builds the console again when %s has changed',
  (path) => {
    const folder = project(built);
    const before = hashOfConsole(folder);
    writeFileSync(join(folder, path), 'changed');
    expect(hashOfConsole(folder)).not.toBe(before);
  },
);

it('does not build the console again for a file that it does not bundle', () => {
  const folder = project(built);
  const before = hashOfConsole(folder);
  writeFileSync(join(folder, 'src/model/other.ts'), 'changed');
  expect(hashOfConsole(folder)).toBe(before);
});

it('builds the console when there is no build yet', () => {
  const { [bundledFiles]: _none, ...sources } = built;
  expect(hashOfConsole(project(sources))).toBeUndefined();
});

it('knows from the build that stands here which files outside the console it bundles', () => {
  const bundled: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', bundledFiles), 'utf8'));
  expect(bundled).toEqual(
    expect.arrayContaining(['src/model/palette.ts', 'src/model/color.ts', 'src/modules/reports/statistics.ts']),
  );
});
