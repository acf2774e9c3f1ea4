import { beforeAll, expect, it } from 'vitest';
import { readLocales } from '../../config/locales.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { eventually } from '../journey/eventually.ts';
import { authenticatorCode } from './authenticator.ts';
import { type Served, serve } from './served.ts';
import { newAddress, password, readCookies, readLinkToken, type SigningIn, signingIn } from './signing-in.ts';

const locales = readLocales();
const subjectsIn = (language: string) => locales.get(language)?.account.events ?? expect.unreachable();
const [english, norwegian] = [subjectsIn('en'), subjectsIn('nb')];

describeOnEachDatabase('the owner of an account', (open) => {
  let service: Served;
  let users: SigningIn;

  beforeAll(async () => {
    service = await serve(await open(), { languages: ['en', 'nb'] });
    users = signingIn(service);
    await users.owner();
  });

  const subjectsTo = (email: string) => service.fakeEmailServer.to(email).map(({ subject }) => subject);
  const told = (email: string, subject: string) =>
    eventually(`${email} is told "${subject}"`, () => subjectsTo(email).includes(subject));

  it('is told by email what happened to it', async () => {
    const email = newAddress();
    const id = await users.colleague(email, 'viewer');
    const first = await users.cookieOf(email);
    await told(email, english.new_device);
    const before = subjectsTo(email).length;
    await users.cookieOf(email, password, { cookie: first });
    const factor = (cookie: string, path: string, body: object) =>
      service.call('POST', `/auth/two-factor/${path}`, { ...users.browser(cookie), body });

    const { body } = await factor(first, 'enable', { password });
    const second = readCookies(await factor(first, 'verify-totp', { code: authenticatorCode(body.totpURI) }));
    await told(email, english.factor_on);
    // The known browser was no news.
    expect(subjectsTo(email)).toHaveLength(before + 1);

    const halfway = readCookies(await users.signIn(email));
    await factor(halfway, 'verify-backup-code', { code: body.backupCodes[0] });
    await told(email, english.backup_code_used);
    await service.call('DELETE', `/team/${id}/second-factor`);
    await told(email, english.factor_removed);

    await service.call('PATCH', `/team/${id}`, { body: { role: 'admin' } });
    await told(email, english.role_changed);
    await service.call('POST', '/keys', { ...users.browser(second), body: { name: 'Nightly', scopes: ['read'] } });
    await told(email, english.key_made);

    const changed = { currentPassword: password, newPassword: 'a brand new secret' };
    await service.call('POST', '/auth/change-password', { ...users.browser(second), body: changed });
    await told(email, english.password_changed);
    const { body: made } = await service.call('POST', `/team/${id}/reset-link`);
    await users.post('/reset', { token: readLinkToken(made.link), password: 'yet another secret' });
    await told(email, english.password_reset);

    for (const { text, html } of service.fakeEmailServer.to(email)) {
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
    await told(email, norwegian.new_device);
  });
});
