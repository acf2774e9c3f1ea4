import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mutant, mutants } from './mutants.ts';

const root = join(import.meta.dirname, '..', '..');

/** Milliseconds. One that makes the tests go on for ever has been noticed as well. */
const longestRun = 300_000;

/** What became of the tests; `first` names the one that failed and says why. */
type Run = { result: 'passed' | 'failed' | 'not run'; first?: string };

type Report = {
  testResults: { assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[];
};

/** Makes one mistake after the other in a copy and runs the tests that have to notice it. @returns what went wrong */
function tryMutants(chosen: readonly Mutant[]): readonly string[] {
  const misplaced = chosen.filter(({ file, before }) => occurrences(join(root, file), before) !== 1);
  if (misplaced.length > 0) return misplaced.map(({ file, before }) => `${file} does not hold exactly once: ${before}`);
  const copy = copyOfSources();
  try {
    const tests = [...new Set(chosen.flatMap((mutant) => mutant.tests))];
    const { result, first = 'they could not be run' } = runTests(copy, tests);
    if (result !== 'passed') return [`The tests fail without any mutant: ${first}`];
    return chosen.flatMap((mutant) => tryOne(copy, mutant));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function tryOne(copy: string, { name, file, before, after, tests }: Mutant): readonly string[] {
  const path = join(copy, file);
  const sound = readFileSync(path, 'utf8');
  const began = Date.now();
  writeFileSync(
    path,
    sound.replace(before, () => after),
  );
  const { result } = runTests(copy, tests);
  writeFileSync(path, sound);
  const told = { failed: 'killed  ', passed: 'SURVIVED', 'not run': 'NOT RUN ' }[result];
  const seconds = Math.round((Date.now() - began) / 1000);
  process.stdout.write(`${told} ${String(seconds).padStart(3)} s  ${name} (${file})\n`);
  return result === 'failed' ? [] : [`${told.trim()}: ${name} (${tests.join(', ')})`];
}

/** Everything that is or could be committed, as it is now, beside the same packages. */
function copyOfSources(): string {
  const copy = mkdtempSync(join(tmpdir(), 'scoreback-mutants-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
  for (const file of files) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** A run in which no test failed, although the run did, has noticed nothing: the mutant cannot be loaded. */
function runTests(folder: string, tests: readonly string[]): Run {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const options = ['--maxWorkers=1', '--bail=1', '--reporter=json', `--outputFile=${report}`];
  const { error, status } = spawnSync(process.execPath, [vitest, 'run', ...tests, ...options], {
    cwd: folder,
    stdio: 'ignore',
    timeout: longestRun,
  });
  if (error) return { result: 'failed', first: error.message };
  if (status === 0) return { result: 'passed' };
  const { testResults }: Report = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { testResults: [] };
  const failed = testResults.flatMap((file) => file.assertionResults).find((test) => test.status === 'failed');
  if (!failed) return { result: 'not run' };
  return { result: 'failed', first: `${failed.fullName}\n${failed.failureMessages.join('\n')}` };
}

function occurrences(path: string, text: string): number {
  return existsSync(path) ? readFileSync(path, 'utf8').split(text).length - 1 : 0;
}

const requested = process.argv.slice(2);
const chosen = mutants.filter(({ file }) => requested.length === 0 || requested.some((part) => file.includes(part)));
const wrong = chosen.length === 0 ? [`No mutant is in ${requested.join(', ')}.`] : tryMutants(chosen);
for (const sentence of wrong) process.stderr.write(`${sentence}\n`);
if (wrong.length > 0) process.exitCode = 1;
else process.stdout.write(`All ${chosen.length} mutants were killed.\n`);
