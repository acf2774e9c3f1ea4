import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs this in a process of its own, as what it does to a process stays. Gives what it writes. */
function run(program: string): string {
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const imported = `import { releaseMemory, speedUpLoading } from ${url('./loading.ts')};`;
  const script = `${imported}\n${program.replaceAll(/url\('([^']*)'\)/gu, (_all, path: string) => url(path))}`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
}

test('what is imported fast is what Node would have imported', () => {
  const written = run(`
    const [slow] = await Promise.all([import('drizzle-orm')]);
    speedUpLoading();
    const { is, Table } = await import('drizzle-orm');
    const { pgTable, text, PgTable } = await import('drizzle-orm/pg-core');
    const tables = Object.values(await import(url('./tables.ts')));
    console.log(is === slow.is, is(pgTable('a', { b: text() }), PgTable), tables.filter((one) => is(one, Table)).length > 20);
  `);

  expect(written).toBe('true true true\n');
});

test('a file that is not there is named', () => {
  const written = run(`
    speedUpLoading();
    const failure = await import('./not-there.ts').catch((error) => error);
    console.log(failure.message.includes('src/not-there.ts'));
  `);

  expect(written).toBe('true\n');
});

test('memory that nothing needs is given back', () => {
  const written = run(`
    let big = Array.from({ length: 200_000 }, (_, n) => ({ n }));
    const before = process.memoryUsage().heapTotal;
    const known = new WeakRef(big);
    big = undefined;
    await new Promise((resolve) => setTimeout(resolve, 10));
    releaseMemory();
    console.log(known.deref() === undefined, process.memoryUsage().heapTotal < before);
  `);

  expect(written).toBe('true true\n');
});
