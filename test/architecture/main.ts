import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHouse } from '../house/files.ts';
import { cruiseProject } from './cruise.ts';
import { drawModules, replaceDrawing } from './drawing.ts';
import { listRepeatedExports } from './exports.ts';
import { listUnread, listViolations } from './findings.ts';
import { listReplacedWords } from './words.ts';

const root = join(import.meta.dirname, '..', '..');
const page = join(root, 'docs', 'architecture.md');

const result = await cruiseProject(root);
const shown = readFileSync(page, 'utf8');
const current = replaceDrawing(shown, drawModules(result));

if (process.argv.includes('--draw')) {
  writeFileSync(page, current);
} else {
  const findings = [
    ...listUnread(result, readHouse()),
    ...listViolations(result),
    ...listReplacedWords(readHouse()),
    ...listRepeatedExports(readHouse()),
    ...(shown === current ? [] : ['docs/architecture.md shows older modules: run `npm run docs:modules`']),
  ];
  for (const finding of findings) console.error(`✖ ${finding}`);
  if (findings.length > 0) process.exitCode = 1;
  else console.log(`Imports follow the architecture rules (${result.modules.length} modules).`);
}
