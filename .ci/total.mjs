// Adds up vitest's JSON reports of the legs, and the legs that have none: <folder> <leg>=passed|failed …
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...legs] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const leg of legs) {
  const [name, result] = leg.split('=');
  const path = join(folder, `${name}.json`);
  const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  passed += report?.numPassedTests ?? (result === 'passed' ? 1 : 0);
  failed += report?.numFailedTests || (result === 'failed' ? 1 : 0);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
