import { beforeAll, expect, it } from 'vitest';
import { ensureWorkspace } from '../../src/modules/accounts/queries/workspaces.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { type Served, serve } from './served.ts';
import { newAddress, type SigningIn, serveWithOwner } from './signing-in.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';

describeOnEachDatabase('whoever is signed in', (open) => {
  let service: Served;
  let users: SigningIn;

  beforeAll(async () => {
    ({ service, users } = await serveWithOwner(await open()));
  });

  const as = (cookie: string) => users.browser(cookie);
  const sessionsOf = async (cookie: string) => (await service.read('/sessions', as(cookie))).items;

  it('sees where else, without what opens it', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    // Of this test alone: another one may have tried too often from an address that both use.
    const address = '198.51.100.9';
    const phone = await users.cookieOf(email, undefined, { 'user-agent': safari, 'x-forwarded-for': address });
    const desk = await users.cookieOf(email, undefined, { 'user-agent': firefox });
    const listed = await sessionsOf(desk);
    expect(listed).toMatchObject([
      { current: true, browser: 'Firefox', system: 'Windows', agent: firefox },
      { current: false, browser: 'Safari', system: 'iPhone', address },
    ]);
    for (const cookie of [phone, desk]) {
      const [token = ''] = decodeURIComponent(cookie.split('=')[1] ?? '').split('.');
      expect(token.length).toBeGreaterThan(20);
      expect(JSON.stringify(listed)).not.toContain(token);
    }
  });

  it('ends another one, or all others, and nobody else’s', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const [first, second, third] = [
      await users.cookieOf(email),
      await users.cookieOf(email),
      await users.cookieOf(email),
    ];
    const other = await users.cookieOf('olivia@example.com');
    const [theirs] = (await sessionsOf(first)).filter(({ current }: { current: boolean }) => current);

    expect((await service.call('DELETE', `/sessions/${theirs.id}`, as(other))).status).toBe(404);
    expect((await service.call('DELETE', `/sessions/${theirs.id}`, as(second))).status).toBe(204);
    expect((await service.call('GET', '/me', as(first))).status).toBe(401);
    expect((await service.call('DELETE', '/sessions', as(second))).status).toBe(204);
    expect((await service.call('GET', '/me', as(third))).status).toBe(401);
    expect(await sessionsOf(second)).toMatchObject([{ current: true }]);
    expect((await service.call('GET', '/me', as(other))).status).toBe(200);
    expect((await service.read(`/audit?action=session.end&subject=${theirs.id}`)).items).toHaveLength(1);
  });

  it('chooses name, language and colours of the console', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const cookie = await users.cookieOf(email);
    expect((await service.read('/me', as(cookie))).user).toMatchObject({ language: null, colorScheme: null });
    const body = { name: 'Nora', language: 'nb', colorScheme: 'dark' };
    const changed = await service.call('PATCH', '/me', { ...as(cookie), body });
    expect(changed).toMatchObject({ status: 200, body: { user: body } });
    expect((await service.read('/me', as(cookie))).user).toMatchObject(body);
    await service.call('PATCH', '/me', { ...as(cookie), body: { language: null } });
    expect((await service.read('/me', as(cookie))).user).toMatchObject({ ...body, language: null });
    const wrong = await service.call('PATCH', '/me', {
      ...as(cookie),
      body: { language: 'tlh', colorScheme: 'pink', email: 'x@example.com' },
    });
    expect(wrong.status).toBe(400);
    expect(wrong.body.problems).toHaveLength(3);
  });

  it('turns to another of their workspaces, in this session alone', async () => {
    const email = newAddress();
    const other = `${service.workspaceId}-more`;
    await ensureWorkspace(service.database.db, other, service.clock());
    const id = await users.colleague(email, 'admin');
    const { addMember } = await import('../../src/modules/accounts/queries/accounts.ts');
    await addMember(service.database.db, { workspaceId: other, userId: id, role: 'viewer' }, new Date('2027-01-01'));
    const [here, there] = [await users.cookieOf(email), await users.cookieOf(email)];
    const turned = await service.call('PATCH', '/me', { ...as(there), body: { workspace: other } });
    expect(turned.body).toMatchObject({ workspace: other, scopes: ['read'], user: { role: 'viewer' } });
    expect(turned.body.workspaces).toHaveLength(2);
    expect(await service.read('/me', as(there))).toMatchObject({ workspace: other });
    expect(await service.read('/me', as(here))).toMatchObject({ workspace: service.workspaceId });
    const strange = await service.call('PATCH', '/me', { ...as(there), body: { workspace: 'elsewhere' } });
    expect(strange).toMatchObject({ status: 400, body: { problems: [{ field: 'workspace' }] } });
  });

  it('learns on the page to sign in what it has to know', async () => {
    const fresh = await serve(await open());
    const of = (served: Served) => served.read('/sign-in', { key: null });
    expect(await of(fresh)).toEqual({ account: false, singleSignOn: null, resetByEmail: true, sandbox: false });
    expect(await of(service)).toEqual({ account: true, singleSignOn: null, resetByEmail: true, sandbox: false });
  });

  it('as a key sees its workspace and no person', async () => {
    expect(await service.read('/me')).toMatchObject({
      workspace: service.workspaceId,
      workspaces: [{ id: service.workspaceId, role: null }],
      actor: 'environment',
      user: null,
      sandbox: false,
    });
  });
});
