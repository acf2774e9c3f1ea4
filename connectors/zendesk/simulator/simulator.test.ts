import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basic, startTestAccount, type TestAccount } from './harness.ts';

let account: TestAccount;

beforeEach(async () => {
  account = await startTestAccount();
});

afterEach(async () => {
  await account.stop();
});

const second = 1000;
const minute = 60 * second;

const rating = { user_field: { type: 'integer', key: 'nps_latest_rating', title: 'Rating' } };
const date = { user_field: { type: 'date', key: 'nps_latest_date', title: 'Date' } };
const category = {
  user_field: {
    type: 'dropdown',
    key: 'nps_latest_category',
    title: 'Category',
    custom_field_options: [
      { name: 'Promoter', value: 'nps_promoter' },
      { name: 'Detractor', value: 'nps_detractor' },
    ],
  },
};

async function token(changes: Record<string, unknown> = {}) {
  const { ZENDESK_CLIENT_ID: client_id, ZENDESK_CLIENT_SECRET: client_secret } = account.simulator.environment;
  const body = { grant_type: 'client_credentials', client_id, client_secret, scope: 'read write', ...changes };
  return account.call('POST', '/oauth/tokens', body);
}

async function makeFields(...fields: readonly unknown[]): Promise<void> {
  for (const field of fields) expect((await account.call('POST', '/api/v2/user_fields', field)).status).toBe(201);
}

const customer = (email = 'kim@customer.example') => account.simulator.addContact({ name: 'Kim', email });

const write = (id: string, values: Record<string, unknown>) =>
  account.call('PUT', `/api/v2/users/${id}`, { user: { user_fields: values } });

describe('authentication', () => {
  it('refuses whoever proves nothing', async () => {
    for (const authorization of ['', 'Bearer made-up', 'Digest x', basic(account.simulator.apiToken.email, 'wrong')]) {
      expect((await account.call('GET', '/api/v2/user_fields', undefined, authorization)).status).toBe(401);
    }
  });

  it('issues a token that lives as long as it says', async () => {
    const { status, body } = await token({ expires_in: 300 });
    expect([status, body.token_type, body.expires_in]).toEqual([201, 'bearer', 300]);
    const bearer = `Bearer ${body.access_token}`;
    account.pass(299 * second);
    expect((await account.call('GET', '/api/v2/user_fields', undefined, bearer)).status).toBe(200);
    account.pass(second);
    expect((await account.call('GET', '/api/v2/user_fields', undefined, bearer)).status).toBe(401);
  });

  it('refuses a wrong client secret, another grant and an impossible life', async () => {
    expect((await token({ client_secret: 'wrong' })).status).toBe(401);
    expect((await token({ grant_type: 'password' })).status).toBe(400);
    expect((await token({ expires_in: 299 })).status).toBe(400);
  });

  it('gives a token with narrow or made-up scopes, which is then forbidden', async () => {
    const narrow = `Bearer ${(await token({ scope: 'users:read' })).body.access_token}`;
    expect((await account.call('GET', `/api/v2/users/${customer()}`, undefined, narrow)).status).toBe(200);
    expect((await account.call('GET', '/api/v2/user_fields', undefined, narrow)).status).toBe(403);
    const invented = `Bearer ${(await token({ scope: 'everything' })).body.access_token}`;
    expect((await account.call('GET', '/api/v2/user_fields', undefined, invented)).status).toBe(403);
  });

  it('lets agents read fields, but not make them', async () => {
    account.simulator.addContact({ name: 'Ann', email: 'ann@helpdesk.example', staff: true });
    const agent = basic('ann@helpdesk.example', account.simulator.apiToken.token);
    expect((await account.call('GET', '/api/v2/user_fields', undefined, agent)).status).toBe(200);
    expect((await account.call('POST', '/api/v2/user_fields', rating, agent)).status).toBe(403);
    expect((await account.call('GET', '/api/v2/webhooks', undefined, agent)).status).toBe(403);
  });
});

describe('routes', () => {
  it('knows no others, nor parameters and attributes that are not its own', async () => {
    expect((await account.call('GET', '/api/v2/organizations')).status).toBe(404);
    expect((await account.call('GET', '/api/v1/user_fields')).status).toBe(404);
    expect((await account.call('GET', '/api/v2/user_fields?pagesize=5')).status).toBe(400);
    expect((await account.call('PUT', `/api/v2/users/${customer()}`, { user: { nickname: 'K' } })).status).toBe(400);
    expect((await account.call('POST', '/api/v2/user_fields', { ...rating, more: 1 })).status).toBe(400);
  });

  it('answers with or without .json, also below a path', async () => {
    const id = customer();
    expect((await account.call('GET', `/api/v2/users/${id}.json`)).status).toBe(200);
    const parent = createServer(express().use('/sandbox/zendesk', account.simulator.handler)).listen(0);
    const address = `http://127.0.0.1:${(parent.address() as AddressInfo).port}/sandbox/zendesk/api/v2/users/${id}`;
    const { email, token: secret } = account.simulator.apiToken;
    expect((await fetch(address, { headers: { authorization: basic(email, secret) } })).status).toBe(200);
    parent.close();
  });

  it('keeps every request with its answer', async () => {
    await account.call('POST', '/api/v2/user_fields?x=1', rating);
    const query = { method: 'POST', path: '/api/v2/user_fields', query: 'x=1', body: rating, status: 400 };
    expect(account.simulator.requests).toEqual([{ ...query, at: account.now() }]);
  });
});

describe('user fields', () => {
  it('refuses a key twice in the words of Zendesk', async () => {
    await makeFields(rating);
    const { status, body } = await account.call('POST', '/api/v2/user_fields', rating);
    expect([status, body]).toEqual([
      422,
      {
        error: 'RecordInvalid',
        description: 'Record validation errors',
        details: { key: [{ description: 'Key: has already been taken', error: 'DuplicateValue' }] },
      },
    ]);
  });

  it.each([
    ['a type that there is not', { ...rating.user_field, type: 'number' }],
    ['a key of digits', { ...rating.user_field, key: '123' }],
    ['a key with a dash', { ...rating.user_field, key: 'nps-rating' }],
    ['no title', { ...rating.user_field, title: '' }],
    ['a dropdown without options', { ...category.user_field, custom_field_options: [] }],
    ['options of an integer', { ...rating.user_field, custom_field_options: [{ name: 'A', value: 'a' }] }],
  ])('refuses %s', async (_what, field) => {
    expect((await account.call('POST', '/api/v2/user_fields', { user_field: field })).status).toBe(422);
  });

  it('adds one option alone, and loses those that a longer list forgets', async () => {
    await makeFields(category);
    const id = customer();
    await write(id, { nps_latest_category: 'nps_promoter' });
    const passive = { custom_field_option: { name: 'Passive', value: 'nps_passive' } };
    const path = '/api/v2/user_fields/nps_latest_category';
    expect((await account.call('POST', `${path}/options`, passive)).status).toBe(201);
    expect((await account.call('POST', `${path}/options`, passive)).status).toBe(200);
    expect(account.simulator.record(id)).toEqual({ nps_latest_category: 'nps_promoter' });
    const shorter = { user_field: { custom_field_options: [passive.custom_field_option] } };
    expect((await account.call('PUT', path, shorter)).status).toBe(200);
    expect(account.simulator.record(id)).toEqual({ nps_latest_category: null });
    expect((await account.call('PUT', path, { user_field: { type: 'text' } })).status).toBe(422);
  });

  it('lists by cursor, a page at a time, or at once', async () => {
    await makeFields(rating, date, category);
    const first = await account.call('GET', '/api/v2/user_fields.json?page[size]=2');
    expect(first.body.user_fields).toHaveLength(2);
    expect(first.body.meta).toMatchObject({ has_more: true });
    const { next } = first.body.links as { next: string };
    const rest = await account.call('GET', next.slice(account.baseUrl.length));
    expect(rest.body).toMatchObject({
      user_fields: [{ key: 'nps_latest_category', type: 'dropdown' }],
      meta: { has_more: false },
    });
    expect((await account.call('GET', '/api/v2/user_fields')).body).toMatchObject({ count: 3, next_page: null });
    expect((await account.call('GET', '/api/v2/user_fields?page[size]=101')).status).toBe(400);
  });
});

describe('limits', () => {
  it('takes one update a second, and five a minute of one user', async () => {
    await makeFields(rating);
    const [kim, lee] = [customer(), customer('lee@customer.example')];
    expect((await write(kim, { nps_latest_rating: 0 })).status).toBe(200);
    const tooSoon = await write(lee, { nps_latest_rating: 1 });
    expect([tooSoon.status, tooSoon.headers.get('retry-after')]).toEqual([429, '1']);
    for (let update = 1; update < 5; update += 1) {
      account.pass(second);
      expect((await write(kim, { nps_latest_rating: update })).status).toBe(200);
    }
    account.pass(second);
    const tooMany = await write(kim, { nps_latest_rating: 5 });
    expect([tooMany.status, tooMany.headers.get('retry-after')]).toEqual([429, '55']);
    expect(account.simulator.record(kim)).toEqual({ nps_latest_rating: 4 });
    expect((await write(lee, { nps_latest_rating: 1 })).status).toBe(200);
  });

  it('takes ten exports a minute', async () => {
    const path = '/api/v2/incremental/tickets/cursor?start_time=0';
    for (let call = 0; call < 10; call += 1) expect((await account.call('GET', path)).status).toBe(200);
    expect((await account.call('GET', path)).status).toBe(429);
    account.pass(minute);
    expect((await account.call('GET', path)).status).toBe(200);
  });

  it('takes four hundred calls a minute, and tells how many are left', async () => {
    const first = await account.call('GET', '/api/v2/user_fields');
    expect(first.headers.get('x-rate-limit')).toBe('400');
    expect(first.headers.get('x-rate-limit-remaining')).toBe('399');
    expect(first.headers.get('ratelimit-reset')).toBe('60');
    for (let call = 1; call < 400; call += 1) await account.call('GET', '/api/v2/user_fields');
    const refused = await account.call('GET', '/api/v2/user_fields');
    expect([refused.status, refused.headers.get('x-rate-limit-remaining')]).toEqual([429, '0']);
    account.pass(minute);
    expect((await account.call('GET', '/api/v2/user_fields')).status).toBe(200);
  });
});

describe('disturbances', () => {
  const read = () => account.call('GET', '/api/v2/user_fields');

  it('serves them in turn, then is well again', async () => {
    account.simulator.disturb({ kind: 'throttle', times: 1, retryAfterSeconds: 7 });
    account.simulator.disturb({ kind: 'fail', times: 1 });
    account.simulator.disturb({ kind: 'drop', times: 1 });
    account.simulator.disturb({ kind: 'revoke', path: '/user_fields' });
    const throttled = await read();
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '7']);
    const failed = await read();
    expect([failed.status, failed.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
    await expect(read()).rejects.toThrow('fetch failed');
    expect((await read()).status).toBe(401);
    expect((await account.call('GET', `/api/v2/users/${customer()}`)).status).toBe(200);
    account.simulator.calm();
    expect((await read()).status).toBe(200);
  });

  it('never answers while it hangs', async () => {
    account.simulator.disturb({ kind: 'hang', times: 1 });
    const waiting = fetch(`${account.baseUrl}/api/v2/user_fields`, { signal: AbortSignal.timeout(100) });
    await expect(waiting).rejects.toThrow('timeout');
    expect(account.simulator.requests).toMatchObject([{ status: 0 }]);
  });

  it('fails every write that holds a poisoned user', async () => {
    await makeFields(rating);
    const [kim, lee] = [customer(), customer('lee@customer.example')];
    account.simulator.disturb({ kind: 'poison', recordId: kim });
    expect((await write(kim, { nps_latest_rating: 1 })).status).toBe(500);
    expect((await write(lee, { nps_latest_rating: 1 })).status).toBe(200);
    const users = [kim, lee].map((id) => ({ id: Number(id), user_fields: { nps_latest_rating: 2 } }));
    expect((await account.call('PUT', '/api/v2/users/update_many', { users })).status).toBe(500);
    const bulk = await account.call('PUT', `/api/v2/users/update_many?ids=${lee},${kim}`, { user: users[0] });
    expect(bulk.status).toBe(500);
    expect((await account.call('GET', `/api/v2/users/${kim}`)).status).toBe(200);
  });
});
