import { beforeAll, expect, it } from 'vitest';
import { twoFactor } from '../../src/modules/accounts/tables.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { authenticatorCode } from './authenticator.ts';
import { type Served, serve } from './served.ts';
import { password, readCookies, signingIn } from './signing-in.ts';

const former = 'former-key-0123456789abcdefghijklmnop';
const current = 'current-key-0123456789abcdefghijklmno';
const other = 'another-key-0123456789abcdefghijklmno';
const email = 'olivia@example.com';

describeOnEachDatabase('replacing SECRET_KEY', (open) => {
  let first: Served;
  let address: string;
  let codes: string[];

  /** The service started again with these keys. */
  const restart = (...secretKeys: [string, ...string[]]) => serve(first.database, { secretKeys });

  async function show(service: Served, path: string, code: string) {
    const users = signingIn(service);
    const begun = await users.signIn(email);
    expect(begun.body.twoFactorRedirect).toBe(true);
    return service.call('POST', `/auth/two-factor/${path}`, { ...users.browser(readCookies(begun)), body: { code } });
  }

  beforeAll(async () => {
    first = await serve(await open(), { secretKeys: [former] });
    const users = signingIn(first);
    await users.owner(email);
    const cookie = await users.cookieOf(email);
    const post = (path: string, body: object) =>
      first.call('POST', `/auth/two-factor/${path}`, { ...users.browser(cookie), body });
    const begun = await post('enable', { password });
    address = begun.body.totpURI;
    codes = begun.body.backupCodes;
    expect((await post('verify-totp', { code: authenticatorCode(address) })).status).toBe(200);
  });

  it('answers with a sentence while the key of a second factor is missing', async () => {
    const service = await restart(other);
    for (const [path, code] of [
      ['verify-totp', authenticatorCode(address, Date.now() + 30_000)],
      ['verify-backup-code', codes[0] ?? ''],
    ] as const) {
      expect(await show(service, path, code)).toMatchObject({
        status: 409,
        body: { code: 'two_factor_unreadable' },
      });
    }
  });

  it('locks nobody out who has a second factor, and leaves the former key without use after the sweep', async () => {
    const both = await restart(current, former);
    expect((await show(both, 'verify-totp', authenticatorCode(address, Date.now() + 30_000))).status).toBe(200);
    expect((await show(both, 'verify-backup-code', codes[0] ?? '')).status).toBe(200);
    await both.access.sweep();
    const alone = await restart(current);
    expect((await show(alone, 'verify-backup-code', codes[1] ?? '')).status).toBe(200);
    await first.database.db.update(twoFactor).set({ lastUsedStep: null });
    expect((await show(alone, 'verify-totp', authenticatorCode(address))).status).toBe(200);
    expect((await show(await restart(former), 'verify-backup-code', codes[2] ?? '')).status).toBe(409);
  });

  it('reads what was encrypted before keys had versions', async () => {
    const { db } = first.database;
    const [row] = await db.select().from(twoFactor);
    const bare = (encrypted: string | undefined) => encrypted?.replace(/^\$ba\$\d+\$/u, '') ?? '';
    const asBefore = { secret: bare(row?.secret), backupCodes: bare(row?.backupCodes) };
    await db.update(twoFactor).set(asBefore);
    await (await restart(other, current)).access.sweep();
    expect((await show(await restart(other), 'verify-backup-code', codes[3] ?? '')).status).toBe(200);
  });
});
