import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { besideRoutes } from './beside.ts';

const app = express();
const beside = { handler: (_: unknown, response: ServerResponse) => response.end('inbox'), vendors: new Set<string>() };
const nobody = { identify: async () => undefined, opensSetup: async () => false, isOurs: () => false };
const guarded = { publicUrl: 'https://feedback.example.com', access: nobody };
app.use('/sandbox', besideRoutes({ ...beside, isExposed: false }, guarded));
const server = createServer(app);

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => server.close());

async function open(host: string) {
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, host: '127.0.0.1', path: '/sandbox/inbox/letters.json', headers: { host } }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return { status: response.statusCode, headers: response.headers };
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
