import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { day, minute } from '../flows/world.ts';
import { authenticatorCode } from './authenticator.ts';
import { type Served, serve } from './served.ts';
import { newAddress, password, readCookies, type SigningIn, serveWithOwner, signingIn } from './signing-in.ts';

describeOnEachDatabase('a session', (open) => {
  let service: Served;
  let users: SigningIn;

  beforeAll(async () => {
    ({ service, users } = await serveWithOwner(await open()));
  });

  const makeKey = (cookie: string) =>
    service.call('POST', '/keys', { ...users.browser(cookie), body: { name: 'A key', scopes: ['read'] } });
  const confirm = (cookie: string, body: object) =>
    service.call('POST', '/confirm', { ...users.browser(cookie), body });
  const factor = (cookie: string, path: string, body: object) =>
    service.call('POST', `/auth/two-factor/${path}`, { ...users.browser(cookie), body });

  /** An admin who has just set up a second factor, and what they were told of it. */
  async function withFactor() {
    const email = newAddress();
    await users.colleague(email, 'admin');
    const begun = await users.cookieOf(email);
    const { body } = await factor(begun, 'enable', { password });
    const cookie = readCookies(await factor(begun, 'verify-totp', { code: authenticatorCode(body.totpURI) }));
    return { cookie, body };
  }

  it('needs the password again after 15 minutes before what opens doors', async () => {
    const cookie = await users.cookieOf('olivia@example.com');
    const other = await users.colleague(newAddress(), 'viewer');
    expect((await makeKey(cookie)).status).toBe(201);
    service.jump(16 * minute);
    const as = () => users.browser(cookie);
    const refused = [
      await makeKey(cookie),
      await service.call('PATCH', `/team/${other}`, { ...as(), body: { role: 'admin' } }),
      await service.call('POST', `/team/${other}/reset-link`, as()),
      await service.call('DELETE', `/team/${other}/second-factor`, as()),
      await service.call('POST', '/team/invitations', { ...as(), body: { email: newAddress(), role: 'viewer' } }),
      await service.call('PUT', '/workspace/two-factor', { ...as(), body: { required: true } }),
      await service.call('POST', '/connections', { ...as(), body: { connector: 'acme', settings: {} } }),
    ];
    for (const answer of refused)
      expect(answer).toMatchObject({ status: 403, body: { code: 'fresh_sign_in_required' } });
    expect((await service.call('GET', '/team', as())).status).toBe(200);
    expect(await confirm(cookie, { password: 'not this one' })).toMatchObject({
      status: 400,
      body: { problems: [{ field: 'password' }] },
    });
    expect((await makeKey(cookie)).status).toBe(403);
    expect((await confirm(cookie, { password })).status).toBe(204);
    expect((await makeKey(cookie)).status).toBe(201);
    // A program cannot be asked.
    const key = await service.keyFor('admin', 'read');
    service.jump(16 * minute);
    expect((await service.call('POST', '/keys', { key, body: { name: 'Of a key', scopes: ['read'] } })).status).toBe(
      201,
    );
  });

  it('needs a code where there is a second factor, for which the password is not enough', async () => {
    const { cookie, body } = await withFactor();
    service.jump(16 * minute);
    expect((await service.read('/me', users.browser(cookie))).user.confirmsBy).toBe('code');
    expect((await confirm(cookie, { password })).status).toBe(400);
    expect((await confirm(cookie, { code: '000000' })).status).toBe(400);
    expect((await makeKey(cookie)).status).toBe(403);
    expect((await confirm(cookie, { code: authenticatorCode(body.totpURI, Date.now() + 30_000) })).status).toBe(204);
    expect((await makeKey(cookie)).status).toBe(201);
    service.jump(16 * minute);
    expect((await confirm(cookie, { code: body.backupCodes[0] })).status).toBe(204);
    expect((await makeKey(cookie)).status).toBe(201);
  });

  it('gives up no second factor, and no fresh session, to whoever has the password and not the code', async () => {
    const { cookie, body } = await withFactor();
    service.jump(16 * minute);
    const changed = { currentPassword: password, newPassword: `${password} again`, revokeOtherSessions: true };
    const tries = [
      await factor(cookie, 'generate-backup-codes', { password }),
      await factor(cookie, 'disable', { password }),
      await factor(cookie, 'enable', { password }),
      await service.call('POST', '/auth/change-password', { ...users.browser(cookie), body: changed }),
    ];
    for (const answer of tries) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'fresh_sign_in_required' } });
    }
    expect((await makeKey(cookie)).status).toBe(403);
    expect((await confirm(cookie, { code: authenticatorCode(body.totpURI, Date.now() + 30_000) })).status).toBe(204);
    expect((await factor(cookie, 'generate-backup-codes', { password })).status).toBe(200);
  });

  it('is not fresher after a change of the password than it was before', async () => {
    const email = newAddress();
    await users.colleague(email, 'admin');
    const cookie = await users.cookieOf(email);
    service.jump(16 * minute);
    const changed = { currentPassword: password, newPassword: `${password} again`, revokeOtherSessions: true };
    const answer = await service.call('POST', '/auth/change-password', { ...users.browser(cookie), body: changed });
    expect(answer.status).toBe(200);
    expect((await makeKey(readCookies(answer))).status).toBe(403);
  });

  it('ends after a week in which nobody used it, also for changing the password', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const [used, unused] = [await users.cookieOf(email), await users.cookieOf(email)];
    service.jump(5 * day);
    expect((await service.call('GET', '/me', users.browser(used))).status).toBe(200);
    service.jump(3 * day);
    expect((await service.call('GET', '/me', users.browser(used))).status).toBe(200);
    const changed = await service.call('POST', '/auth/change-password', {
      ...users.browser(unused),
      body: { currentPassword: password, newPassword: 'another long password' },
    });
    expect(changed.status).toBe(401);
    expect((await service.call('GET', '/me', users.browser(unused))).status).toBe(401);
  });

  it('of an admin without a second factor may only look where the workspace requires one', async () => {
    const email = newAddress();
    await users.colleague(email, 'admin');
    const cookie = await users.cookieOf(email);
    const owner = await users.cookieOf('olivia@example.com');
    const requireIt = (required: boolean, headers: object) =>
      service.call('PUT', '/workspace/two-factor', { ...headers, body: { required } });
    // Whoever has none would shut themselves out.
    expect((await requireIt(true, users.browser(owner))).status).toBe(409);
    expect((await requireIt(true, {})).status).toBe(204);
    expect((await service.read('/workspace')).requireTwoFactor).toBe(true);
    expect(await makeKey(cookie)).toMatchObject({ status: 403, body: { code: 'two_factor_required' } });
    expect((await service.call('GET', '/contacts', users.browser(cookie))).status).toBe(200);
    const { body } = await factor(cookie, 'enable', { password });
    const careful = readCookies(await factor(cookie, 'verify-totp', { code: authenticatorCode(body.totpURI) }));
    expect((await makeKey(careful)).status).toBe(201);
    expect((await requireIt(false, {})).status).toBe(204);
  });

  it('lies in a __Host- cookie where the service is reached by https', async () => {
    const secure = await serve(service.database, { publicUrl: 'https://feedback.example.com' });
    const visitors = signingIn(secure);
    const headers = { origin: 'https://feedback.example.com' };
    const answer = await visitors.signIn('olivia@example.com', password, headers);
    expect(answer.status).toBe(200);
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-scoreback\./u);
      expect(cookie).toMatch(/; Secure/iu);
      expect(cookie).toMatch(/; Path=\/(?:;|$)/iu);
      expect(cookie).not.toMatch(/Domain=/iu);
    }
    const me = await secure.call('GET', '/me', { key: null, headers: { cookie: readCookies(answer) } });
    expect(me.status).toBe(200);
  });
});
