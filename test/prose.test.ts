import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const plugin = 'config/no-prose.grit';

const refused = [
  "said === 'some words here'",
  'said !== "two words"',
  "'two words' === said",
  'said === `two words`',
  "said.includes('two words')",
  "said?.startsWith('given up: because')",
  "list.includes('two words')",
  'failure.message.slice(0, 9)',
  "failure.message.startsWith('a')",
];

const allowed = [
  "said === 'given_up'",
  "said.includes(', ')",
  "said === 'MAIL FROM'",
  "list.includes('contact.erased')",
  "failure.message === 'x'",
];

const folder = mkdtempSync(join(tmpdir(), 'scoreback-prose-'));
let found: readonly string[];

beforeAll(() => {
  const config = { plugins: [join(root, plugin)], linter: { rules: { preset: 'none' } } };
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
  for (const [index, expression] of [...refused, ...allowed].entries()) {
    const source = `export const planted = (said: string, list: string[], failure: Error) => ${expression};\n`;
    writeFileSync(join(folder, `planted-${index}.ts`), source);
  }
  const biome = join(root, 'node_modules', '.bin', 'biome');
  const { stderr } = spawnSync(biome, ['lint', '--max-diagnostics=none', '.'], { cwd: folder, encoding: 'utf8' });
  found = [...stderr.matchAll(/planted-(\d+)\.ts:\d+:\d+ plugin/gu)].map(([, index]) => index ?? '');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('a comparison with prose', () => {
  it.each(refused.map((expression, index) => [expression, index] as const))('is refused: %s', (_expression, index) => {
    expect(found).toContain(String(index));
  });

  it.each(allowed.map((expression, index) => [expression, refused.length + index] as const))(
    'is none: %s',
    (_expression, index) => {
      expect(found).not.toContain(String(index));
    },
  );

  it('is looked for in everything but tests', () => {
    const { overrides } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    expect(overrides).toContainEqual({
      includes: ['src/**', 'connectors/**', 'config/**', '!**/*.test.ts', '!**/*.test.tsx'],
      plugins: [`./${plugin}`],
    });
  });
});
