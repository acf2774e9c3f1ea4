import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { mockHttp, openHttpMock } from './http-mock.ts';

const vendor = 'https://vendor.example';

describe('an HTTP mock in a test', () => {
  const http = mockHttp();

  it('answers in the order given, and records what was asked', async () => {
    http()
      .at(vendor)
      .post('/users')
      .query({ tag: ['a', 'b'], page: '2' })
      .reply(201, { id: 1 });
    http().at(vendor).get('/users/1').reply(200, 'Ann');

    const created = await fetch(`${vendor}/users?tag=a&tag=b&page=2`, {
      method: 'POST',
      headers: { authorization: 'Bearer made-up', 'X-Shape': 'round', 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Ann' }),
    });
    expect([created.status, await created.json()]).toEqual([201, { id: 1 }]);
    expect(await (await fetch(`${vendor}/users/1`)).text()).toBe('Ann');

    const [first, second] = http().requests;
    expect(first).toMatchObject({
      method: 'POST',
      origin: vendor,
      path: '/users',
      query: { tag: ['a', 'b'], page: '2' },
      headers: { 'x-shape': 'round' },
      body: { name: 'Ann' },
    });
    expect(first?.headers).not.toHaveProperty('authorization');
    expect(second).toMatchObject({ method: 'GET', path: '/users/1', body: undefined });
  });

  it('starts every test with nothing recorded', () => {
    expect(http().requests).toEqual([]);
  });

  it('gives one answer to everything', async () => {
    http().always(vendor, { status: 429, body: { why: 'busy' }, headers: { 'retry-after': '7' } });
    for (const method of ['GET', 'PATCH']) {
      const answer = await fetch(`${vendor}/any/thing?at=all`, { method });
      expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
        429,
        '7',
        { why: 'busy' },
      ]);
    }
    expect(http().requests.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
  });

  it('drops the line', async () => {
    http().always(vendor, 'dropped_line');
    await expect(fetch(vendor)).rejects.toThrow();
    expect(http().requests).toHaveLength(1);
  });

  it('leaves servers on this machine within reach', async () => {
    const server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await answer.text()).toBe('here');
    server.close();
  });
});

describe('the surprises of an HTTP mock', () => {
  let open: ReturnType<typeof openHttpMock> | undefined;
  afterEach(() => open?.close());

  it('tell a request that nothing was waiting for, at a known origin as at an unknown one', async () => {
    open = openHttpMock();
    open.at(vendor).get('/expected').optionally().reply(200);
    await fetch(`${vendor}/unexpected`).catch(() => undefined);
    await fetch('https://elsewhere.example/').catch(() => undefined);
    expect(open.surprises()).toEqual([
      'nothing was waiting for GET https://vendor.example/unexpected',
      'nothing was waiting for GET https://elsewhere.example/',
    ]);
  });

  it('tell a mock that nothing asked for', () => {
    open = openHttpMock();
    open.at(vendor).get('/expected').reply(200);
    expect(open.surprises()).toEqual([expect.stringContaining('/expected')]);
  });
});
