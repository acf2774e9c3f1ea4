import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorExamples } from './errors.ts';

const documentation = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
const [, section = ''] = /\n## Errors\n(.*?)\n## /su.exec(documentation) ?? [];
const rows = [...section.matchAll(/^\| `(?<code>[a-z_]+)` \| (?<statuses>[\d, ]+) \| (?<params>[^|]*) \|/gmu)];

it('every error that the API answers stands in docs/api.md, with its parameters', () => {
  const documented = rows.map(({ groups }) => [groups?.code, groups?.params?.match(/`\w+`/gu)?.sort() ?? []]);
  // Nobody calls an API that could not start.
  const { configuration_problem: _boot, ...answered } = errorExamples;
  const known = Object.entries(answered).map(([code, examples]) => {
    const names = (examples as readonly object[]).flatMap((params) => Object.keys(params));
    return [code, [...new Set(names)].map((name) => `\`${name}\``).sort()];
  });
  expect(documented).toEqual(known);
});
