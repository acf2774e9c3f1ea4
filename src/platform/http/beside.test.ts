import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { besideRoutes } from './beside.ts';

const app = express();
const beside = {
  handler: (_: unknown, response: ServerResponse) => response.end('inbox'),
  vendors: new Set(['hubspot']),
};
const noCaller = { identify: async () => undefined, opensSetup: async () => false, isOurs: () => false };
const guarded = { publicUrl: 'https://feedback.example.com', access: noCaller };
app.use('/sandbox', besideRoutes({ ...beside, isExposed: false }, guarded));
const server = createServer(app);

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => server.close());

async function open(host: string, headers: Readonly<Record<string, string>> = {}) {
  const { port } = server.address() as AddressInfo;
  const sent = request({
    port,
    host: '127.0.0.1',
    path: '/sandbox/inbox/emails.json',
    headers: { host, ...headers },
  }).end();
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'feedback.example.com'])('lets %s in', async (host) => {
  const { status, headers } = await open(host);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "frame-ancestors 'self'",
  });
});

test.each(['evil.example', 'evil.example:3000', 'localhost.evil.example', '127.0.0.1.evil.example', 'a b'])(
  'keeps out a page that reached us as %s',
  async (host) => {
    expect((await open(host)).status).toBe(421);
  },
);

test.each([
  ['Forwarded', 'for=203.0.113.9;host=feedback.example.com'],
  ['X-Forwarded-For', '203.0.113.9'],
  ['X-Forwarded-Host', 'feedback.example.com'],
  ['X-Real-IP', '203.0.113.9'],
  ['Via', '1.1 proxy.example.com'],
  ['CF-Connecting-IP', '203.0.113.9'],
])(
  'keeps out a stranger whom a proxy on this machine hands on with %s, whatever it writes as host',
  async (name, value) => {
    for (const host of ['localhost:3000', 'feedback.example.com']) {
      const { status, body } = await open(host, { [name]: value });
      expect([status, body.includes('inbox')]).toEqual([401, false]);
    }
  },
);
