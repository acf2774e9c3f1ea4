import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkTestNames, renewTestNames } from './test-names.ts';

const root = join(import.meta.dirname, '..', '..');

/** The test that holds each golden file, or folder of them. */
const homes: Readonly<Record<string, string>> = {
  emails: 'test/golden/emails.test.ts',
  'log-codes': 'test/golden/log-codes.test.ts',
  openapi: 'test/api/description.test.ts',
  pages: 'test/golden/pages.test.ts',
  records: 'test/journey/main-job.test.ts',
  schema: 'test/golden/schema.test.ts',
};

/** The names of all tests take a while to gather, so the suite does not look at them. */
const testNames = 'tests';

/** Renews golden files, all or those that are named; with `--check` it compares them only. */
function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean', default: false } },
  });
  const known = [...Object.keys(homes), testNames];
  const requested = positionals.length > 0 ? positionals : known;
  const unknown = requested.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no golden ${unknown.join(', ')}, only ${known.join(', ')}.`);
  if (process.env.CI && !values.check) throw new Error('Golden files are renewed by people, not where CI is set.');

  const files = [...new Set(requested.flatMap((name) => homes[name] ?? []))];
  const arranged = files.length === 0 || runTests(files, values.check ? [] : ['--update']);
  const named = !requested.includes(testNames) || (values.check ? checkTestNames(root) : renewTestNames(root));
  if (!(arranged && named)) process.exitCode = 1;
}

function runTests(files: readonly string[], more: readonly string[]): boolean {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...files, '--maxWorkers=1', ...more], {
    cwd: root,
    stdio: 'inherit',
  });
  return status === 0;
}

try {
  main();
} catch (failure) {
  process.stderr.write(`${(failure as Error).message}\n`);
  process.exitCode = 2;
}
