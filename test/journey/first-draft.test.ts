import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Service, startService } from '../../src/start.ts';
import { apiKey } from './api.ts';

const folder = mkdtempSync(join(tmpdir(), 'scoreback-draft-'));
let service: Service;

const start = async () => {
  service = await startService({
    DATA_DIR: folder,
    PORT: '0',
    SANDBOX: 'unconnected',
    LOG_LEVEL: 'error',
    API_KEY: apiKey,
  });
};

beforeAll(start);

afterAll(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const call = (method: string, path: string, body?: object) =>
  fetch(`${service.url}/api/surveys${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function listed() {
  const { items } = (await (await call('GET', '')).json()) as {
    items: { key: string; version: number; status: string; readOnly: boolean }[];
  };
  return items.map(({ key, version, status, readOnly }) => ({ key, version, status, readOnly }));
}

test('a new service has one draft, which was never published', async () => {
  expect(await listed()).toEqual([{ key: 'after-ticket', version: 0, status: 'draft', readOnly: false }]);
  const changed = await call('PATCH', '/after-ticket', { metric: 'csat', scale: 5 });
  expect(changed.status).toBe(200);
});

test('whoever took it away is not given it again', async () => {
  expect((await call('POST', '', { key: 'ours', metric: 'nps' })).status).toBe(201);
  expect((await call('DELETE', '/after-ticket')).status).toBe(204);
  await service.stop();
  await start();
  expect(await listed()).toEqual([{ key: 'ours', version: 0, status: 'draft', readOnly: false }]);
});
