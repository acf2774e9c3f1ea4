import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const dockerfile = readFileSync(join(import.meta.dirname, '..', 'Dockerfile'), 'utf8');
const stages = dockerfile.split(/^FROM /mu).slice(1);

test('no package runs a program of its own while the image is built', () => {
  const installs = dockerfile.match(/^RUN npm ci.*$/gmu) ?? [];
  expect(installs).toHaveLength(2);
  expect(installs.filter((line) => !line.includes(' --ignore-scripts '))).toEqual([]);
});

test('the image runs as a user who may write to the data folder only', () => {
  const last = stages.at(-1) ?? '';
  expect(last).toMatch(/^USER node$/mu);
  expect(last.match(/chown .*/gu)).toEqual(['chown node:node /data']);
  expect(last).not.toContain('--chown');
});
