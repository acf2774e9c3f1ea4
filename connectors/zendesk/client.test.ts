import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import type { RateLimiter } from '../../src/platform/rate-limiter.ts';
import { now, witnessingTools } from '../../test/contract/tools.ts';
import { type Call, createZendeskClient } from './client.ts';
import { openLocalVendor, type Reaction } from './fixtures/local-vendor.ts';
import type { ZendeskSettings } from './settings.ts';

const anything = z.object({ user: z.object({ id: z.number() }) });
const reading: Call<z.infer<typeof anything>> = { lane: 'read', method: 'GET', path: '/users/7', answer: anything };
const write: typeof reading = { ...reading, lane: 'write', method: 'PUT', body: { user: { user_fields: {} } } };
const user: Reaction = { status: 200, body: { user: { id: 7 } } };
const html = { 'content-type': 'text/html' };

const oauth: ZendeskSettings = { ZENDESK_CLIENT_ID: 'scoreback', ZENDESK_CLIENT_SECRET: 'made-up-secret' };
const apiToken: ZendeskSettings = { ZENDESK_EMAIL: 'admin@example.com', ZENDESK_API_TOKEN: 'made-up-token' };

/** A client of a server that reacts like this, and what it asked. */
async function connected(
  reactions: Reaction[],
  { settings = apiToken, prefix = '', timeout = 20_000, credentials = {}, clock = () => now } = {},
) {
  const vendor = await openLocalVendor(reactions);
  const observed: Parameters<RateLimiter['observe']>[0][] = [];
  const tools = witnessingTools(credentials);
  tools.clock = clock;
  tools.rateLimiter.observe = (limits) => observed.push(limits);
  const client = createZendeskClient({ ...settings, ZENDESK_BASE_URL: `${vendor.url}${prefix}` }, tools, { timeout });
  return Object.assign(vendor, { client, tools, observed });
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (result) => expect.unreachable(`it resolved with ${JSON.stringify(result)}`),
    (failure: unknown) => failure,
  );
}

describe('what node-zendesk would take for a success', () => {
  it('is throttling, when the answer carries Retry-After', async () => {
    const throttled: Reaction = { status: 429, body: { error: 'TooManyRequests' }, headers: { 'retry-after': '93' } };
    await using vendor = await connected([throttled]);
    const failure = await failureOf(vendor.client.call(write));
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ retryAfter: 93_000, outcome: 'not_done', concerns: 'connection' });
  });

  it.each([502, 504, 520])('is a server failure, when the status is %i', async (status) => {
    await using vendor = await connected([{ status, body: '<html>Bad gateway</html>', headers: html }]);
    const failure = await failureOf(vendor.client.call(write));
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ outcome: 'unknown', serverFailed: true });
  });

  it('is a page for people, when a proxy or a maintenance answers 200', async () => {
    await using vendor = await connected([{ status: 200, body: '<html>Back soon</html>', headers: html }]);
    const failure = await failureOf(vendor.client.call(write));
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ outcome: 'unknown', concerns: 'connection' });
  });

  it('is a success, when a 200 happens to carry Retry-After', async () => {
    await using vendor = await connected([{ ...user, headers: { 'retry-after': '1' } }]);
    expect(await vendor.client.call(reading)).toEqual({ user: { id: 7 } });
  });

  it('is a success, when a 204 has no body', async () => {
    await using vendor = await connected([{ status: 204 }]);
    expect(await vendor.client.call({ ...write, answer: z.undefined() })).toBeUndefined();
  });
});

describe('a line that fails', () => {
  it('leaves the outcome of a write unknown when nothing comes in time', async () => {
    await using vendor = await connected(['silence', 'silence'], { timeout: 60 });
    const failure = await failureOf(vendor.client.call(write));
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ outcome: 'unknown', serverFailed: false });
    expect(await failureOf(vendor.client.call(reading))).toMatchObject({ outcome: 'not_done' });
  });

  it('leaves the outcome of a write unknown when it drops', async () => {
    await using vendor = await connected(['dropped_line']);
    expect(await failureOf(vendor.client.call(write))).toMatchObject({ outcome: 'unknown' });
  });
});

describe('an absence', () => {
  it('is nothing found', async () => {
    await using vendor = await connected([{ status: 404, body: { error: 'RecordNotFound' } }]);
    expect(await vendor.client.find(reading)).toBeUndefined();
  });

  it('of a whole account is not taken for one of a person', async () => {
    await using vendor = await connected([{ status: 404, body: '<html>No help desk here</html>', headers: html }]);
    expect(await failureOf(vendor.client.find(reading))).toBeInstanceOf(UpstreamRefused);
  });
});

describe('a refusal', () => {
  it('names the fields and no words of anybody', async () => {
    const details = { nps_latest_comment: [{ description: 'Comment: "my secret" is invalid', error: 'InvalidValue' }] };
    const body = { error: 'RecordInvalid', description: 'Record validation errors', details };
    await using vendor = await connected([{ status: 422, body }]);
    const failure = await failureOf(vendor.client.call(write));
    expect(failure).toMatchObject({ concerns: 'request', repairable: true });
    const said = 'PUT /users/{id} RecordInvalid (nps_latest_comment InvalidValue)';
    expect((failure as UpstreamRefused).why).toEqual({
      code: 'zendesk.fields_refused',
      params: { system: 'Zendesk', status: 422, said },
    });
  });

  it('of a full queue of jobs lets other calls go on', async () => {
    await using vendor = await connected([{ status: 429, body: { error: 'TooManyJobs', description: 'Too many' } }]);
    expect(await failureOf(vendor.client.call(write))).toMatchObject({ concerns: 'request', outcome: 'not_done' });
  });

  it('is what a redirection is: our credentials do not follow it', async () => {
    await using vendor = await connected([{ status: 301, headers: { location: '/elsewhere' } }, user]);
    const failure = await failureOf(vendor.client.call(reading));
    expect(failure).toBeInstanceOf(UpstreamRefused);
    expect(failure).toMatchObject({ concerns: 'connection' });
    expect(vendor.requests).toHaveLength(1);
  });
});

describe('what goes out', () => {
  it('keeps a path in the base address, and signs with the API token', async () => {
    await using vendor = await connected([user], { prefix: '/sandbox/zendesk' });
    await vendor.client.call({ ...reading, query: { ids: '1,2', query: 'email:"a@example.com"' } });
    const [request] = vendor.requests;
    expect(request?.url).toBe('/sandbox/zendesk/api/v2/users/7?ids=1%2C2&query=email%3A%22a%40example.com%22');
    expect(request?.authorization).toBe(`Basic ${btoa('admin@example.com/token:made-up-token')}`);
  });

  it('follows the limit that the headers tell', async () => {
    const headers = { 'x-rate-limit': '400', 'x-rate-limit-remaining': '37' };
    await using vendor = await connected([{ ...user, headers }]);
    await vendor.client.call(reading);
    expect(vendor.observed).toEqual([{ remaining: 37, calls: 400, window: 60_000 }]);
  });
});

describe('the access token', () => {
  const granted = (value: string, seconds: number | null = 1800): Reaction => ({
    status: 201,
    body: { access_token: value, token_type: 'bearer', scope: 'read write', expires_in: seconds },
  });
  const refused: Reaction = { status: 401, body: { error: "Couldn't authenticate you" } };
  const authorizations = (vendor: Awaited<ReturnType<typeof connected>>) =>
    vendor.requests.map(({ url, authorization }) => (url === '/oauth/tokens' ? 'asked' : authorization));

  it('is asked for once, kept, and used again', async () => {
    await using vendor = await connected([granted('first'), user, user], { settings: oauth });
    await vendor.client.call(reading);
    await vendor.client.call(reading);
    expect(authorizations(vendor)).toEqual(['asked', 'Bearer first', 'Bearer first']);
    expect(vendor.requests[0]?.body).toEqual({
      grant_type: 'client_credentials',
      client_id: 'scoreback',
      client_secret: 'made-up-secret',
      scope: 'read write',
    });
  });

  it('is renewed when four fifths of its life are over', async () => {
    let minutes = 0;
    const clock = () => new Date(now.getTime() + minutes * 60_000);
    await using vendor = await connected([granted('first'), user, user, granted('second'), user], {
      settings: oauth,
      clock,
    });
    for (minutes of [0, 23, 24]) await vendor.client.call(reading);
    expect(authorizations(vendor)).toEqual(['asked', 'Bearer first', 'Bearer first', 'asked', 'Bearer second']);
  });

  it('lives until it is refused, when it has no end', async () => {
    let years = 0;
    const clock = () => new Date(now.getTime() + years * 365 * 86_400_000);
    await using vendor = await connected([granted('first', null), user, user], { settings: oauth, clock });
    for (years of [0, 2]) await vendor.client.call(reading);
    expect(authorizations(vendor)).toEqual(['asked', 'Bearer first', 'Bearer first']);
  });

  it('is renewed once when it is refused, and the call repeated', async () => {
    const credentials = { token: JSON.stringify({ value: 'revoked' }) };
    await using vendor = await connected([refused, granted('second'), user], { settings: oauth, credentials });
    expect(await vendor.client.call(reading)).toEqual({ user: { id: 7 } });
    expect(authorizations(vendor)).toEqual(['Bearer revoked', 'asked', 'Bearer second']);
  });

  it('stops the connection when the renewed one is refused as well', async () => {
    const credentials = { token: JSON.stringify({ value: 'revoked' }) };
    await using vendor = await connected([refused, granted('second'), refused], { settings: oauth, credentials });
    expect(await failureOf(vendor.client.call(reading))).toMatchObject({
      code: 'upstream_refused',
      concerns: 'connection',
    });
    expect(vendor.requests).toHaveLength(3);
  });

  it('is taken from another process that was faster', async () => {
    const credentials = { token: JSON.stringify({ value: 'revoked' }) };
    await using vendor = await connected([user, refused, user], { settings: oauth, credentials });
    await vendor.client.call(reading);
    await vendor.tools.credentials.write('token', JSON.stringify({ value: 'theirs' }));
    await vendor.client.call(reading);
    expect(authorizations(vendor)).toEqual(['Bearer revoked', 'Bearer revoked', 'Bearer theirs']);
  });

  it('that is not given is for the operator', async () => {
    await using vendor = await connected([{ status: 401, body: { error: 'invalid_client' } }], { settings: oauth });
    const failure = await failureOf(vendor.client.call(reading));
    expect(failure).toMatchObject({ code: 'upstream_refused', concerns: 'connection' });
    expect((failure as UpstreamRefused).why).toMatchObject({
      code: 'zendesk.client_refused',
      params: { status: 401, settings: expect.arrayContaining(['ZENDESK_CLIENT_SECRET']) },
    });
  });
});
