import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readLocales } from '../../../config/locales.ts';
import { readFieldNames } from '../../../src/model/account-fields.ts';
import { composeProject, type ProjectOptions } from './project.ts';
import { findFaults } from './shape.ts';

const usage =
  'npm run hubspot:app -- --url https://feedback.example.com [--auth static|oauth] [--field nps_latest_rating=our_name]… [--out hubspot-app]';

function readOptions(): ProjectOptions & { out: string } {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      auth: { type: 'string', default: 'static' },
      field: { type: 'string', multiple: true, default: [] },
      out: { type: 'string', default: 'hubspot-app' },
    },
  });
  const { url, auth, field, out } = values;
  if (url === undefined) throw new Error('--url is missing: the address under which HubSpot reaches this service');
  if (auth !== 'static' && auth !== 'oauth') throw new Error('--auth is either static or oauth');
  return { url: url.replace(/\/+$/u, ''), auth, names: readFieldNames(field), texts: readLocales(), out };
}

function generate(): void {
  const { out, ...requests } = readOptions();
  const files = composeProject(requests);
  const faults = findFaults(files);
  if (faults.length > 0) throw new Error(`HubSpot would refuse this project:\n${faults.join('\n')}`);
  for (const { path, text } of files) {
    const target = join(out, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  process.stdout.write(`${files.length} files are in ${resolve(out)}. Next: cd there, then hs project upload.\n`);
}

try {
  generate();
} catch (problem) {
  process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n${usage}\n`);
  process.exitCode = 1;
}
