import { sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { intent } from '../../src/modules/invitations/tables.ts';
import { findTraces, mostSaved } from '../../src/modules/responses/queries/intents.ts';
import { findResponse } from '../../src/modules/responses/queries/responses.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { minute, second } from '../flows/world.ts';
import { type Served, serve } from './served.ts';

const caller = 60;
const visitor = 20;
const page = 100;

describeOnEachDatabase('limits', (open) => {
  let service: Served;

  beforeAll(async () => {
    service = await serve(await open(), { rateLimits: { caller, visitor, page } });
  });

  /** An invitation that was sent, and what opens it. */
  async function invited() {
    const { sentEmail } = await service.world.asked();
    const { id } = (await service.world.invited(sentEmail)).invitation;
    const { links } = service.context;
    const path = (link: string) => link.replace(/^https?:\/\/[^/]+/u, service.url);
    return { id, page: path(links.survey(id)), unsubscribe: path(links.unsubscribe(id)) };
  }

  const visit = (link: string, address: string, more: RequestInit = {}) =>
    fetch(link, { ...more, headers: { 'x-forwarded-for': address, ...more.headers } });

  it('lets one link be opened 60 times a minute, and says when again', async () => {
    const { page: link, unsubscribe } = await invited();
    const answers: number[] = [];
    for (let index = 0; index < 62; index += 1) {
      const answer = await visit(`${link}?rating=${index % 11}`, `192.0.2.${index}`);
      answers.push(answer.status);
      if (answer.status !== 429) continue;
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(await answer.json()).toMatchObject({ code: 'too_many_requests', status: 429 });
    }
    expect(answers).toEqual([...Array(60).fill(200), 429, 429]);
    // Spelled otherwise it is the same link.
    const first = link.split('/s/')[1]?.charCodeAt(0).toString(16);
    for (const other of [link.replace(/\/s\/./u, `/s/%${first}`), link.replace('/s/', '/S/')]) {
      expect((await visit(other, '192.0.2.9')).status, other).toBe(429);
    }
    expect((await visit(unsubscribe, '192.0.2.1')).status).toBe(200);
    service.world.jump(second);
    expect((await visit(link, '192.0.2.1')).status).toBe(200);
  });

  it('lets one address open so many links a minute, and others meanwhile', async () => {
    const address = '2001:db8:7:7::';
    for (let index = 0; index < page; index += 1) {
      expect((await visit(`${service.url}/s/no-link-${index}`, `${address}${index + 1}`)).status).toBe(404);
    }
    expect((await visit(`${service.url}/s/no-link`, `${address}abcd`)).status).toBe(429);
    expect((await visit(`${service.url}/s/no-link`, '2001:db8:7:8::1')).status).toBe(404);
  });

  it('keeps the first and the newest openings of a link, however many there are, and the answer counts', async () => {
    const { id, page: link } = await invited();
    const { database, workspaceId } = service;
    const at = service.clock().toISOString();
    // More than is kept, as somebody could make them who took days for it.
    await database.db.execute(
      sql`insert into ${intent} (workspace_id, invitation_id, kind, rating, at)
          select ${workspaceId}, ${id}, 'open', n % 11, ${at}::timestamptz from generate_series(1, 5000) n`,
    );
    service.world.jump(minute);
    expect((await visit(`${link}?rating=9`, '198.51.100.1')).status).toBe(200);
    const saved = await findTraces(database.db, id);
    expect(saved).toHaveLength(mostSaved.open);
    const [first, newest] = [saved[0]?.id ?? 0, saved.slice(1).map((of) => of.id)];
    expect(newest).toEqual(Array.from({ length: mostSaved.open - 1 }, (_, index) => (newest[0] ?? 0) + index));
    expect(first).toBe((newest.at(-1) ?? 0) - 5000);

    const body = new URLSearchParams({ rating: '9', comment: 'Well done.' });
    const form = { method: 'POST', body } as const;
    for (let index = 0; index < mostSaved.submit + 5; index += 1) {
      expect((await visit(link, '198.51.100.1', form)).status).toBe(200);
      service.world.jump(second);
    }
    const submits = (await findTraces(database.db, id)).filter(({ kind }) => kind === 'submit');
    expect(submits).toHaveLength(mostSaved.submit);
    expect(await findResponse(database.db, id)).toMatchObject({
      status: 'confirmed',
      rating: 9,
      confirmedBy: 'submit',
    });
  });

  it('lets a key send so many requests a minute, and says when again', async () => {
    const [key, other] = [await service.keyFor('read'), await service.keyFor('read')];
    const answers = [];
    for (let index = 0; index < caller; index += 1) answers.push((await service.call('GET', '/me', { key })).status);
    expect(answers).toEqual(Array(caller).fill(200));
    const refused = await service.call('GET', '/me', { key });
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await service.call('GET', '/me', { key: other })).status).toBe(200);
    service.world.jump(second);
    expect((await service.call('GET', '/me', { key })).status).toBe(200);
  });

  it('counts an export as many requests', async () => {
    const key = await service.keyFor('read');
    const taken = [];
    for (let index = 0; index < 4; index += 1)
      taken.push(
        (await service.call('GET', '/surveys.csv', { key })).status,
        (await service.call('GET', '/responses.csv', { key })).status,
      );
    expect(taken.filter((status) => status === 200)).toHaveLength(2);
    expect(taken.at(-1)).toBe(429);
  });

  it('lets an address without a key ask so many times a minute', async () => {
    const from = (address: string) => ({ key: null, headers: { 'x-forwarded-for': address } });
    const answers = [];
    for (let index = 0; index < visitor + 1; index += 1) {
      answers.push((await service.call('GET', '/contacts', from('203.0.113.1'))).status);
    }
    expect(answers).toEqual([...Array(visitor).fill(401), 429]);
    expect((await service.call('GET', '/sign-in', from('203.0.113.1'))).status).toBe(429);
    expect((await service.call('GET', '/sign-in', from('203.0.113.2'))).status).toBe(200);
  });

  it('says after too many sign-ins when to try again, as everywhere', async () => {
    const headers = { origin: service.url, 'x-forwarded-for': '203.0.113.9' };
    const body = { email: 'unknown@example.com', password: 'a wrong password' };
    const answers = [];
    for (let index = 0; index < 14; index += 1) {
      answers.push(await service.call('POST', '/auth/sign-in/email', { key: null, body, headers }));
    }
    const refused = answers.find(({ status }) => status === 429);
    expect(refused).toMatchObject({ body: { status: 429, code: 'too_many_requests' } });
    expect(refused?.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('takes no origin that is longer than any, and logs of a false one nothing that was sent', async () => {
    const post = (origin: string) =>
      service.call('POST', '/auth/sign-out', { key: null, body: {}, headers: { origin, cookie: 'a=b' } });
    const long = await post(`https://${'a'.repeat(300)}.example`);
    expect(long).toMatchObject({ status: 400, body: { problems: [{ field: 'Origin' }] } });
    service.world.logs.length = 0;
    expect((await post('https://quoted.example')).status).toBe(403);
    const logged = JSON.stringify(service.world.logs);
    expect(logged).toContain('invalid_origin');
    expect(logged).not.toContain('quoted');
  });

  it('keeps everything about contacts out of caches', async () => {
    for (const path of ['/me', '/contacts', '/sign-in', '/nowhere', '/auth/get-session', '/responses.csv']) {
      const { headers } = await service.call('GET', path, { headers: { 'x-forwarded-for': '203.0.113.50' } });
      expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
    }
    expect((await service.call('GET', '/openapi.json')).headers.get('cache-control')).toBeNull();
  });
});
