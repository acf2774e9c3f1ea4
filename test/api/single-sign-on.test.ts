import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { rowsWith } from '../whole-database.ts';
import { type Claims, client, type IdentityProvider, openIdentityProvider } from './identity-provider.ts';
import { type Served, serve } from './served.ts';
import { changesIn, newAddress, readCookies, type SigningIn, signingIn } from './signing-in.ts';

describeOnEachDatabase('single sign-on', (open) => {
  let provider: IdentityProvider;
  let service: Served;
  let users: SigningIn;

  beforeAll(async () => {
    provider = await openIdentityProvider();
    // As at a start while it cannot be reached.
    provider.state.down = true;
    service = await serve(await open(), {
      singleSignOn: {
        issuer: provider.issuer,
        clientId: client.id,
        clientSecret: client.secret,
        name: 'Acme login',
        domains: ['acme.example'],
        verifiedDomains: ['vouched.example'],
      },
    });
    users = signingIn(service);
    await users.owner();
  });

  beforeEach(() => {
    Object.assign(provider.state, { down: false, signsWith: 'right', audience: client.id, nonce: undefined });
  });

  afterAll(() => provider.stop());

  const begin = (body: object = {}) =>
    users.post('/auth/sign-in/social', {
      provider: 'oidc',
      callbackURL: '/',
      errorCallbackURL: '/sign-in',
      ...body,
    });

  /** Goes to the provider and back, as a browser does. */
  async function come(claims: Partial<Claims>) {
    provider.state.claims = { sub: randomUUID(), email_verified: true, name: 'Ina Person', ...claims };
    const begun = await begin();
    expect(begun.status).toBe(200);
    const there = await fetch(begun.body.url, { redirect: 'manual' });
    const back = there.headers.get('location') ?? '';
    return follow(back, readCookies(begun));
  }

  async function follow(back: string, cookie: string) {
    expect(back.startsWith(`${service.url}/api/auth/callback/oidc?`)).toBe(true);
    const answer = await service.call('GET', back.slice(`${service.url}/api`.length), users.browser(cookie));
    expect(answer.status).toBe(302);
    return { cookie: readCookies(answer), to: new URL(answer.headers.get('location') ?? '', service.url) };
  }

  const me = (cookie: string) => service.call('GET', '/me', users.browser(cookie));

  async function expectRefusal(claims: Partial<Claims>, error: string): Promise<void> {
    const { cookie, to } = await come(claims);
    expect([to.pathname, to.searchParams.get('error')]).toEqual(['/sign-in', error]);
    expect((await me(cookie)).status).toBe(401);
  }

  it('keeps nobody out who has a password while the provider is down', async () => {
    provider.state.down = true;
    expect((await begin()).status).toBeGreaterThanOrEqual(400);
    expect((await users.signIn('olivia@example.com')).status).toBe(200);
    provider.state.down = false;
    expect((await begin()).status).toBe(200);
    expect((await service.read('/sign-in', { key: null })).singleSignOn).toBe('Acme login');
  });

  it('lets in who is invited, and that is all it takes', async () => {
    const email = newAddress();
    await expectRefusal({ email }, 'not_invited');
    const invited = await service.call('POST', '/team/invitations', { body: { email, role: 'admin' } });
    expect(invited.status).toBe(201);
    await expectRefusal({ email, email_verified: false }, 'email_not_verified');
    const sub = randomUUID();
    const { cookie, to } = await come({ sub, email: email.toUpperCase() });
    expect(to.pathname).toBe('/');
    const { body } = await me(cookie);
    expect(body).toMatchObject({ workspace: service.workspaceId, user: { email, name: 'Ina Person', role: 'admin' } });
    expect((await service.read('/team')).invitations).toEqual([]);
    expect(changesIn((await service.read(`/audit?subject=${body.user.id}`)).items)).toMatchObject([
      { action: 'team.join', detail: { role: 'admin', by: 'single_sign_on' } },
    ]);
    // And again, whatever the provider calls them by now.
    expect((await me((await come({ sub, email })).cookie)).body.user.id).toBe(body.user.id);
  });

  it('lets the people of our domains in as viewers, and of no other', async () => {
    const { cookie } = await come({ email: `${randomUUID()}@acme.example` });
    expect((await me(cookie)).body.user.role).toBe('viewer');
    await expectRefusal({ email: `${randomUUID()}@not-acme.example` }, 'not_invited');
    await expectRefusal({ email: `${randomUUID()}@sub.acme.example` }, 'not_invited');
    await expectRefusal({ email: `${randomUUID()}@acme.example`, email_verified: false }, 'email_not_verified');
  });

  it('takes a provider at its word that an address is theirs, however it writes it', async () => {
    const claims = (of: object) => ({ email: `${randomUUID()}@acme.example`, email_verified: undefined, ...of });
    const accepted = [
      { xms_edov: true },
      { xms_edov: 1 },
      { xms_edov: '1' },
      { xms_edov: 'true' },
      { email_verified: 'true' },
    ];
    for (const said of accepted) {
      const { cookie } = await come(claims(said));
      expect([said, (await me(cookie)).status]).toEqual([said, 200]);
    }
    const refused = [
      {},
      { email_verified: false },
      { email_verified: 'false' },
      { email_verified: false, xms_edov: true },
      { xms_edov: 0 },
      { xms_edov: 'false' },
    ];
    for (const said of refused) await expectRefusal(claims(said), 'email_not_verified');
  });

  it('takes addresses of a domain that the provider vouches for without a claim', async () => {
    const email = `${randomUUID()}@vouched.example`;
    await service.call('POST', '/team/invitations', { body: { email, role: 'viewer' } });
    await expectRefusal({ email, email_verified: false }, 'email_not_verified');
    const { cookie } = await come({ email, email_verified: undefined });
    expect((await me(cookie)).body.user.email).toBe(email);
  });

  it('knows who works here already by a verified address, and takes a password of before away', async () => {
    const email = newAddress();
    const id = await users.colleague(email, 'admin');
    const before = await users.cookieOf(email);
    await expectRefusal({ email, email_verified: false }, 'account_not_linked');
    expect((await users.signIn(email)).status).toBe(200);
    const { cookie } = await come({ email });
    expect((await me(cookie)).body.user).toMatchObject({ id, role: 'admin' });
    // Whoever made the account by the link need not be who owns the address.
    expect((await me(before)).status).toBe(401);
    expect((await users.signIn(email)).status).toBe(401);
  });

  it('lets nobody in whose work here has ended', async () => {
    const email = newAddress();
    await service.call('POST', '/team/invitations', { body: { email, role: 'viewer' } });
    const sub = randomUUID();
    const { cookie } = await come({ sub, email });
    const { id } = (await me(cookie)).body.user;
    expect((await service.call('DELETE', `/team/${id}`)).status).toBe(204);
    expect((await me(cookie)).status).toBe(401);
    await expectRefusal({ sub, email }, 'not_invited');
    await service.call('POST', '/team/invitations', { body: { email, role: 'viewer' } });
    expect((await me((await come({ sub, email })).cookie)).body.user.id).toBe(id);
  });

  it('believes no token that is signed by somebody else, is for another program or answers another question', async () => {
    const email = `${randomUUID()}@acme.example`;
    for (const lie of [{ signsWith: 'wrong' as const }, { audience: 'another' }, { nonce: 'of yesterday' }]) {
      Object.assign(provider.state, { signsWith: 'right', audience: client.id, nonce: undefined }, lie);
      await expectRefusal({ email }, 'unable_to_get_user_info');
    }
    expect(await rowsWith(service.database.db, [email])).toEqual([]);
  });

  it('is finished in the browser in which it was begun, once', async () => {
    provider.state.claims = { sub: randomUUID(), email: `${randomUUID()}@acme.example`, email_verified: true };
    const begun = await begin();
    const there = await fetch(begun.body.url, { redirect: 'manual' });
    const back = there.headers.get('location') ?? '';
    const elsewhere = await follow(back, '');
    expect(elsewhere.to.searchParams.get('error')).toBeTruthy();
    expect(elsewhere.cookie).not.toContain('session_token');
    const again = await come({ email: `${randomUUID()}@acme.example` });
    expect((await follow(back, again.cookie)).to.searchParams.get('error')).toBeTruthy();
  });

  it('leads back to pages of ours alone, and takes no token by hand', async () => {
    expect((await begin({ callbackURL: 'https://evil.example/' })).status).toBe(403);
    expect((await begin({ errorCallbackURL: 'https://evil.example/' })).status).toBe(403);
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: 'x', email: 'x@acme.example', email_verified: true, iss: provider.issuer, aud: client.id };
    const token = provider.signed({ ...claims, iat: now, exp: now + 300 });
    const byHand = await begin({ idToken: { token } });
    expect(byHand.status).toBe(400);
    expect(byHand.headers.getSetCookie()).toEqual([]);
  });

  it('keeps none of the provider’s tokens, and says no address', async () => {
    const email = `${randomUUID()}@acme.example`;
    await come({ email });
    expect(await rowsWith(service.database.db, ['an-access-token', 'eyJhbGci'])).toEqual([]);
    const said = JSON.stringify(service.logs);
    expect(said).not.toContain('@acme.example');
    expect(said).not.toContain(client.secret);
  });
});
