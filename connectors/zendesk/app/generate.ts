import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { readLocales } from '../../../config/locales.ts';
import { readFieldNames } from '../../../src/model/account-fields.ts';
import { composePackage, type PackageOptions } from './package.ts';
import { findFaults } from './shape.ts';

const usage =
  'npm run zendesk:app -- --url https://feedback.example.com [--field nps_latest_rating=our_key]… [--out zendesk-app.zip]';

function readOptions(): PackageOptions & { out: string } {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      field: { type: 'string', multiple: true, default: [] },
      out: { type: 'string', default: 'zendesk-app.zip' },
    },
  });
  const { url, field, out } = values;
  if (url === undefined) throw new Error('--url is missing: the address under which Zendesk reaches this service');
  if (!/^https:\/\/[^/\s]+/u.test(url)) throw new Error('--url must begin with https://');
  return { url: url.replace(/\/+$/u, ''), names: readFieldNames(field), texts: readLocales(), out };
}

function generate(): void {
  const { out, ...requests } = readOptions();
  const files = composePackage(requests);
  const faults = findFaults(files);
  if (faults.length > 0) throw new Error(`Zendesk would refuse this app:\n${faults.join('\n')}`);
  writeFileSync(out, zipSync(Object.fromEntries(files.map(({ path, content }) => [path, content]))));
  process.stdout.write(
    `${files.length} files are in ${resolve(out)}. Next: upload it in Zendesk's Admin Center under Apps, and set there and\n` +
      `here, as ZENDESK_APP_SECRET, one secret that nobody knows, e.g. this new one: ${randomBytes(32).toString('hex')}\n`,
  );
}

try {
  generate();
} catch (problem) {
  process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n${usage}\n`);
  process.exitCode = 1;
}
