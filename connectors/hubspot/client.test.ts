import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import type { RateLimiter } from '../../src/platform/rate-limiter.ts';
import { now, witnessingTools } from '../../test/contract/tools.ts';
import { type Call, createClient, createTransport } from './client.ts';
import { fault } from './fixtures/answers.ts';
import { requestGrant } from './grants.ts';
import { fixedToken } from './token.ts';

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A vendor on a port of its own, because time-outs and dropped lines are real there. */
async function openVendor(answering: Answering, { deadline = 2000, prefix = '' } = {}) {
  const requests: { method?: string; url?: string; authorization?: string }[] = [];
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    requests.push({ ...(method && { method }), ...(url && { url }), authorization: `${headers.authorization}` });
    answering(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  closers.push(close);

  const observed: Parameters<RateLimiter['observe']>[0][] = [];
  const { clock, log, rateLimiter, send } = witnessingTools();
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createClient({
    token: fixedToken('made-up-access-token'),
    baseUrl: `${origin}${prefix}`,
    rateLimiter: { ...rateLimiter, observe: (limits) => observed.push(limits) },
    send,
    clock,
    log,
    deadline,
  });
  return { client, origin, requests, observed, close };
}

const reading: Call<unknown> = {
  lane: 'read',
  method: 'GET',
  path: '/crm/objects/2026-03/contacts/1',
  reads: z.object({}),
};
const write: Call<unknown> = { ...reading, lane: 'write', method: 'PATCH', body: { properties: {} } };

const sends =
  (status: number, body: string | object = {}, headers: Record<string, string> = {}): Answering =>
  (_, response) =>
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable(),
    (failure: unknown) => failure,
  );

describe("what HubSpot's SDK would let pass", () => {
  it.each([400, 401, 403, 404, 409, 423, 429, 477, 500, 502, 521, 526])(
    'a %i is no success, and is tried once',
    async (status) => {
      const { client, requests } = await openVendor(sends(status, '<html>no</html>'));
      const failure = await failureOf(client.ask(reading));
      expect(failure).toBeInstanceOf(status >= 420 ? UpstreamBusy : UpstreamRefused);
      expect(requests).toHaveLength(1);
    },
  );

  it('a half-done batch is no success unless the call can read one', async () => {
    const { client } = await openVendor(sends(207, { results: [], errors: [] }));
    expect(await failureOf(client.ask(write))).toMatchObject({ concerns: 'request' });
    expect(await client.ask({ ...write, tolerates: [207] })).toMatchObject({ status: 207, value: {} });
  });

  it('a server that never answers is given up at the deadline', async () => {
    const { client } = await openVendor(() => {}, { deadline: 50 });
    expect(await failureOf(client.ask(write))).toMatchObject({ code: 'upstream_busy', outcome: 'unknown' });
    expect(await failureOf(client.ask(reading))).toMatchObject({ code: 'upstream_busy', outcome: 'not_done' });
  });

  it('a body that never ends is given up at the same deadline', async () => {
    const stalls: Answering = (_, response) => response.writeHead(200).write('{"id":');
    const { client } = await openVendor(stalls, { deadline: 50 });
    expect(await failureOf(client.ask(write))).toMatchObject({ code: 'upstream_busy', outcome: 'unknown' });
  });

  it('a line that drops leaves the outcome of a write unknown, a port that refuses does not', async () => {
    const { client, close } = await openVendor((_, response) => response.destroy());
    expect(await failureOf(client.ask(write))).toMatchObject({ outcome: 'unknown', serverFailed: false });
    close();
    const refused = await failureOf(client.ask(write));
    expect(refused).toMatchObject({ code: 'upstream_busy', outcome: 'not_done' });
    expect(`${refused}`).toContain('ECONNREFUSED');
  });
});

it('keeps the path of its base address in front of every call, and its token to itself', async () => {
  const { client, requests } = await openVendor(sends(200), { prefix: '/sandbox/hubspot' });
  await client.ask({ ...reading, query: { properties: 'email,firstname' } });
  expect(requests).toEqual([
    {
      method: 'GET',
      url: '/sandbox/hubspot/crm/objects/2026-03/contacts/1?properties=email%2Cfirstname',
      authorization: 'Bearer made-up-access-token',
    },
  ]);
});

describe('limits', () => {
  it('tells the pace what the headers say, of failures too', async () => {
    const headers = {
      'x-hubspot-ratelimit-remaining': '12',
      'x-hubspot-ratelimit-max': '190',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
    };
    const { client, observed } = await openVendor(sends(404, {}, headers));
    await client.ask({ ...reading, tolerates: [404] });
    expect(observed).toEqual([{ remaining: 12, calls: 190, window: 10_000 }]);
  });

  it('says nothing to the pace without headers, as after a search', async () => {
    const { client, observed } = await openVendor(sends(200));
    await client.ask({ ...reading, lane: 'search' });
    expect(observed).toEqual([]);
  });

  const limit = (policyName: string | undefined, message: string) =>
    fault(429, 'RATE_LIMITS', message, { errorType: 'RATE_LIMIT', policyName }).body ?? {};

  it.each([
    ['ten seconds for the rolling limit', limit('TEN_SECONDLY_ROLLING', ''), {}, 10_000],
    ['a second for the search limit', limit(undefined, 'You have reached your secondly limit.'), {}, 1000],
    ['ten seconds for one it does not know', '<html>', {}, 10_000],
    ['as long as Retry-After says', limit('TEN_SECONDLY_ROLLING', ''), { 'retry-after': '3' }, 3000],
  ])('waits %s', async (_, body, headers, retryAfter) => {
    const { client } = await openVendor(sends(429, body, headers));
    expect(await failureOf(client.ask(write))).toMatchObject({ retryAfter, outcome: 'not_done' });
  });

  it("waits for the daily limit until midnight in the account's time zone, an hour while that is unknown", async () => {
    const { client } = await openVendor(sends(429, limit('DAILY', 'You have reached your daily limit.')));
    expect(await failureOf(client.ask(reading))).toMatchObject({ retryAfter: 3_600_000 });
    client.learnTimeZone('Asia/Tokyo');
    expect(now.toISOString()).toBe('2026-11-22T10:00:00.000Z');
    expect(await failureOf(client.ask(reading))).toMatchObject({
      retryAfter: 5 * 3_600_000,
      why: { code: 'hubspot.daily_limit', params: { until: '2026-11-22T15:00:00.000Z' } },
    });
  });
});

describe('refusals', () => {
  const invalid = 'Property values were not valid: ';
  const detail = [{ isValid: false, error: 'PROPERTY_DOESNT_EXIST', name: 'nps_trend', message: 'no such property' }];

  it.each([
    [
      'beside the message',
      400,
      { errors: [{ code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: ['nps_trend'] } }] },
    ],
    ['inside the message', 400, { message: `${invalid}${JSON.stringify(detail)}` }],
  ])('a missing property named %s is repairable, and concerns everything', async (_, status, body) => {
    const { client } = await openVendor(sends(status, { category: 'VALIDATION_ERROR', ...body }));
    const failure = await failureOf(client.ask(write));
    expect(failure).toMatchObject({ concerns: 'connection', repairable: true });
    expect(`${failure}`).toContain('nps_trend');
  });

  it('a person who writes the words of an error causes none', async () => {
    const message = `"${invalid}${JSON.stringify(detail)}" is too long`;
    const { client } = await openVendor(sends(400, { category: 'VALIDATION_ERROR', message }));
    expect(await failureOf(client.ask(write))).toMatchObject({ concerns: 'request', repairable: false });
  });

  it('a missing scope is named', async () => {
    const context = { requiredGranularScopes: ['crm.schemas.contacts.write', 'a b <script>'] };
    const { client } = await openVendor(sends(403, { category: 'MISSING_SCOPES', errors: [{ context }] }));
    const failure = await failureOf(client.ask(write));
    expect(failure).toMatchObject({
      concerns: 'connection',
      why: {
        code: 'hubspot.scopes_missing',
        params: { status: 403, said: 'MISSING_SCOPES', scopes: ['crm.schemas.contacts.write'] },
      },
    });
  });
});

describe('tokens', () => {
  const application = { id: 'made-up-id', secret: 'made-up-secret' };
  const renewal = { grant_type: 'refresh_token', refresh_token: 'the old one' } as const;

  async function request(answer: Answering, grant: Parameters<typeof requestGrant>[2] = renewal) {
    const { origin, requests } = await openVendor(answer);
    const transport = createTransport({ baseUrl: origin, send: witnessingTools().send });
    return { requests, grant: requestGrant(transport, application, grant, () => now) };
  }

  it('are asked for with a form, and without a token', async () => {
    const seen: (string | undefined)[] = [];
    const { grant, requests } = await request((message, response) => {
      seen.push(message.headers['content-type'], message.headers.authorization);
      sends(200, { access_token: 'a', refresh_token: 'b', expires_in: 1800, hub_id: 33 })(message, response);
    });
    expect(await grant).toMatchObject({ account: '33' });
    expect(requests).toMatchObject([{ method: 'POST', url: '/oauth/2026-03/token' }]);
    expect(seen).toEqual(['application/x-www-form-urlencoded', undefined]);
  });

  it('that HubSpot does not give anew stay as they were', async () => {
    const { grant } = await request(sends(200, { access_token: 'a', expires_in: 1000 }));
    const renewAfter = new Date(now.getTime() + 800_000);
    expect((await grant).saved).toEqual({ accessToken: 'a', refreshToken: 'the old one', renewAfter });
  });

  it.each([
    ['the limit is reached', 429, {}, 'upstream_busy'],
    ['a proxy answers', 502, '<html>', 'upstream_busy'],
    ['there is no token in the answer', 200, {}, 'upstream_busy'],
    ['the consent was revoked', 400, { status: 'BAD_REFRESH_TOKEN', message: 'made-up words' }, 'upstream_refused'],
    ['the client is another one', 401, { error: 'invalid_client' }, 'upstream_refused'],
  ])('are not there when %s', async (_title, status, body, code) => {
    const { grant } = await request(sends(status, body));
    const failure = await failureOf(grant);
    expect(failure).toMatchObject({ code });
    expect(`${failure}`).not.toContain('made-up words');
  });
});
