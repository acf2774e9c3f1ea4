import { beforeAll, expect, it } from 'vitest';
import { createSignInLimits } from '../../src/modules/accounts/sign-in-limits.ts';
import { signInFailure } from '../../src/modules/accounts/tables.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { hour, second } from '../flows/world.ts';
import { type Served, serve } from './served.ts';
import {
  newAddress,
  password,
  readCookies,
  readLinkToken,
  type SigningIn,
  serveWithOwner,
  signingIn,
} from './signing-in.ts';

describeOnEachDatabase('guessing passwords', (open) => {
  let service: Served;
  let users: SigningIn;

  beforeAll(async () => {
    ({ service, users } = await serveWithOwner(await open()));
  });

  /** Each from an address of its own. @returns how they were answered */
  async function guess(email: string, times: number, of = users): Promise<number[]> {
    const answers = [];
    for (let n = 0; n < times; n += 1) answers.push((await of.signIn(email, `guess number ${n}`)).status);
    return answers;
  }

  it('is slowed down from the fifth wrong one on, from however many addresses and through however many processes', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    expect(await guess(email, 6)).toEqual([401, 401, 401, 401, 401, 429]);
    const refused = await users.signIn(email);
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'too_many_requests', params: { kind: 'account' } },
    });
    expect(refused.headers.get('retry-after')).toBe('1');
    const elsewhere = await serve(service.database);
    expect((await signingIn(elsewhere).signIn(email)).status).toBe(429);
    service.jump(second);
    expect(await guess(email, 2)).toEqual([401, 429]);
    expect((await users.signIn(email)).headers.get('retry-after')).toBe('2');
  });

  it('counts what is sent at the same time', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const sent = await Promise.all(Array.from({ length: 10 }, (_, n) => users.signIn(email, `guess number ${n}`)));
    expect(sent.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(sent.filter(({ status }) => status === 429)).toHaveLength(5);
  });

  it('lets through fewer than a hundred in an hour', async () => {
    const until = service.clock().getTime() + hour;
    const limits = createSignInLimits(service);
    let guesses = 0;
    while (service.clock().getTime() < until && guesses < 200) {
      const wait = await limits.begin('the hash of an address');
      if (wait === 0) guesses += 1;
      else service.jump(wait);
    }
    expect(guesses).toBeGreaterThan(50);
    expect(guesses).toBeLessThan(100);
  });

  it('tells nobody whether there is such an account', async () => {
    expect(await guess('unknown-at-all@example.com', 6)).toEqual([401, 401, 401, 401, 401, 429]);
    const rows = await service.database.db.select().from(signInFailure);
    expect(JSON.stringify(rows)).not.toContain('@');
  });

  it('does not keep out the owner of the account: not on their browser, and not with a reset link', async () => {
    const email = newAddress();
    const id = await users.colleague(email, 'viewer');
    const device = await users.cookieOf(email);
    expect(await guess(email, 6)).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await users.signIn(email)).status).toBe(429);
    expect((await users.signIn(email, password, { cookie: device })).status).toBe(200);
    const { body } = await service.call('POST', `/team/${id}/reset-link`);
    const secret = 'a brand new secret';
    expect((await users.post('/reset', { token: readLinkToken(body.link), password: secret })).status).toBe(200);
    expect((await users.signIn(email, secret)).status).toBe(200);
  });

  /** Strangers guess until they have to wait for as long as anybody has to. */
  async function flood(email: string): Promise<void> {
    for (let wait = 0; wait < 60; ) {
      const refused = await users.signIn(email, 'a guess of a stranger');
      if (refused.status === 401) continue;
      wait = Number(refused.headers.get('retry-after'));
      if (wait < 60) service.jump(wait * second);
    }
  }

  it('does not keep out its owner who chose a new password by a link in a new browser, while strangers go on', async () => {
    const email = newAddress();
    const id = await users.colleague(email, 'viewer');
    await flood(email);
    const { body } = await service.call('POST', `/team/${id}/reset-link`);
    const secret = 'a brand new secret';
    const reset = await users.post('/reset', { token: readLinkToken(body.link), password: secret });
    expect(reset.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^scoreback\.device=.*; HttpOnly; SameSite=Lax$/u),
    ]);
    await flood(email);
    expect((await users.signIn(email, secret)).status).toBe(429);
    expect((await users.signIn(email, secret, { cookie: readCookies(reset) })).status).toBe(200);
    expect((await users.signIn(email, secret)).status).toBe(429);
    // It is known to this account alone, and nobody makes one.
    const forged = readCookies(reset).replace(/[^=]{4}(?==|%)/u, 'AAAA');
    expect((await users.signIn(email, secret, { cookie: forged })).status).toBe(429);
  });

  it('does not keep out who has just joined', async () => {
    const email = newAddress();
    const { body } = await service.call('POST', '/team/invitations', { body: { email, role: 'viewer' } });
    const joined = await users.post('/join', { token: readLinkToken(body.link), name: 'Nia', password });
    expect(joined.status).toBe(201);
    await flood(email);
    expect((await users.signIn(email)).status).toBe(429);
    expect((await users.signIn(email, password, { cookie: readCookies(joined) })).status).toBe(200);
  });

  it('starts anew after the right one', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    await guess(email, 4);
    expect((await users.signIn(email)).status).toBe(200);
    expect(await guess(email, 4)).toEqual([401, 401, 401, 401]);
    expect((await users.signIn(email)).status).toBe(200);
  });

  it('is slowed down for whoever found a session, too', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const cookie = await users.cookieOf(email);
    const tried = [];
    for (let n = 0; n < 6; n += 1) {
      const body = { password: `guess number ${n}` };
      tried.push((await service.call('POST', '/confirm', { ...users.browser(cookie), body })).status);
    }
    expect(tried).toEqual([400, 400, 400, 400, 400, 429]);
    expect((await users.signIn(email)).status).toBe(200);
  });

  it.each([
    'password1234',
    'Qwerty123456!',
    '123456789012',
    'aaaaaaaaaaaa',
    'dragondragon',
    'wary@example.com',
    'Acme'.repeat(3),
  ])('is spared the password %s, which nobody may choose', async (weak) => {
    await service.call('PATCH', '/workspace', { body: { name: 'Acme' } });
    const { body } = await service.call('POST', '/team/invitations', {
      body: { email: 'wary@example.com', role: 'viewer' },
    });
    const joined = await users.post('/join', { token: readLinkToken(body.link), name: 'Wary', password: weak });
    expect(joined).toMatchObject({ status: 400, body: { problems: [{ field: 'password' }] } });
  });

  it('is spared a weak password also where one is changed or reset', async () => {
    const email = newAddress();
    const id = await users.colleague(email, 'viewer');
    const cookie = await users.cookieOf(email);
    const changed = await service.call('POST', '/auth/change-password', {
      ...users.browser(cookie),
      body: { currentPassword: password, newPassword: 'password12345' },
    });
    expect(changed).toMatchObject({ status: 400, body: { code: 'weak_password' } });
    const { body } = await service.call('POST', `/team/${id}/reset-link`);
    const reset = await users.post('/reset', { token: readLinkToken(body.link), password: 'password12345' });
    expect(reset).toMatchObject({ status: 400, body: { problems: [{ field: 'password' }] } });
    expect((await users.signIn(email)).status).toBe(200);
  });

  it('is counted by the /64 of an IPv6 address', async () => {
    const ask = (n: number) =>
      service.call('POST', '/reset-link', {
        key: null,
        headers: { 'x-forwarded-for': `2001:db8:1:2::${n.toString(16)}` },
        body: { email: `n${n}@example.com` },
      });
    const asked = [];
    for (let n = 1; n <= 11; n += 1) asked.push((await ask(n)).status);
    expect(asked).toEqual([...Array(10).fill(202), 429]);
  });
});
