import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHouse } from './house/files.ts';
import { filesOfKind, isOfKind, onServer, testKinds } from './kinds.ts';

const root = join(import.meta.dirname, '..');
const house = readHouse();
const isTest = (path: string) => path.endsWith('.test.ts');

describe('the kinds of tests', () => {
  it('unit, integration and e2e share all test files among them', () => {
    const parts = (['unit', 'integration', 'e2e'] as const).flatMap((kind) => filesOfKind(kind, root));
    const all = house.map(({ path }) => path).filter(isTest);
    expect(parts.toSorted()).toEqual(all.toSorted());
  });

  it('none is empty', () => {
    for (const kind of testKinds) expect([kind, filesOfKind(kind, root).length > 10]).toEqual([kind, true]);
  });

  it('every file that has a database on a server is run on one, but what a browser shows and who follows links', () => {
    const server = filesOfKind('server', root);
    const withDatabase = house.filter(({ path, text }) => isTest(path) && onServer.test(text)).map(({ path }) => path);
    const left = withDatabase.filter((path) => !server.includes(path));
    expect(left.filter((path) => !/^test\/(?:browser|scanners)\//u.test(path))).toEqual([]);
    expect(server).toContain('src/platform/database/migrations.test.ts');
    expect(server).toContain('test/journey/crash.test.ts');
    expect(server).not.toContain('src/modules/decisions/decide.test.ts');
  });

  it('nothing hides a database on a server behind a helper of another name', () => {
    const wrappers = house.filter(
      ({ path, text }) => /^(?:src|test|connectors)\/.*\.ts$/u.test(path) && !isTest(path) && onServer.test(text),
    );
    expect(wrappers.map(({ path }) => path).toSorted()).toEqual(['test/databases.ts', 'test/journey/world.ts']);
    for (const { text } of wrappers) {
      const exported = [...text.matchAll(/^export function (describe\w+)/gmu)].map(([, name]) => name);
      const reaching = exported.filter((name) => name !== 'describeEmbedded' && name !== 'describeInFolder');
      for (const name of reaching) expect([name, onServer.test(`${name}('x', () => {})`)]).toEqual([name, true]);
    }
  });

  it.each([
    // Written in two parts, so that this file has no database itself.
    [['describe', "OnEachDatabase('a', () => {})"].join(''), 'integration'],
    ["import { spawn } from 'node:child_process';", 'integration'],
    ["expect(decide(facts)).toBe('asked');", 'unit'],
  ] as const)('a file with %s is of the kind %s', (text, kind) => {
    expect(isOfKind(kind, 'src/modules/tickets/a.test.ts', text)).toBe(true);
    expect(isOfKind('e2e', 'src/modules/tickets/a.test.ts', text)).toBe(false);
    expect(isOfKind('quick', 'src/modules/tickets/a.test.ts', text)).toBe(true);
  });

  it('the PostgreSQL leg of .ci/run is the kind server', () => {
    expect(readFileSync(join(root, '.ci/run'), 'utf8')).toContain('npm run test:server');
  });
});
