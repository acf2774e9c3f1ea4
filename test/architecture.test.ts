import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import type { ICruiseResult } from 'dependency-cruiser';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as tables from '../src/tables.ts';
import { cruiseProject } from './architecture/cruise.ts';
import { drawModules, replaceGenerated } from './architecture/drawing.ts';
import { listUnread, listViolations } from './architecture/findings.ts';
import { importsByModule } from './architecture/modules.ts';
import { type Example, examples, packages, violations } from './architecture/planted.ts';
import { architectureRules } from './architecture/rules.ts';
import { drawModule, drawTables } from './architecture/tables.ts';

const root = join(import.meta.dirname, '..');
const folders: string[] = [];

/** A project of these files, with whatever they import. */
async function plant(files: readonly Example[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'scoreback-'));
  folders.push(folder);
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const { path, text } of files) {
    await write(path, text);
    for (const [, imported = ''] of text.matchAll(/'(\.[^']+)'/gu)) {
      const target = posix.join(posix.dirname(path), imported);
      const isPlanted = files.some((planted) => planted.path === target);
      if (!isPlanted && !target.endsWith('absent.ts')) await write(target, 'export const thing = 1;\n');
    }
  }
  await write('package.json', await readFile(join(root, 'package.json'), 'utf8'));
  for (const name of packages) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    await write(`node_modules/${name}/index.js`, '');
  }
  await write('node_modules/drizzle-orm/pg-core/index.js', '');
  return folder;
}

function rulesBrokenBy({ path }: Example, { summary }: ICruiseResult): readonly string[] {
  const isIn = (cycle: readonly { name: string }[] = []) => cycle.some(({ name }) => name === path);
  return summary.violations
    .filter((violation) => violation.from === path || ('cycle' in violation && isIn(violation.cycle)))
    .map(({ rule }) => rule.name);
}

let planted: ICruiseResult;

beforeAll(async () => {
  planted = await cruiseProject(await plant([...violations, ...examples]));
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the architecture rules', () => {
  it.each(violations.map((violation) => [violation.rule, violation.path, violation] as const))(
    'find that "%s" is broken by %s',
    (rule, _path, violation) => {
      expect(rulesBrokenBy(violation, planted)).toContain(rule);
    },
  );

  it.each(examples.map((example) => [example.path, example] as const))(
    'find nothing wrong with %s',
    (_path, example) => {
      // Nobody imports an example.
      const broken = rulesBrokenBy(example, planted).filter((rule) => !/^no unused (?:test )?modules$/u.test(rule));
      expect(broken).toEqual([]);
    },
  );

  it('have an example each that breaks them', () => {
    const names = architectureRules.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !violations.some(({ rule }) => rule === name))).toEqual([]);
  });

  it('know no module that does not exist', () => {
    const missing = Object.keys(importsByModule)
      .filter((module) => !module.includes('<name>'))
      .filter((module) => ![`src/${module}`, `src/${module}.ts`, module].some((path) => existsSync(join(root, path))));
    expect(missing).toEqual([]);
  });

  it('are told with the path of a violation and what the rule is for', () => {
    const told = listViolations(planted);
    expect(told).toHaveLength(planted.summary.violations.length);
    expect(told.find((text) => text.startsWith('no cycles: '))).toContain(
      'src/model/circle.ts → src/model/round.ts → src/model/circle.ts\n    Modules that load each other',
    );
  });
});

describe('reading a project', () => {
  it('finds a project with few modules suspicious, and names a file that was not read', async () => {
    const files = [{ path: 'src/a.ts', text: '' }];
    expect(listUnread(planted, files)).toEqual([
      'src/a.ts was not read',
      'fewer than 1000 modules were read',
      'fewer than 100 components were read',
      'fewer than 5000 imports were read',
    ]);
  });

  it('ends at a file that cannot be parsed', async () => {
    const folder = await plant([{ path: 'src/broken.ts', text: 'const const;' }]);
    await expect(cruiseProject(folder)).rejects.toThrow('src/broken.ts');
  });
});

describe('the drawing of the modules', () => {
  it('has an arrow for what a module imports, and a dotted one for types', async () => {
    const folder = await plant([
      {
        path: 'src/modules/decisions/a.ts',
        text: "import { b } from '../tickets/index.ts';\nimport { c } from '../../model/c.ts';\nimport { d } from '../responses/tables.ts';",
      },
      { path: 'src/modules/tickets/index.ts', text: "import type { Row } from '../events/index.ts';" },
      { path: 'src/modules/tickets/b.test.ts', text: "import { b } from '../decisions/a.ts';" },
    ]);
    expect(drawModules(await cruiseProject(folder)).split('\n')).toEqual([
      'flowchart TD',
      '  m0["decisions"]',
      '  m1["events"]',
      '  m2["tickets"]',
      '  m0 --> m2',
      '  m2 -.-> m1',
    ]);
  });

  it('replaces the one before', async () => {
    const page = await readFile(join(root, 'docs', 'architecture.md'), 'utf8');
    const replaced = replaceGenerated(page, 'modules', 'flowchart TD');
    expect(replaced).toContain('-->\n\nflowchart TD\n\n<!-- /modules -->');
    expect(replaceGenerated(replaced, 'modules', 'flowchart TD')).toBe(replaced);
    expect(() => replaceGenerated('# No place', 'modules', 'flowchart TD')).toThrow('no place');
  });
});

describe('the drawing of the tables', () => {
  it('shows the keys of a table, and the tables that they refer to', () => {
    const other = pgTable('other', { id: uuid('id').primaryKey() });
    const optional = uuid('optional_id').references(() => other.id);
    const table = pgTable('table', {
      id: uuid('id')
        .primaryKey()
        .references(() => other.id),
      optional,
      text: text('text'),
    });
    expect(drawModule('examples', [table]).split('\n')).toEqual([
      '### Tables of examples',
      '',
      '```mermaid',
      'erDiagram',
      '  table {',
      '    uuid id PK, FK',
      '    uuid optional_id FK',
      '  }',
      '  other ||--o| table : id',
      '  other |o--o{ table : optional_id',
      '```',
    ]);
  });

  it('has every table of a module', async () => {
    const drawn = await drawTables();
    const names = Object.values(tables)
      .filter((value) => is(value, PgTable))
      .map((table) => getTableConfig(table))
      .filter(({ name }) => !['audit', 'idempotency', 'lease', 'worker', 'workspace'].includes(name))
      .map(({ name, schema }) => (schema === undefined ? name : `"${schema}.${name}"`));
    expect(names.filter((name) => !drawn.includes(`  ${name} {`))).toEqual([]);
  });
});
