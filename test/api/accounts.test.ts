import { beforeAll, expect, it } from 'vitest';
import { account, member, user } from '../../src/modules/accounts/tables.ts';
import { role } from '../../src/platform/http/scopes.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { day } from '../flows/world.ts';
import { type Served, serve } from './served.ts';
import { readLinkToken } from './signing-in.ts';

const owner = { email: 'Olivia@Example.com', password: 'correct horse battery', name: 'Olivia' };

describeOnEachDatabase('accounts', (open) => {
  let service: Served;
  let lastAddress = 0;

  beforeAll(async () => {
    service = await serve(await open());
  });

  const setUp = (body: object) => service.call('POST', '/setup', { key: null, body });

  /** From an address of its own, so that no test uses up another's tries. */
  function from(): Record<string, string> {
    lastAddress += 1;
    return { 'x-forwarded-for': `192.0.2.${lastAddress}`, origin: service.url };
  }

  const signIn = (email: string, password: string, headers = from()) =>
    service.call('POST', '/auth/sign-in/email', { key: null, body: { email, password }, headers });

  async function cookieOf(email = owner.email, password = owner.password): Promise<string> {
    const answer = await signIn(email, password);
    expect(answer.status).toBe(200);
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  const withCookie = (cookie: string, headers: Record<string, string> = { origin: service.url }) => ({
    key: null,
    headers: { cookie, ...headers },
  });

  /** Somebody who works here too, with the owner’s password. */
  async function colleague(email: string, of: string, workspaceId = service.workspaceId): Promise<void> {
    const { db } = service.database;
    const at = { createdAt: service.clock(), updatedAt: service.clock() };
    const [known] = await db.select({ password: account.password }).from(account);
    await db.insert(user).values({ id: email, name: of, email, ...at });
    const ways = { accountId: email, providerId: 'credential', userId: email, password: known?.password ?? null };
    await db.insert(account).values({ id: email, ...ways, ...at });
    await db.insert(member).values({ id: email, organizationId: workspaceId, userId: email, role: of, ...at });
  }

  it('begin with a link that is good for a week, and once', async () => {
    const old = readLinkToken((await service.access.setupLink()) ?? '');
    const link = await service.access.setupLink();
    expect(link).toMatch(new RegExp(`^${service.url}/setup#token=`, 'u'));
    service.jump(8 * day);
    expect(await setUp({ ...owner, token: old })).toMatchObject({
      status: 400,
      body: { code: 'link_expired', params: { kind: 'setup' } },
    });
    const token = readLinkToken((await service.access.setupLink()) ?? '');
    for (const wrong of ['x', `${token.slice(0, -2)}AA`, service.context.encryption.tokens.encrypt('{}')]) {
      expect((await setUp({ ...owner, token: wrong })).status).toBe(400);
    }
    const weak = await setUp({ email: 'unknown', password: 'short', name: ' ', token });
    expect(weak.body.problems.map(({ field }: { field: string }) => field)).toEqual(['email', 'password', 'name']);

    const both = await Promise.all([
      setUp({ ...owner, token }),
      setUp({ ...owner, email: 'second@example.com', token }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const winner = both.findIndex(({ status }) => status === 201);
    if (winner === 1) owner.email = 'second@example.com';
    expect((await setUp({ ...owner, token })).status).toBe(409);
    expect(await service.access.setupLink()).toBeUndefined();
    expect((await service.read('/audit?action=user.setup')).items).toMatchObject([{ actor: 'anonymous' }]);
  });

  it('sign in by password, whatever the case of the address, and out again', async () => {
    const cookie = await cookieOf(owner.email.toUpperCase());
    expect(await service.read('/me', withCookie(cookie))).toMatchObject({
      workspace: service.workspaceId,
      user: { name: 'Olivia', email: owner.email.toLowerCase(), role: 'owner' },
    });
    const out = await service.call('POST', '/auth/sign-out', { ...withCookie(cookie), body: {} });
    expect(out.status).toBe(200);
    expect((await service.call('GET', '/me', withCookie(cookie))).status).toBe(401);
  });

  it('have a cookie that no script reads and no other site sends along', async () => {
    const { headers } = await signIn(owner.email, owner.password);
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/^scoreback\.session_token=/u);
    expect(cookie).toMatch(/HttpOnly/iu);
    expect(cookie).toMatch(/SameSite=Lax/iu);
  });

  it('tell nobody whether an address or only its password is wrong', async () => {
    const wrong = await signIn(owner.email, 'something else');
    const unknown = await signIn('unknown@example.com', owner.password);
    expect([wrong.status, wrong.body]).toEqual([unknown.status, unknown.body]);
    expect(wrong.status).toBe(401);
  });

  it('cannot be tried by the dozen from one address, whatever else it calls itself', async () => {
    const [headers, quiet] = [from(), from()];
    const tries = [];
    for (let n = 0; n < 12; n += 1) {
      const claimed = { 'x-visitor-address': `198.51.100.${n}` };
      tries.push((await signIn(`unknown-${n}@example.com`, 'a wrong guess', { ...headers, ...claimed })).status);
    }
    expect(tries.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(tries.slice(10)).toEqual([429, 429]);
    expect((await signIn(owner.email, owner.password, quiet)).status).toBe(200);
  });

  it('do only what their role may', async () => {
    for (const of of role.options) {
      await colleague(`${of}@example.com`, of);
      const cookie = await cookieOf(`${of}@example.com`);
      const tried = await service.call('POST', '/keys', {
        ...withCookie(cookie),
        body: { name: 'Mine', scopes: ['read'] },
      });
      expect([of, tried.status]).toEqual([of, of === 'viewer' ? 403 : 201]);
      if (of === 'viewer') expect(tried.body.params).toEqual({ kind: 'role', scope: 'admin', role: 'viewer' });
      expect((await service.call('GET', '/contacts', withCookie(cookie))).status).toBe(200);
    }
  });

  it('of a viewer change nothing by any route', async () => {
    await colleague('eve@example.com', 'viewer');
    const cookie = await cookieOf('eve@example.com');
    for (const { method, path, scope, body } of service.routes.filter((route) => route.scope !== null)) {
      const address = path.replace(/:key/u, 'after-ticket').replace(/:\w+/gu, '00000000-0000-4000-8000-000000000000');
      const answer = await service.call(method.toUpperCase(), address, {
        ...withCookie(cookie),
        ...(body ? { body: {} } : {}),
      });
      expect([method, path, answer.status === 403]).toEqual([method, path, scope !== 'read' && scope !== 'self']);
    }
  });

  it('change something only from pages of the service itself', async () => {
    const cookie = await cookieOf();
    const patch = (headers: Record<string, string>) =>
      service.call('PATCH', '/pause', { ...withCookie(cookie, headers), body: { asking: false } });
    expect((await patch({ origin: service.url })).status).toBe(200);
    expect((await patch({ origin: service.url.replace('127.0.0.1', 'localhost') })).status).toBe(200);
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}]) {
      expect(await patch(headers)).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
    }
    const foreign = { ...from(), origin: 'https://evil.example', cookie };
    expect((await signIn(owner.email, owner.password, foreign)).status).toBe(403);
  });

  it('cannot be made by signing up, nor by any other door of better-auth', async () => {
    const paths = [
      'sign-up/email',
      'organization/create',
      'organization/invite-member',
      'request-password-reset',
      'update-user',
      'revoke-sessions',
      'sign-in/social',
      'ok',
    ];
    for (const path of paths) {
      const answer = await service.call('POST', `/auth/${path}`, {
        key: null,
        headers: from(),
        body: { email: 'new@example.com', password: 'a long enough one', name: 'New' },
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  it('in no workspace open nothing', async () => {
    await colleague('lost@example.com', 'stranger');
    const cookie = await cookieOf('lost@example.com');
    expect((await service.call('GET', '/me', withCookie(cookie))).status).toBe(401);
  });

  it('leave neither address nor password nor cookie in the log', async () => {
    service.logs.length = 0;
    const cookie = await cookieOf();
    await signIn('unknown@example.com', 'a wrong password');
    await service.call('GET', '/me', withCookie(`${cookie}x`));
    await service.call('GET', '/me', { key: 'scoreback_secret' });
    const said = JSON.stringify(service.logs);
    for (const secret of ['unknown@', 'wrong password', cookie.slice(-20), 'scoreback_secret', owner.password]) {
      expect(said).not.toContain(secret);
    }
  });
});
