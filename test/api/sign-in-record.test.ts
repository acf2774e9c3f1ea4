import { beforeAll, expect, it } from 'vitest';
import { audit } from '../../src/platform/audit/tables.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { day, hour } from '../flows/world.ts';
import type { Served } from './served.ts';
import { newAddress, type SigningIn, serveWithOwner } from './signing-in.ts';

describeOnEachDatabase('signing in', (open) => {
  let service: Served;
  let users: SigningIn;

  beforeAll(async () => {
    ({ service, users } = await serveWithOwner(await open()));
  });

  async function audited(id: string, action: string) {
    await service.access.settled();
    return (await service.read(`/audit?subject=${id}&action=${action}`)).items;
  }
  const logged = (code: string) => service.logs.filter((line) => line.code === code);

  it('leaves who signed in and out in the audit log and in the log', async () => {
    const id = await users.colleague(newAddress(), 'viewer');
    const { members } = await service.read('/team');
    const email = members.find((of: { id: string }) => of.id === id).email;
    const cookie = await users.cookieOf(email);
    await service.call('POST', '/auth/sign-out', { ...users.browser(cookie), body: {} });
    expect(await audited(id, 'session.started')).toMatchObject([{ actor: id, detail: { by: 'password', count: 1 } }]);
    expect(await audited(id, 'session.ended')).toMatchObject([{ actor: id }]);
    const [line] = logged('session.started').filter(({ user }) => user === id);
    expect(line?.request).toMatch(/^[0-9a-f-]{36}$/u);
    expect(line?.route).toBe('/api/auth/sign-in/email');
  });

  it('counts refused ones by hour and account, so that a flood fills nothing', async () => {
    const email = newAddress();
    const id = await users.colleague(email, 'viewer');
    for (let n = 0; n < 5; n += 1) await users.signIn(email, `guess number ${n}`);
    const [entry, ...more] = await audited(id, 'session.refused');
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ actor: 'anonymous', detail: { reason: 'invalid_email_or_password', count: 5 } });
    service.jump(hour);
    await users.signIn(email, 'one guess more');
    expect(await audited(id, 'session.refused')).toHaveLength(2);
    const lines = logged('session.refused').filter(({ user }) => user === id);
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatchObject({ account: expect.stringMatching(/^[\w-]{22}$/u), request: expect.any(String) });
  });

  it('leaves a line about an account that does not exist, with a keyed hash and no address', async () => {
    await users.signIn('stranger@example.com', 'a wrong password');
    await service.access.settled();
    const line = logged('session.refused').at(-1);
    expect(line).toMatchObject({ account: expect.any(String), reason: 'invalid_email_or_password' });
    expect(line?.user).toBeUndefined();
    expect(JSON.stringify(service.logs)).not.toContain('@example.com');
  });

  it('leaves a line for each refused call of the API, with route, actor and request', async () => {
    const refused = await service.call('GET', '/contacts', { key: 'scoreback_wrong-key' });
    expect(refused.status).toBe(401);
    const request = refused.headers.get('x-request-id');
    expect(logged('api.refused').at(-1)).toMatchObject({
      status: 401,
      reason: 'unauthorized',
      request,
      route: '/contacts',
    });
    expect(JSON.stringify(service.logs)).not.toContain('scoreback_wrong-key');
    const key = await service.keyFor('read');
    expect((await service.call('GET', '/team', { key })).status).toBe(403);
    const line = logged('api.refused').at(-1);
    expect(line).toMatchObject({ status: 403, reason: 'forbidden', method: 'GET', route: '/team' });
    expect(line?.actor).toMatch(/^[0-9a-f-]{36}$/u);
  });

  it('stands in the audit log for two years, and what strangers were refused for 90 days', async () => {
    const email = newAddress();
    const id = await users.colleague(email, 'viewer');
    await users.cookieOf(email);
    await users.signIn(email, 'a wrong password');
    await service.access.settled();
    const { database, workspaceId } = service;
    const of = { workspaceId, actor: 'anonymous', action: 'twofactor.refused', subject: id, at: service.clock() };
    // More than one batch of them.
    await database.db.insert(audit).values(Array.from({ length: 1200 }, () => of));
    const readRecord = async () => {
      await service.world.work('retention', workspaceId);
      const { items, total } = await service.read(`/audit?subject=${id}&count=true`);
      return { actions: [...new Set(items.map(({ action }: { action: string }) => action))], count: total.count };
    };

    service.jump(90 * day);
    expect((await readRecord()).count).toBe(1202);
    service.jump(hour);
    expect(await readRecord()).toEqual({ actions: ['session.started'], count: 1 });
    service.jump(640 * day);
    expect((await readRecord()).count).toBe(0);
  });
});
