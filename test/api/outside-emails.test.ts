import { beforeAll, expect, it } from 'vitest';
import { updateWorkspace } from '../../src/platform/workspaces/queries.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { day, hour } from '../flows/world.ts';
import { type Served, serve } from './served.ts';
import { type SigningIn, signingIn } from './signing-in.ts';

describeOnEachDatabase('emails to addresses outside the team', (open) => {
  let service: Served;
  let users: SigningIn;
  let owner: string;
  let made = 0;

  beforeAll(async () => {
    service = await serve(await open());
    users = signingIn(service);
    await users.owner();
    owner = await users.cookieOf('olivia@example.com');
    await updateWorkspace(service.database.db, service.workspaceId, {
      ownAddresses: ['Help@Elsewhere.example'],
      ownDomains: ['acme.example'],
    });
  });

  const stranger = () => `stranger-${++made}@customer.example`;
  const sendTest = (email: string) => service.call('POST', '/surveys/after-ticket/send-test', { body: { email } });
  const requestTest = (email: string) =>
    service.call('POST', '/invitations', { body: { survey: 'after-ticket', contact: { email }, test: true } });
  const invite = (email: string) =>
    service.call('POST', '/team/invitations', { ...users.browser(owner), body: { email, role: 'viewer' } });
  const insiders = ['olivia@example.com', 'help@elsewhere.example', 'ann@acme.example', 'bob@mail.acme.example'];

  it('a workspace sends 20 test emails a day to others, and as many as it likes to its own', async () => {
    for (const email of [...insiders, ...insiders]) expect((await sendTest(email)).status).toBe(200);
    for (let sent = 0; sent < 19; sent++) expect((await sendTest('stranger@customer.example')).status).toBe(200);
    await service.pass(6 * hour);
    expect((await requestTest(stranger())).status).toBe(200);

    const notMember = 'ann@notacme.example';
    for (const ask of [sendTest, requestTest]) {
      const refused = await ask(notMember);
      expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
      // Those before the last one fall out of the count 18 hours from now.
      expect(Number(refused.headers.get('retry-after'))).toBe((18 * hour) / 1000);
    }
    for (const email of insiders) expect((await sendTest(email)).status).toBe(200);
    await service.world.runDue();
    expect(service.fakeEmailServer.to(notMember)).toEqual([]);

    await service.pass(18 * hour);
    for (let sent = 0; sent < 19; sent++) expect((await sendTest(stranger())).status).toBe(200);
    expect((await sendTest(stranger())).status).toBe(429);
  });

  it('a contact that is marked as a test is no way around the limit of test emails', async () => {
    await service.pass(2 * day);
    const email = stranger();
    const body = { survey: 'after-ticket', contact: { email } };
    const { contactId } = (await service.call('POST', '/invitations', { body })).body;
    expect((await service.call('PATCH', `/contacts/${contactId}`, { body: { test: true } })).status).toBe(200);
    for (let sent = 0; sent < 20; sent++)
      expect((await service.call('POST', '/invitations', { body })).status).toBe(200);
    expect((await service.call('POST', '/invitations', { body })).status).toBe(429);
  });

  it('a workspace invites 20 people a day from outside its own domains, taken back or not', async () => {
    owner = await users.cookieOf('olivia@example.com');
    for (let sent = 0; sent < 20; sent++) {
      const { status, body } = await invite(stranger());
      expect(status).toBe(201);
      await service.call('DELETE', `/team/invitations/${body.id}`, users.browser(owner));
    }
    const email = stranger();
    const refused = await invite(email);
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBe(day / 1000);
    expect(service.fakeEmailServer.to(email)).toEqual([]);
    expect((await invite('new@acme.example')).status).toBe(201);
  });
});
