import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Service, startService } from '../../src/start.ts';
import { readCookies, readLinkToken } from '../api/signing-in.ts';
import { apiKey } from './api.ts';
import { eventually } from './eventually.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'scoreback-open-'));
const email = 'owner@acme.example';
const password = 'correct horse battery';
let service: Service;

beforeAll(async () => {
  service = await startService({
    DATA_DIR: folder,
    HOST: '0.0.0.0',
    PORT: '0',
    SANDBOX: 'on',
    LOG_LEVEL: 'error',
    API_KEY: apiKey,
  });
});

afterAll(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${service.url}${path}`, { headers, redirect: 'manual' });

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${service.url}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: service.url, ...headers },
    body: JSON.stringify(body),
  });

const enter = (token: string) =>
  fetch(`${service.url}/sandbox/enter`, { method: 'POST', body: new URLSearchParams({ token }), redirect: 'manual' });

async function subjects(headers: Record<string, string>) {
  const answer = await open('/sandbox/inbox/emails.json', headers);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { to: string[]; links: { url: string }[] }[]).filter(({ to }) => to.includes(email));
}

const pages = ['/sandbox', '/sandbox/', '/sandbox/inbox/', '/sandbox/inbox/emails.json', '/sandbox/inbox/1'];
const controls = ['/sandbox/control/hubspot/requests', '/sandbox/records/hubspot/1', '/SANDBOX/inbox/emails.json'];
const evasions = ['/sandbox//inbox/emails.json', '/sandbox/hubspot/../inbox/emails.json', '/sandbox/%69nbox/'];

test.each([...pages, ...controls, ...evasions])('an open sandbox does not show %s to a stranger', async (path) => {
  expect((await open(path)).status).toBe(401);
});

test('an open sandbox takes nothing from a stranger', async () => {
  const answer = await fetch(`${service.url}/sandbox/control/hubspot/contacts`, { method: 'POST' });
  expect(answer.status).toBe(401);
});

test('an open sandbox lets in whoever pastes the setup link, until there is an account', async () => {
  const link = service.setupLink ?? '';
  expect((await enter('something else')).status).toBe(401);
  const entered = await enter(link);
  expect(entered.status).toBe(303);
  const cookie = readCookies(entered);
  expect(entered.headers.getSetCookie()[0]).toMatch(/Path=\/sandbox; HttpOnly; SameSite=Strict/u);
  expect((await open('/sandbox/', { cookie })).status).toBe(200);

  expect((await post('/setup', { email, password, name: 'Olivia', token: readLinkToken(link) })).status).toBe(201);
  expect((await open('/sandbox/', { cookie })).status).toBe(401);
  expect((await enter(link)).status).toBe(401);
});

test('an open sandbox shows the email that resets a password to the owner only', async () => {
  const signedIn = await post('/auth/sign-in/email', { email, password });
  const owner = { cookie: readCookies(signedIn) };
  const made = await post(
    '/keys',
    { name: 'All but the owner', scopes: ['admin'] },
    { authorization: `Bearer ${apiKey}` },
  );
  expect(made.status).toBe(201);
  const { key } = (await made.json()) as { key: string };
  expect((await post('/reset-link', { email })).ok).toBe(true);

  // Emails about the sign-in and the new key come as well.
  await eventually('the link to a new password has arrived', async () =>
    (await subjects(owner)).some(({ links }) => links.some(({ url }) => url.includes('/reset#token='))),
  );
  expect(await subjects({ authorization: `Bearer ${key}` })).toEqual([]);
  expect((await open('/sandbox/inbox/emails.json')).status).toBe(401);
});

test('an open sandbox takes a form of its own pages only', async () => {
  const signedIn = await post('/auth/sign-in/email', { email, password });
  const send = (origin: string) =>
    fetch(`${service.url}/sandbox/control/hubspot/calm`, {
      method: 'POST',
      headers: { cookie: readCookies(signedIn), origin },
    });
  expect((await send('https://evil.example')).status).toBe(403);
  expect((await send(service.url)).status).toBe(204);
});
