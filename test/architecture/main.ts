import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHouse } from '../house/files.ts';
import { cruiseProject } from './cruise.ts';
import { asDiagram, drawModules, replaceGenerated } from './drawing.ts';
import { listRepeatedExports } from './exports.ts';
import { listUnread, listViolations } from './findings.ts';
import { drawTables } from './tables.ts';
import { listReplacedWords } from './words.ts';

const root = join(import.meta.dirname, '..', '..');
const page = join(root, 'docs', 'architecture.md');

const result = await cruiseProject(root);
const shown = readFileSync(page, 'utf8');
const withModules = replaceGenerated(shown, 'modules', asDiagram(drawModules(result)));
const current = replaceGenerated(withModules, 'tables', await drawTables());

if (process.argv.includes('--draw')) {
  writeFileSync(page, current);
} else {
  const findings = [
    ...listUnread(result, readHouse()),
    ...listViolations(result),
    ...listReplacedWords(readHouse()),
    ...listRepeatedExports(readHouse()),
    ...(shown === current ? [] : ['the drawings in docs/architecture.md are out of date: run `npm run docs:modules`']),
  ];
  for (const finding of findings) console.error(`✖ ${finding}`);
  if (findings.length > 0) process.exitCode = 1;
  else console.log(`Imports follow the architecture rules (${result.modules.length} modules).`);
}
