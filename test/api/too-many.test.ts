import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { authenticatorCode } from './authenticator.ts';
import { type Answer, type Served, serve } from './served.ts';
import { newAddress, password, readCookies, type SigningIn, serveWithOwner } from './signing-in.ts';

const limited = 5;

describeOnEachDatabase('who is told to wait', (open) => {
  let service: Served;
  let users: SigningIn;
  /** The same with few requests a minute. */
  let strict: Served;
  let owner: string;

  beforeAll(async () => {
    ({ service, users } = await serveWithOwner(await open()));
    strict = await serve(service.database, { rateLimits: { caller: limited, visitor: limited, page: limited } });
    owner = await users.cookieOf('olivia@example.com');
  });

  const stranger = (n: number) => `stranger-${n}@customer.example`;
  const from = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}`, origin: service.url });
  const signedIn = (path: string, cookie: string, body: object) =>
    service.call('POST', path, { ...users.browser(cookie), body });

  /** Somebody with a second factor, who has given their password. */
  async function halfway() {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const cookie = await users.cookieOf(email);
    const { body } = await signedIn('/auth/two-factor/enable', cookie, { password });
    const code = authenticatorCode(body.totpURI);
    expect((await signedIn('/auth/two-factor/verify-totp', cookie, { code })).status).toBe(200);
    return {
      guess: async () => signedIn('/auth/two-factor/verify-totp', readCookies(await users.signIn(email)), wrong),
    };
  }
  const wrong = { code: '000000' };

  async function page(): Promise<Answer> {
    const answer = await fetch(`${strict.url}/s/no-link`, { headers: from(1) });
    const { status, headers } = answer;
    return { status, headers, body: status === 429 ? await answer.json() : undefined };
  }

  const ways: Readonly<Record<string, () => Promise<(n: number) => Promise<Answer>>>> = {
    'a key with too many requests': async () => {
      const key = await strict.keyFor('read');
      return () => strict.call('GET', '/me', { key });
    },
    'an address with too many requests': async () => () =>
      strict.call('GET', '/sign-in', { key: null, headers: from(2) }),
    'an address with too many survey pages': async () => page,
    'an address with too many sign-ins': async () => (n) => users.signIn(stranger(n), 'a wrong password', from(3)),
    'an account with too many wrong passwords': async () => {
      const email = newAddress();
      return () => users.signIn(email, 'a wrong password');
    },
    'a session with too many wrong passwords': async () => {
      const email = newAddress();
      await users.colleague(email, 'viewer');
      const cookie = await users.cookieOf(email);
      return () => signedIn('/confirm', cookie, { password: 'a wrong password' });
    },
    'a session that changes the password with wrong ones': async () => {
      const email = newAddress();
      await users.colleague(email, 'viewer');
      const cookie = await users.cookieOf(email);
      const body = { currentPassword: 'a wrong password', newPassword: 'a brand new secret' };
      return () => signedIn('/auth/change-password', cookie, body);
    },
    'a second factor with too many wrong codes': async () => (await halfway()).guess,
    'an address with too many reset links': async () => (n) =>
      users.post('/reset-link', { email: stranger(n) }, from(4)),
    'an address with too many tokens of resets': async () => () =>
      users.post('/reset', { token: 'none', password }, from(5)),
    'an address with too many tokens of invitations': async () => () =>
      users.post('/join/invitation', { token: 'none' }, from(6)),
    'a workspace with too many test emails': async () => (n) =>
      service.call('POST', '/surveys/after-ticket/send-test', { body: { email: stranger(n) } }),
    'a workspace with too many invitations': async () => (n) =>
      signedIn('/team/invitations', owner, { email: stranger(n), role: 'viewer' }),
  };

  it.each(Object.keys(ways))('%s learns when to come back', async (way) => {
    const attempt = await ways[way]?.();
    for (let n = 0; n < 40; n += 1) {
      const answer = await attempt?.(n);
      if (answer?.status !== 429) continue;
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/u);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body).toMatchObject({ code: 'too_many_requests' });
      return;
    }
    throw new Error('nobody was told to wait');
  });
});
