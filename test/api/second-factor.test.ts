import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { rowsWith } from '../whole-database.ts';
import { authenticatorCode } from './authenticator.ts';
import { type Served, serve } from './served.ts';
import {
  changesIn,
  newAddress,
  password,
  readCookies,
  readLinkToken,
  type SigningIn,
  serveWithOwner,
  signingIn,
} from './signing-in.ts';

/** Of the step after this one, which is taken already: the one of now was used to turn the factor on. */
const nextCode = (address: string) => authenticatorCode(address, Date.now() + 30_000);

describeOnEachDatabase('a second factor', (open) => {
  let service: Served;
  let users: SigningIn;

  beforeAll(async () => {
    ({ service, users } = await serveWithOwner(await open()));
  });

  const post = (path: string, cookie: string, body: object) =>
    service.call('POST', `/auth/two-factor/${path}`, { ...users.browser(cookie), body });

  /** Somebody who has one. */
  async function careful() {
    const email = newAddress();
    const id = await users.colleague(email, 'viewer');
    const before = await users.cookieOf(email);
    const begun = await post('enable', before, { password });
    expect(begun.status).toBe(200);
    const code = authenticatorCode(begun.body.totpURI);
    const verified = await post('verify-totp', before, { code });
    expect(verified.status).toBe(200);
    return {
      code,
      id,
      email,
      before,
      cookie: readCookies(verified),
      address: begun.body.totpURI as string,
      codes: begun.body.backupCodes as string[],
    };
  }

  /** What they have after the password alone. */
  async function halfway(email: string): Promise<string> {
    const answer = await users.signIn(email);
    expect(answer).toMatchObject({ status: 200, body: { twoFactorRedirect: true } });
    const cookie = readCookies(answer);
    expect(cookie).not.toContain('session_token');
    expect((await service.call('GET', '/me', users.browser(cookie))).status).toBe(401);
    return cookie;
  }

  it('is begun with the password, and on once a code was right', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const cookie = await users.cookieOf(email);
    expect((await post('enable', cookie, { password: 'not this one' })).status).toBe(400);
    const begun = await post('enable', cookie, { password });
    expect(begun.body.totpURI).toMatch(/^otpauth:\/\/totp\/Scoreback:/u);
    expect(begun.body.backupCodes).toHaveLength(10);
    expect((await service.read('/me', users.browser(cookie))).user.twoFactor).toBe(false);
    expect((await users.signIn(email)).body.twoFactorRedirect).toBeUndefined();
    expect((await post('verify-totp', cookie, { code: '000000' })).status).toBe(401);
    const verified = await post('verify-totp', cookie, { code: authenticatorCode(begun.body.totpURI) });
    expect(verified.status).toBe(200);
    expect((await service.read('/me', users.browser(readCookies(verified)))).user.twoFactor).toBe(true);
    expect((await service.call('GET', '/me', users.browser(cookie))).status).toBe(401);
    const { members } = await service.read('/team');
    expect(members.find((of: { email: string }) => of.email === email).twoFactor).toBe(true);
  });

  it('is asked for after the password, and opens with a code', async () => {
    const { email, address } = await careful();
    const cookie = await halfway(email);
    expect((await post('verify-totp', cookie, { code: authenticatorCode(address, 0) })).status).toBe(401);
    const opened = await post('verify-totp', cookie, { code: nextCode(address) });
    expect(opened.status).toBe(200);
    expect((await service.read('/me', users.browser(readCookies(opened)))).user.email).toBe(email);
    expect((await post('verify-totp', '', { code: authenticatorCode(address) })).status).toBe(401);
  });

  it('takes a code once, also of two sign-ins at the same time and in another process', async () => {
    const { email, address, code: used } = await careful();
    expect((await post('verify-totp', await halfway(email), { code: used })).status).toBe(401);
    const [first, second] = [await halfway(email), await halfway(email)];
    const code = nextCode(address);
    const both = await Promise.all([post('verify-totp', first, { code }), post('verify-totp', second, { code })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    const elsewhere = await serve(service.database);
    const begun = await signingIn(elsewhere).signIn(email);
    const again = await elsewhere.call('POST', '/auth/two-factor/verify-totp', {
      ...users.browser(readCookies(begun)),
      headers: { cookie: readCookies(begun), origin: elsewhere.url },
      body: { code },
    });
    expect(again.status).toBe(401);
    await service.access.settled();
    const { items } = await service.read(`/audit?action=twofactor.refused`);
    expect(items[0]).toMatchObject({ actor: 'anonymous', detail: { reason: 'code_used_before' } });
  });

  it('opens with each backup code once', async () => {
    const { email, codes } = await careful();
    const [code] = codes;
    expect((await post('verify-backup-code', await halfway(email), { code })).status).toBe(200);
    expect((await post('verify-backup-code', await halfway(email), { code })).status).toBe(401);
    expect((await post('verify-backup-code', await halfway(email), { code: codes[1] })).status).toBe(200);
  });

  it('cannot be guessed: not from one address, nor from many', async () => {
    const { email, address } = await careful();
    const headers = users.from();
    const cookie = await halfway(email);
    const tried = [];
    for (let n = 0; n < 12; n += 1) {
      const answer = await service.call('POST', '/auth/two-factor/verify-totp', {
        key: null,
        headers: { ...headers, cookie },
        body: { code: '000000' },
      });
      tried.push(answer.status);
    }
    expect(tried.slice(0, 5)).toEqual(Array(5).fill(401));
    expect(tried.slice(5, 10)).not.toContain(200);
    expect(tried.slice(10)).toEqual([429, 429]);
    // Five wrong codes end a sign-in, ten an account's patience.
    const next = await halfway(email);
    for (let n = 0; n < 5; n += 1) await post('verify-totp', next, { code: '000000' });
    const right = await post('verify-totp', await halfway(email), { code: nextCode(address) });
    expect(right.status).toBe(429);
  });

  it('is ended, and its codes are renewed, with the password', async () => {
    const { id, email, cookie, codes } = await careful();
    expect((await post('generate-backup-codes', cookie, { password: 'not this one' })).status).toBe(400);
    const renewed = await post('generate-backup-codes', cookie, { password });
    expect(renewed.body.backupCodes).toHaveLength(10);
    expect(renewed.body.backupCodes).not.toContain(codes[0]);
    expect((await post('verify-backup-code', await halfway(email), { code: codes[0] })).status).toBe(401);
    expect((await post('disable', cookie, { password: 'not this one' })).status).toBe(400);
    expect((await post('disable', cookie, { password })).status).toBe(200);
    expect((await users.signIn(email)).body.twoFactorRedirect).toBeUndefined();
    const { items } = await service.read(`/audit?subject=${id}`);
    expect(changesIn(items).map(({ action }: { action: string }) => action)).toEqual([
      'twofactor.disable',
      'twofactor.renew',
      'twofactor.enable',
      'twofactor.begin',
    ]);
  });

  it('is asked for again everywhere after a new password', async () => {
    const { id, email, address } = await careful();
    const opened = await post('verify-totp', await halfway(email), { code: nextCode(address), trustDevice: true });
    const device = readCookies(opened);
    const trusted = await users.signIn(email, password, { cookie: device });
    expect(trusted.body.twoFactorRedirect).toBeUndefined();
    const begun = await halfway(email);
    const { body } = await service.call('POST', `/team/${id}/reset-link`);
    const token = readLinkToken(body.link);
    expect((await users.post('/reset', { token, password: 'another long one' })).status).toBe(200);
    expect((await post('verify-totp', begun, { code: authenticatorCode(address) })).status).toBe(401);
    const again = await users.signIn(email, 'another long one', { cookie: readCookies(trusted) || device });
    expect(again.body.twoFactorRedirect).toBe(true);
  });

  it('is ended by an admin for somebody who lost it, but not an owner’s', async () => {
    const { id, email } = await careful();
    await users.colleague('helper@example.com', 'admin');
    const admin = await users.cookieOf('helper@example.com');
    await halfway(email);
    const drop = (of: string) => service.call('DELETE', `/team/${of}/second-factor`, users.browser(admin));
    expect((await drop(id)).status).toBe(204);
    expect((await users.signIn(email)).body.twoFactorRedirect).toBeUndefined();
    const { members } = await service.read('/team');
    const owner = members.find(({ role }: { role: string }) => role === 'owner');
    expect((await drop(owner.id)).status).toBe(403);
    expect((await drop('unknown')).status).toBe(404);
    expect((await service.read(`/audit?action=twofactor.drop`)).items).toMatchObject([{ subject: id }]);
  });

  it('stands nowhere in the database as it is', async () => {
    const { address, codes, email } = await careful();
    const secret = new URL(address).searchParams.get('secret') ?? '';
    expect(await rowsWith(service.database.db, [secret, ...codes])).toEqual([]);
    expect((await rowsWith(service.database.db, [email])).length).toBeGreaterThan(0);
  });
});
