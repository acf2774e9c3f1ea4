import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { eventually } from '../journey/eventually.ts';
import { codeOf } from './authenticator.ts';
import { type Served, serve } from './served.ts';
import { cookiesOf, newAddress, password, type SigningIn, signingIn, tokenOf } from './signing-in.ts';

describeOnEachDatabase('the owner of an account', (open) => {
  let service: Served;
  let users: SigningIn;

  beforeAll(async () => {
    service = await serve(await open(), { languages: ['en', 'nb'] });
    users = signingIn(service);
    await users.owner();
  });

  const subjectsTo = (email: string) => service.postbox.to(email).map(({ subject }) => subject);
  const told = (email: string, subject: string) =>
    eventually(`${email} is told "${subject}"`, () => subjectsTo(email).includes(subject));

  it('is told by email what happened to it', async () => {
    const email = newAddress();
    const id = await users.colleague(email, 'viewer');
    const first = await users.cookieOf(email);
    await told(email, 'Your account was signed in to on a new device');
    const before = subjectsTo(email).length;
    await users.cookieOf(email, password, { cookie: first });
    const factor = (cookie: string, path: string, body: object) =>
      service.call('POST', `/auth/two-factor/${path}`, { ...users.browser(cookie), body });

    const { body } = await factor(first, 'enable', { password });
    const second = cookiesOf(await factor(first, 'verify-totp', { code: codeOf(body.totpURI) }));
    await told(email, 'Two-factor authentication was turned on');
    // The known browser was no news.
    expect(subjectsTo(email)).toHaveLength(before + 1);

    const halfway = cookiesOf(await users.signIn(email));
    await factor(halfway, 'verify-backup-code', { code: body.backupCodes[0] });
    await told(email, 'A backup code was used to sign in');
    await service.call('DELETE', `/team/${id}/second-factor`);
    await told(email, 'An admin removed your two-factor authentication');

    await service.call('PATCH', `/team/${id}`, { body: { role: 'admin' } });
    await told(email, 'Your role was changed');
    await service.call('POST', '/keys', { ...users.browser(second), body: { name: 'Nightly', scopes: ['read'] } });
    await told(email, 'An API key was created with your account');

    const changed = { currentPassword: password, newPassword: 'a brand new secret' };
    await service.call('POST', '/auth/change-password', { ...users.browser(second), body: changed });
    await told(email, 'Your password was changed');
    const { body: made } = await service.call('POST', `/team/${id}/reset-link`);
    await users.post('/reset', { token: tokenOf(made.link), password: 'yet another secret' });
    await told(email, 'Your password was replaced by means of a reset link');

    for (const { text, html } of service.postbox.to(email)) {
      expect(text).toContain(`${service.url}/account`);
      expect(`${text}${html}`).not.toMatch(/token|secret|scoreback_/u);
    }
  });

  it('reads it in the language of their console', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const cookie = await users.cookieOf(email);
    await service.call('PATCH', '/me', { ...users.browser(cookie), body: { language: 'nb' } });
    await users.cookieOf(email);
    await told(email, 'Kontoen din ble logget inn på en ny enhet');
  });
});
