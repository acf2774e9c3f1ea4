import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { ensureWorkspace } from '../../src/modules/accounts/queries/workspaces.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { createVendor } from '../flows/vendor.ts';
import { type Served, serve } from './served.ts';
import { newAddress, readCookies, type SigningIn, signingIn } from './signing-in.ts';

describeOnEachDatabase('a consent', (open) => {
  let service: Served;
  let users: SigningIn;
  let exchanged = 0;
  /** Somebody who works in another workspace. */
  let foreigner: string;
  /** Somebody who works here. */
  let colleague: string;

  beforeAll(async () => {
    service = await serve(await open(), {
      systems: async (clock) => {
        const { connector } = createVendor({ clock, name: 'globex' });
        const authorization = () => ({
          url: ({ state }: { state: string }) => `https://globex.example/consent?state=${state}`,
          async exchange() {
            exchanged += 1;
            return { account: 'an account', credentials: 'a token' };
          },
        });
        return [{ connector: { ...connector, authorization }, settings: {}, origin: 'authorization' }];
      },
    });
    users = signingIn(service);
    await users.owner();
    const elsewhere = `workspace-${randomUUID()}`;
    await ensureWorkspace(service.database.db, elsewhere, service.clock());
    const [one, other] = [newAddress(), newAddress()];
    await users.colleague(one, 'admin', elsewhere);
    await users.colleague(other, 'admin');
    [foreigner, colleague] = [await users.cookieOf(one), await users.cookieOf(other)];
  });

  const visit = (url: string, cookie: string) => fetch(url, { headers: { cookie }, redirect: 'manual' });

  /** The link, what the browser keeps that opens it, and where the vendor sends it. */
  async function begun() {
    const { body } = await service.call('POST', '/authorizations', { body: { connector: 'globex' } });
    const page = await visit(body.url, colleague);
    expect(page.status).toBe(200);
    const cookie = readCookies(page);
    const state = /state=([^"&]+)"/u.exec(await page.text())?.[1] ?? expect.unreachable();
    return { link: body.url, cookie, back: `${service.url}/oauth/globex/callback?code=a-code&state=${state}` };
  }

  /** It was refused, and the log has one line about it. */
  async function verifyRefused(answer: Response, status: number, code: string): Promise<void> {
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ status, code });
    const request = answer.headers.get('x-request-id');
    expect(request).toMatch(/^[0-9a-f-]{36}$/u);
    expect(service.logs.filter((line) => line.request === request)).toMatchObject([
      { code: 'request.refused', failure: code, status },
    ]);
  }

  it('into a workspace in which whoever is signed in does not work is refused before the vendor asks', async () => {
    const { link } = await begun();
    const answer = await visit(link, foreigner);
    expect(answer.headers.getSetCookie()).toEqual([]);
    await verifyRefused(answer, 403, 'foreign_workspace');
  });

  it('into such a workspace is refused when it comes back, before its code is used', async () => {
    const { cookie, back } = await begun();
    await verifyRefused(await visit(back, `${cookie}; ${foreigner}`), 403, 'foreign_workspace');
    expect(exchanged).toBe(0);
  });

  it('that another browser asked for is refused', async () => {
    const [{ back }, { cookie }] = [await begun(), await begun()];
    await verifyRefused(await visit(back, `${cookie}; ${colleague}`), 400, 'foreign_consent');
    await verifyRefused(await visit(back, colleague), 400, 'foreign_consent');
    expect(exchanged).toBe(0);
  });
});
