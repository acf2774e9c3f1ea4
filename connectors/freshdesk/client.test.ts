import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { accountFields } from '../../src/model/account-fields.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import type { RateLimiter } from '../../src/platform/rate-limiter.ts';
import { witnessingTools } from '../../test/contract/tools.ts';
import { type Call, createClient } from './client.ts';
import { createFieldNames } from './field-names.ts';

const named = z.object({ name: z.string() });
const reading: Call<z.infer<typeof named>> = { lane: 'read', method: 'GET', path: '/contacts/7', reads: named };
const write: typeof reading = { ...reading, lane: 'write', method: 'PUT', body: { custom_fields: {} } };

/** A client of a real server below a path. */
async function connected(answer: RequestListener, deadline = 20_000) {
  const asked: { url: string | undefined; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url, authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const observed: Parameters<RateLimiter['observe']>[0][] = [];
  const rateLimiter = {
    ...witnessingTools().rateLimiter,
    observe: (seen: (typeof observed)[0]) => void observed.push(seen),
  };
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sandbox/freshdesk`;
  return {
    client: createClient({
      log: witnessingTools().log,
      apiKey: 'made-up-api-key',
      baseUrl,
      rateLimiter,
      send: witnessingTools().send,
      names: createFieldNames(accountFields({})),
      deadline,
    }),
    baseUrl,
    asked,
    observed,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (result) => expect.unreachable(`it resolved with ${JSON.stringify(result)}`),
    (failure: unknown) => failure,
  );
}

it('asks below the path of its base address, with the key as the name, and follows the limits it is told', async () => {
  await using vendor = await connected((_request, response) => {
    const headers = { 'X-Ratelimit-Total': '400', 'X-Ratelimit-Remaining': '398' };
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end('{"name": "Ann"}');
  });
  const query = { email: 'ann+shop@example.com' };
  expect(await vendor.client.ask({ ...reading, query })).toEqual({ status: 200, value: { name: 'Ann' } });
  const authorization = `Basic ${Buffer.from('made-up-api-key:X').toString('base64')}`;
  const url = '/sandbox/freshdesk/api/v2/contacts/7?email=ann%2Bshop%40example.com';
  expect(vendor.asked).toEqual([{ url, authorization }]);
  expect(vendor.observed).toEqual([{ remaining: 398, calls: 400, window: 60_000 }]);
});

it.each([
  ['headers', (_request: unknown, _response: unknown) => {}],
  ['a whole body', ((_request, response) => void response.writeHead(200).write('{"na')) satisfies RequestListener],
] as const)(
  'waits for %s no longer than its deadline, and does not know whether a write happened',
  async (_what, answer) => {
    await using vendor = await connected(answer, 200);
    const failure = await failureOf(vendor.client.ask(write));
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ outcome: 'unknown', serverFailed: false });
  },
);

it('knows that nothing was done where nobody listens', async () => {
  const vendor = await connected(() => {});
  await vendor[Symbol.asyncDispose]();
  expect(await failureOf(vendor.client.ask(write))).toMatchObject({ name: 'UpstreamBusy', outcome: 'not_done' });
});

it('takes its key to no other address', async () => {
  await using elsewhere = await connected((_request, response) => void response.end('{"name": "Eve"}'));
  await using vendor = await connected((_request, response) => {
    response.writeHead(302, { location: `${elsewhere.baseUrl}/api/v2/contacts/7` }).end();
  });
  const failure = await failureOf(vendor.client.ask(reading));
  expect(failure).toBeInstanceOf(UpstreamRefused);
  expect(failure).toMatchObject({
    concerns: 'connection',
    why: { code: 'freshdesk.redirected', params: { setting: 'FRESHDESK_DOMAIN' } },
  });
  expect(elsewhere.asked).toEqual([]);
});

it('takes nobody for absent because of a page for people', async () => {
  await using vendor = await connected((_request, response) => {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<html>No such helpdesk</html>');
  });
  const failure = await failureOf(vendor.client.ask({ ...reading, tolerates: [404] }));
  expect(failure).toBeInstanceOf(UpstreamRefused);
});

it('quotes nothing of what it was answered but codes and fields', async () => {
  await using vendor = await connected((_request, response) => {
    const errors = [
      { field: 'custom_fields.nps_trend', code: 'invalid_value', message: 'ann@example.com is not it' },
      { field: 'Ann Quist', code: 'Ann Quist' },
    ];
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ errors }));
  });
  const failure = await failureOf(vendor.client.ask(write));
  expect(failure).toMatchObject({
    why: { code: 'freshdesk.fields_refused', params: { status: 400, said: 'nps_trend invalid_value' } },
    concerns: 'request',
  });
});
