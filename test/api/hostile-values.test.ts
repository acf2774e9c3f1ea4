import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { Route } from '../../src/platform/http/route.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { type Served, serve } from './served.ts';

const nul = '\0';
const half = '\ud800';
const uuid = '00000000-0000-4000-8000-000000000000';

/** What a database, or a calendar, does not take. */
const values = [
  `a${nul}b`,
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
  '+010000-01-01T00:00:00Z',
  '0001-01-01',
  '2147483648',
  '9223372036854775808',
  '-1e400',
  'x'.repeat(5000),
];

/** Places in a list as nobody was given them. */
const places = [nul, half, 2 ** 31, 2 ** 53, -1e300, '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', null, uuid];

const nested = `${'{"content":'.repeat(3000)}1${'}'.repeat(3000)}`;

describeOnEachDatabase('values that the database refuses', (open) => {
  let service: Served;

  beforeAll(async () => {
    service = await serve(await open());
  });

  const addressOf = ({ path }: Route, value: string) =>
    path.replaceAll(/:\w+/gu, encodeURIComponent(value.slice(0, 200)));

  /** Every request to a route that this is about. */
  function* requestsTo(route: Route): Generator<{ path: string; body?: unknown }> {
    const body = route.body ? {} : undefined;
    const path = addressOf(route, uuid);
    for (const value of [`a${nul}b`, 'x'.repeat(3000), '9223372036854775808', '..%00']) {
      if (route.path.includes(':')) yield { path: addressOf(route, value), body };
    }
    for (const name of Object.keys(route.query?.shape ?? {})) {
      for (const value of values) yield { path: `${path}?${name}=${encodeURIComponent(value)}`, body };
      yield { path: `${path}?${name}=%ED%A0%80`, body };
    }
    if (route.body instanceof z.ZodObject) {
      for (const name of Object.keys(route.body.shape)) {
        for (const value of [...values, half, [nul], { a: half }, 2 ** 40]) yield { path, body: { [name]: value } };
      }
    }
    if (route.body) yield { path, body: nested };
  }

  it('are refused by every route, and break none', async () => {
    const broken: unknown[] = [];
    const requests = service.routes
      .filter(({ streams }) => streams === undefined)
      .flatMap((route) => [...requestsTo(route)].map((request) => ({ route, ...request })));
    expect(requests.length).toBeGreaterThan(1000);
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let next = requests.pop(); next; next = requests.pop()) {
          const { route, path, body } = next;
          const { status } = await service.call(route.method.toUpperCase(), path, { body });
          if (status >= 500 && status !== 503) broken.push([status, route.method, path.slice(0, 120), body]);
        }
      }),
    );
    expect(broken).toEqual([]);
  });

  it('are refused as the place of a page, however the list is sorted', async () => {
    const answers = new Map<number, number>();
    for (const { path, query } of service.routes) {
      if (!query || !('cursor' in query.shape) || !('sort' in query.shape)) continue;
      const { problems } = (await service.read(`${path}?sort=nothing`)) as {
        problems: { params: { columns?: string[] } }[];
      };
      for (const column of problems[0]?.params.columns ?? []) {
        for (const value of places) {
          for (const id of [value, uuid, 1]) {
            const cursor = Buffer.from(JSON.stringify([column, value, id])).toString('base64url');
            const { status } = await service.call('GET', `${path}?sort=${column}&cursor=${cursor}`);
            answers.set(status, (answers.get(status) ?? 0) + 1);
          }
        }
      }
    }
    expect([...answers.keys()].filter((status) => status >= 500)).toEqual([]);
    expect(answers.get(400)).toBeGreaterThan(100);
  });

  it.each([
    ['/responses?from=0000-01-01T00:00:00Z', 'from'],
    ['/responses?until=3000-01-01', 'until'],
    ['/reports/summary?from=0001-01-01', 'from'],
    [`/responses?sort=${'rating,'.repeat(120)}rating`, 'sort'],
    ['/responses?sort=rating,-rating', 'sort'],
    ['/responses?search=%00', 'search'],
  ])('are named: %s', async (path, field) => {
    expect(await service.call('GET', path)).toMatchObject({ status: 400, body: { problems: [{ field }] } });
  });

  it('name nothing in an address', async () => {
    expect((await service.call('DELETE', '/team/a%00b')).status).toBe(404);
    expect((await service.call('POST', '/events/%00/replay')).status).toBe(404);
  });
});
