import { beforeAll, expect, it } from 'vitest';
import { slowHashing } from '../../src/modules/accounts/password-hashing.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { hour } from '../flows/world.ts';
import { eventually } from '../journey/eventually.ts';
import type { Served } from './served.ts';
import { changesIn, newAddress, password, readLinkToken, type SigningIn, serveWithOwner } from './signing-in.ts';

const another = 'another long password';

describeOnEachDatabase('a lost password', (open) => {
  let service: Served;
  let users: SigningIn;
  let owner: string;

  beforeAll(async () => {
    ({ service, users } = await serveWithOwner(await open(), { passwordHashing: slowHashing }));
    owner = await users.cookieOf('olivia@example.com');
  });

  const ask = (email: string) => users.post('/reset-link', { email });
  const reset = (link: string, secret = another) =>
    users.post('/reset', { token: readLinkToken(link), password: secret });
  const linkFor = async (id: string) => {
    const answer = await service.call('POST', `/team/${id}/reset-link`, users.browser(owner));
    expect(answer.status).toBe(200);
    return answer.body.link as string;
  };

  const linksTo = (email: string) =>
    service.fakeEmailServer.to(email.toLowerCase()).filter(({ text }) => text.includes('/reset#token='));

  /** Nobody who asks is told when it leaves. */
  const arrival = (email: string, before = linksTo(email).length) =>
    eventually(`a link arrives at ${email}`, () => linksTo(email)[before]);

  async function emailed(email: string): Promise<{ link: string; subject: string }> {
    const before = linksTo(email).length;
    expect((await ask(email)).status).toBe(202);
    const { text, subject } = await arrival(email, before);
    return { subject, link: /http\S+\/reset#token=\S+/u.exec(text)?.[0] ?? '' };
  }

  it('is replaced by a link that is mailed, and everybody is signed out', async () => {
    const email = newAddress();
    const id = await users.colleague(email, 'viewer');
    const cookie = await users.cookieOf(email);
    const { link, subject } = await emailed(email.toUpperCase());
    expect(subject).toBe('Your new password');
    expect((await reset(link, 'short')).body.problems).toMatchObject([{ field: 'password' }]);
    expect((await users.signIn(email)).status).toBe(200);
    expect(await reset(link)).toMatchObject({ status: 200, body: { email: email.toLowerCase() } });
    expect((await service.call('GET', '/me', users.browser(cookie))).status).toBe(401);
    expect((await users.signIn(email, password)).status).toBe(401);
    expect((await users.signIn(email, another)).status).toBe(200);
    expect((await reset(link, 'a third password')).body).toMatchObject({
      code: 'link_expired',
      params: { kind: 'reset' },
    });
    expect(changesIn((await service.read(`/audit?subject=${id}`)).items)).toMatchObject([
      { actor: id, action: 'password.reset' },
    ]);
  });

  it('tells nobody whether an address is known', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const unknown = await ask('unknown@example.com');
    const known = await ask(email);
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    expect((await arrival(email, 0)).to.address).toBe(email);
    expect(service.fakeEmailServer.to('unknown@example.com')).toEqual([]);
  });

  it('has a link for an hour, and of several one alone', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const { link: first } = await emailed(email);
    service.jump(hour + 1);
    expect((await reset(first)).status).toBe(400);
    const [{ link: second }, { link: third }] = [await emailed(email), await emailed(email)];
    const both = await Promise.all([reset(second), reset(second, 'a third password')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 400]);
    expect((await reset(third)).status).toBe(400);
  });

  it('fills nobody’s mailbox', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    for (let n = 0; n < 3; n += 1) await emailed(email);
    for (let n = 0; n < 3; n += 1) expect((await ask(email)).status).toBe(202);
    await emailed('olivia@example.com');
    expect(service.fakeEmailServer.to(email)).toHaveLength(3);
    const headers = users.from();
    const asked = [];
    for (let n = 0; n < 11; n += 1) {
      const answer = await service.call('POST', '/reset-link', {
        key: null,
        headers,
        body: { email: `n${n}@example.com` },
      });
      asked.push(answer.status);
    }
    expect(asked).toEqual([...Array(10).fill(202), 429]);
  });

  it('is replaced by a link that an admin hands over', async () => {
    owner = await users.cookieOf('olivia@example.com');
    const email = newAddress();
    const id = await users.colleague(email, 'admin');
    const link = await linkFor(id);
    expect((await reset(link)).status).toBe(200);
    expect((await users.signIn(email, another)).status).toBe(200);
    const [noted] = (await service.read(`/audit?action=password.link&subject=${id}`)).items;
    expect(noted.actorName).toBe('Olivia');
    // Not for who is gone by then.
    const late = await linkFor(id);
    expect((await service.call('DELETE', `/team/${id}`)).status).toBe(204);
    expect((await reset(late)).status).toBe(400);
  });

  it('can be changed by who knows it, and that is noted', async () => {
    const email = newAddress();
    const id = await users.colleague(email, 'viewer');
    const cookie = await users.cookieOf(email);
    const change = (currentPassword: string) =>
      service.call('POST', '/auth/change-password', {
        ...users.browser(cookie),
        body: { currentPassword, newPassword: another, revokeOtherSessions: true },
      });
    expect((await change('a wrong password')).status).toBe(400);
    expect((await change(password)).status).toBe(200);
    expect((await users.signIn(email, another)).status).toBe(200);
    expect(changesIn((await service.read(`/audit?subject=${id}`)).items)).toMatchObject([
      { action: 'password.change' },
    ]);
  });

  it('and everything else that is sent to sign in is short', async () => {
    const sent = (length: number) => users.signIn('olivia@example.com', 'x'.repeat(length));
    expect((await sent(9000)).status).toBe(400);
    const refused = await sent(10_240);
    expect(refused).toMatchObject({
      status: 413,
      body: { code: 'too_large', params: { kind: 'limit', limit: 10_240 } },
    });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  });

  it('leaves no trace in the log', () => {
    const said = JSON.stringify(service.logs);
    for (const secret of ['@example.com', 'token=', another]) expect(said).not.toContain(secret);
  });
});
