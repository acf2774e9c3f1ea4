import { setImmediate } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { hour } from '../flows/world.ts';
import { type Served, serve } from './served.ts';
import { password, type SigningIn, signingIn, somebodyNew, tokenOf } from './signing-in.ts';

const another = 'another long password';

describeOnEachDatabase('a lost password', (open) => {
  let service: Served;
  let people: SigningIn;
  let owner: string;

  beforeAll(async () => {
    service = await serve(await open());
    people = signingIn(service);
    await people.owner();
    owner = await people.cookieOf('olivia@example.com');
  });

  const ask = (email: string) => people.post('/reset-link', { email });
  const reset = (link: string, secret = another) => people.post('/reset', { token: tokenOf(link), password: secret });
  const linkFor = async (id: string) => {
    const answer = await service.call('POST', `/team/${id}/reset-link`, people.browser(owner));
    expect(answer.status).toBe(200);
    return answer.body.link as string;
  };

  async function mailed(email: string, count = 1): Promise<string> {
    for (let turn = 0; turn < 5000 && service.postbox.to(email).length < count; turn += 1) await setImmediate();
    const letter = service.postbox.to(email)[count - 1];
    return /http\S+\/reset\?token=\S+/u.exec(letter?.text ?? '')?.[0] ?? '';
  }

  it('is replaced by a link that is mailed, and everybody is signed out', async () => {
    const email = somebodyNew();
    const id = await people.colleague(email, 'viewer');
    const cookie = await people.cookieOf(email);
    expect((await ask(email.toUpperCase())).status).toBe(202);
    const link = await mailed(email);
    expect(service.postbox.to(email)[0]?.subject).toBe('Your new password');
    expect((await reset(link, 'short')).body.problems).toMatchObject([{ field: 'password' }]);
    expect((await people.signIn(email)).status).toBe(200);
    expect((await reset(link)).status).toBe(204);
    expect((await service.call('GET', '/me', people.browser(cookie))).status).toBe(401);
    expect((await people.signIn(email, password)).status).toBe(401);
    expect((await people.signIn(email, another)).status).toBe(200);
    expect((await reset(link, 'a third password')).body.problems).toMatchObject([{ field: 'token' }]);
    expect((await service.read(`/audit?subject=${id}`)).items).toMatchObject([{ actor: id, action: 'password.reset' }]);
  });

  it('tells nobody whether an address is known', async () => {
    const email = somebodyNew();
    await people.colleague(email, 'viewer');
    const known = await ask(email);
    const unknown = await ask('nobody@example.com');
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    await mailed(email);
    expect(service.postbox.to('nobody@example.com')).toEqual([]);
  });

  it('has a link for an hour, and of several one alone', async () => {
    const email = somebodyNew();
    await people.colleague(email, 'viewer');
    await ask(email);
    const first = await mailed(email);
    await ask(email);
    const second = await mailed(email, 2);
    service.jump(hour + 1);
    expect((await reset(first)).status).toBe(400);
    await ask(email);
    const [third, fourth] = [await mailed(email, 3), second];
    const both = await Promise.all([reset(third), reset(third, 'a third password')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([204, 400]);
    expect((await reset(fourth)).status).toBe(400);
  });

  it('fills nobody’s mailbox', async () => {
    const email = somebodyNew();
    await people.colleague(email, 'viewer');
    for (let n = 0; n < 5; n += 1) expect((await ask(email)).status).toBe(202);
    await mailed(email, 3);
    for (let turn = 0; turn < 200; turn += 1) await setImmediate();
    expect(service.postbox.to(email)).toHaveLength(3);
    const headers = people.from();
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
    const email = somebodyNew();
    const id = await people.colleague(email, 'admin');
    const link = await linkFor(id);
    expect((await reset(link)).status).toBe(204);
    expect((await people.signIn(email, another)).status).toBe(200);
    const [noted] = (await service.read(`/audit?action=password.link&subject=${id}`)).items;
    expect(noted.actorName).toBe('Olivia');
    // Not for who is gone by then.
    const late = await linkFor(id);
    expect((await service.call('DELETE', `/team/${id}`)).status).toBe(204);
    expect((await reset(late)).status).toBe(400);
  });

  it('can be changed by who knows it, and that is noted', async () => {
    const email = somebodyNew();
    const id = await people.colleague(email, 'viewer');
    const cookie = await people.cookieOf(email);
    const change = (currentPassword: string) =>
      service.call('POST', '/auth/change-password', {
        ...people.browser(cookie),
        body: { currentPassword, newPassword: another, revokeOtherSessions: true },
      });
    expect((await change('a wrong password')).status).toBe(400);
    expect((await change(password)).status).toBe(200);
    expect((await people.signIn(email, another)).status).toBe(200);
    expect((await service.read(`/audit?subject=${id}`)).items).toMatchObject([{ action: 'password.change' }]);
  });

  it('and everything else that is sent to sign in is short', async () => {
    const sent = (length: number) => people.signIn('olivia@example.com', 'x'.repeat(length));
    expect((await sent(9000)).status).toBe(400);
    const refused = await sent(10_240);
    expect(refused).toMatchObject({
      status: 413,
      body: { code: 'too_large', detail: 'The request is larger than 10 kB.' },
    });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  });

  it('leaves no trace in the log', () => {
    const said = JSON.stringify(service.logs);
    for (const secret of ['@example.com', 'token=', another]) expect(said).not.toContain(secret);
  });
});
