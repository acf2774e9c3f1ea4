import { beforeAll, expect, it } from 'vitest';
import { scope } from '../../src/access/scopes.ts';
import { changesSomething, type Route } from '../../src/http/api/route.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { type Served, serve } from './served.ts';

/** An address of this route, about nothing that there is. */
function addressOf({ path }: Route): string {
  return path.replace(/:key/gu, 'nowhere').replace(/:\w+/gu, '00000000-0000-4000-8000-000000000000');
}

describeOnEachDatabase('every route of the API', (open) => {
  let service: Served;
  let closed: readonly Route[];

  beforeAll(async () => {
    service = await serve(await open());
    closed = service.routes.filter(({ scope }) => scope !== null);
    expect(closed.length).toBeGreaterThan(20);
  });

  const send = (route: Route, requests: Parameters<Served['call']>[2]) =>
    service.call(route.method.toUpperCase(), addressOf(route), { ...(route.body ? { body: {} } : {}), ...requests });

  const scoped = () =>
    closed.flatMap((route) =>
      route.scope === null || route.scope === 'self' ? [] : [{ ...route, scope: route.scope }],
    );

  it('is closed to who sends no key, or one that is none of ours', async () => {
    for (const route of closed) {
      for (const key of [null, 'none-of-ours', 'scoreback_none']) {
        const answer = await send(route, { key });
        expect([route.path, answer.status, answer.body.code]).toEqual([route.path, 401, 'unauthorized']);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
    }
  });

  it('is closed to a key without its scope, which it names', async () => {
    for (const route of scoped()) {
      const others = scope.options.filter((other) => other !== route.scope);
      const answer = await send(route, { key: await service.keyFor(...others) });
      expect([route.method, route.path, answer.status]).toEqual([route.method, route.path, 403]);
      expect(answer.body).toMatchObject({ code: 'forbidden', params: { kind: 'key', scope: route.scope } });
    }
  });

  it('lets the key in that has just its scope', async () => {
    for (const route of scoped()) {
      const answer = await send(route, { key: await service.keyFor(route.scope) });
      expect([401, 403, 500], `${route.method} ${route.path}`).not.toContain(answer.status);
    }
  });

  it('is closed to every key where it is about a contact', async () => {
    const personal = closed.filter(({ scope }) => scope === 'self');
    expect(personal.length).toBeGreaterThan(3);
    for (const route of personal) {
      expect(await send(route, {})).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });

  it('changes nothing for a key that may only read', async () => {
    const key = await service.keyFor('read');
    for (const route of closed.filter(changesSomething)) {
      expect([route.path, (await send(route, { key })).status]).toEqual([route.path, 403]);
    }
  });

  it('writes in the audit log whatever it does, and has a name for it', () => {
    const [writes, reads] = [closed.filter(changesSomething), closed.filter((route) => !changesSomething(route))];
    expect(writes.filter(({ does }) => !/^[a-z]+\.[a-z]+$/u.test(does ?? ''))).toEqual([]);
    // Reading is not noted, but for whole lists that are taken along.
    const noted = reads.filter(({ does }) => does !== undefined);
    expect(noted.filter(({ does }) => !does?.endsWith('.export'))).toEqual([]);
    expect(noted.map(({ path }) => path).filter((path) => !/\.(?:csv|xlsx)$/u.test(path))).toEqual([]);
    expect(reads.filter(({ isQuestion, scope }) => isQuestion && scope !== 'read')).toEqual([]);
  });

  it('refuses a query, an address and a body that it does not know', async () => {
    for (const route of scoped()) {
      const query = await service.call(route.method.toUpperCase(), `${addressOf(route)}?unknown=1`, {
        ...(route.body ? { body: {} } : {}),
      });
      expect([route.path, query.status, query.body.code]).toEqual([route.path, 400, 'invalid_input']);
      if (!route.body) continue;
      for (const body of [{ unknownField: 1 }, [], 'null', '"text"', '{']) {
        const answer = await send(route, { body });
        expect([route.path, body, answer.status]).toEqual([route.path, body, 400]);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
      }
      const form = await send(route, { body: 'a=1', headers: { 'content-type': 'text/plain' } });
      expect([route.path, form.status]).toEqual([route.path, 415]);
    }
  });

  it('finds nothing under an id of nobody, nor under what is no id', async () => {
    for (const route of scoped().filter(({ path }) => path.includes(':id'))) {
      const path = route.path.replace(':id', 'not-an-id');
      const answer = await service.call(route.method.toUpperCase(), path, route.body ? { body: {} } : {});
      expect([path, answer.status]).toEqual([path, 404]);
    }
    for (const route of scoped().filter(({ path, body }) => path.includes(':') && !body)) {
      expect([route.path, (await send(route, {})).status]).toEqual([route.path, 404]);
    }
  });

  it('names the request in a problem as in the answer’s header', async () => {
    const answer = await service.call('GET', '/surveys/nowhere');
    expect(answer.body).toMatchObject({ type: 'about:blank', title: 'Not Found', status: 404 });
    expect(answer.body.instance).toBe(`urn:uuid:${answer.headers.get('x-request-id')}`);
  });
});
