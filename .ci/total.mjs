// Adds up vitest's JSON reports of the legs, and the legs that have none: <folder> <leg>=passed|failed …
// Names what failed once more: a long output is often read from its end.
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
  if (result === 'failed') console.log(`FAILED ${name}`);
  for (const file of report?.testResults ?? []) {
    if (file.status === 'failed' && file.message) console.log(`  ${file.name}: ${firstLines(file.message)}`);
    for (const test of file.assertionResults) {
      if (test.status === 'failed') {
        console.log(`  ${file.name} > ${test.fullName}\n    ${firstLines(test.failureMessages.join('\n'))}`);
      }
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function firstLines(message) {
  return message.split('\n').slice(0, 12).join('\n    ');
}
