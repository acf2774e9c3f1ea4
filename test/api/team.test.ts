import { beforeAll, expect, it } from 'vitest';
import { ensureWorkspace } from '../../src/modules/accounts/queries/workspaces.ts';
import { scope } from '../../src/platform/http/scopes.ts';
import { updateWorkspace } from '../../src/platform/workspaces/queries.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { day } from '../flows/world.ts';
import { vendorSays } from '../vendor-says.ts';
import { type Served, serve } from './served.ts';
import { changesIn, newAddress, password, readLinkToken, type SigningIn, signingIn } from './signing-in.ts';

describeOnEachDatabase('the team', (open) => {
  let service: Served;
  let users: SigningIn;
  let ownerId: string;
  let owner: string;
  let admin: string;

  beforeAll(async () => {
    service = await serve(await open());
    users = signingIn(service);
    ownerId = await users.owner();
    await users.colleague('adam@example.com', 'admin');
    owner = await users.cookieOf('olivia@example.com');
    admin = await users.cookieOf('adam@example.com');
    await updateWorkspace(service.database.db, service.workspaceId, { name: 'Acme', ownDomains: ['example.com'] });
  });

  const as = (cookie: string) => users.browser(cookie);
  const team = () => service.read('/team', as(owner));
  const invite = (email: string, role = 'viewer', cookie = admin) =>
    service.call('POST', '/team/invitations', { ...as(cookie), body: { email, role } });
  const change = (id: string, role: string, cookie = owner) =>
    service.call('PATCH', `/team/${id}`, { ...as(cookie), body: { role } });
  const remove = (id: string, cookie = owner) => service.call('DELETE', `/team/${id}`, as(cookie));
  const join = (link: string, body: object = { name: 'New', password }) =>
    users.post('/join', { token: readLinkToken(link), ...body });
  const read = (link: string) =>
    service.call('POST', '/join/invitation', {
      key: null,
      headers: users.from(),
      body: { token: readLinkToken(link) },
    });

  it('is listed with roles, second factors and when everybody was last here', async () => {
    const { members, invitations } = await team();
    expect(members).toMatchObject([
      { name: 'adam', role: 'admin', lastSeenAt: null },
      { id: ownerId, name: 'Olivia', email: 'olivia@example.com', role: 'owner', twoFactor: false },
    ]);
    expect(members[1].lastSeenAt).toBe(service.clock().toISOString());
    expect(invitations).toEqual([]);
  });

  it('grows by a link, which is mailed in the words of the workspace and can be handed over', async () => {
    const email = newAddress();
    const invited = await invite(email.toUpperCase(), 'viewer');
    expect(invited).toMatchObject({ status: 201, body: { email, role: 'viewer', emailed: true } });
    const { link, expiresAt } = invited.body;
    expect(link).toMatch(new RegExp(`^${service.url}/join#token=`, 'u'));
    expect(new Date(expiresAt).getTime() - service.clock().getTime()).toBe(7 * day);
    const [sentEmail] = service.fakeEmailServer.to(email);
    expect(sentEmail?.subject).toBe('Invitation from Acme');
    expect(sentEmail?.text).toContain(link);
    expect(sentEmail?.html).toContain(`href="${link}"`);
    expect(sentEmail?.unsubscribeUrl).toBeUndefined();
    expect((await team()).invitations).toMatchObject([{ email, role: 'viewer', invitedBy: 'adam' }]);

    expect((await read(link)).body).toEqual({
      workspace: 'Acme',
      invitedBy: 'adam',
      email,
      role: 'viewer',
      known: false,
    });
    const joined = await join(link);
    expect(joined.status).toBe(201);
    expect((await team()).invitations).toEqual([]);
    expect(await service.read('/me', as(await users.cookieOf(email)))).toMatchObject({
      workspace: service.workspaceId,
      user: { id: joined.body.id, role: 'viewer' },
    });
    expect((await join(link)).body).toMatchObject({ code: 'link_expired', params: { kind: 'invitation' } });
    expect((await read(link)).status).toBe(400);
    const [noted] = (await service.read('/audit?action=team.join')).items;
    expect(noted).toMatchObject({ actor: joined.body.id, detail: { role: 'viewer', by: 'link' } });
  });

  it('asks somebody new for a name and a password', async () => {
    const { body } = await invite(newAddress());
    const refused = await join(body.link, {});
    expect(refused.status).toBe(400);
    expect(refused.body.problems.map(({ field }: { field: string }) => field)).toEqual(['name', 'password']);
    expect((await join(body.link, { name: 'New', password: 'short' })).body.problems).toMatchObject([
      { field: 'password' },
    ]);
  });

  it('takes one of two who open a link at once', async () => {
    const { body } = await invite(newAddress());
    const both = await Promise.all([join(body.link), join(body.link)]);
    expect(both.map(({ status }) => status).toSorted()[0]).toBe(201);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('opens nothing by a link that is old, taken back, renewed or not ours', async () => {
    const email = newAddress();
    const first = await invite(email);
    const second = await invite(email);
    expect((await read(first.body.link)).status).toBe(400);
    expect((await read(second.body.link)).status).toBe(200);
    expect((await team()).invitations.filter((of: { email: string }) => of.email === email)).toHaveLength(1);
    expect((await service.call('DELETE', `/team/invitations/${second.body.id}`, as(admin))).status).toBe(204);
    expect((await read(second.body.link)).status).toBe(400);
    expect((await service.call('DELETE', `/team/invitations/${second.body.id}`, as(admin))).status).toBe(404);

    const third = await invite(email);
    service.jump(7 * day + 1);
    expect((await read(third.body.link)).status).toBe(400);
    expect((await join(third.body.link)).status).toBe(400);
    const setup = service.context.encryption.tokens.encrypt(JSON.stringify({ purpose: 'setup', until: 9e15 }));
    expect((await read(`${service.url}/join#token=${encodeURIComponent(setup)}`)).status).toBe(400);
    // A week without a request ends a session.
    owner = await users.cookieOf('olivia@example.com');
    admin = await users.cookieOf('adam@example.com');
  });

  it('lets only an owner make and unmake owners, and keeps one', async () => {
    const deputy = await users.colleague(newAddress(), 'admin');
    for (const refused of [
      await invite(newAddress(), 'owner'),
      await change(deputy, 'owner', admin),
      await change(ownerId, 'admin', admin),
      await remove(ownerId, admin),
      await service.call('POST', `/team/${ownerId}/reset-link`, as(admin)),
      await service.call('PATCH', `/team/${deputy}`, { key: await service.keyFor('admin'), body: { role: 'owner' } }),
    ]) {
      expect(refused).toMatchObject({ status: 403, body: { code: 'owners_only' } });
    }
    expect(await change(ownerId, 'viewer')).toMatchObject({ status: 409 });
    expect(await remove(ownerId)).toMatchObject({ status: 409 });

    expect((await change(deputy, 'owner')).status).toBe(204);
    const both = await Promise.all([change(ownerId, 'admin'), change(deputy, 'admin')]);
    expect(both.map(({ status }) => status)).toContain(204);
    const left = (await service.read('/team')).members.filter(({ role }: { role: string }) => role === 'owner');
    expect(left).toHaveLength(1);
    // Whoever runs the service can put it right.
    expect((await service.call('PATCH', `/team/${ownerId}`, { body: { role: 'owner' } })).status).toBe(204);
    expect((await service.call('DELETE', `/team/${deputy}`)).status).toBe(204);
    expect(changesIn((await service.read(`/audit?subject=${deputy}`)).items)).toMatchObject([
      { actor: 'environment', action: 'team.remove' },
      ...(left[0].id === deputy ? [] : [{ action: 'team.change', detail: { from: 'owner', to: 'admin' } }]),
      { actor: ownerId, action: 'team.change', detail: { from: 'admin', to: 'owner' } },
    ]);
  });

  it('shuts out whoever is removed, and knows them when they come back', async () => {
    const email = newAddress();
    const id = await users.colleague(email, 'admin');
    const cookie = await users.cookieOf(email);
    expect((await change(id, 'viewer', admin)).status).toBe(204);
    expect((await invite(newAddress(), 'viewer', cookie)).status).toBe(403);
    expect((await remove(id, admin)).status).toBe(204);
    expect((await service.call('GET', '/me', as(cookie))).status).toBe(401);
    expect((await users.signIn(email)).status).toBe(401);
    expect((await remove(id, admin)).status).toBe(404);

    const { body } = await invite(email, 'admin');
    expect((await read(body.link)).body.known).toBe(false);
    const back = await join(body.link, { name: 'Back', password: 'another long one' });
    expect(back).toMatchObject({ status: 201, body: { id } });
    expect((await service.read('/me', as(await users.cookieOf(email, 'another long one')))).user.role).toBe('admin');
  });

  it('takes somebody with an account only when they themselves are signed in', async () => {
    const email = newAddress();
    const other = `${service.workspaceId}-other`;
    await ensureWorkspace(service.database.db, other, service.clock());
    await users.colleague(email, 'owner', other);
    const cookie = await users.cookieOf(email);
    const { body } = await invite(email);
    expect((await read(body.link)).body.known).toBe(true);
    expect((await join(body.link)).status).toBe(409);
    const asOther = await service.call('POST', '/join', { ...as(admin), body: { token: readLinkToken(body.link) } });
    expect(asOther.status).toBe(409);
    service.jump(1000);
    const joined = await service.call('POST', '/join', { ...as(cookie), body: { token: readLinkToken(body.link) } });
    expect(joined.status).toBe(201);
    expect(await service.read('/me', as(cookie))).toMatchObject({
      workspace: other,
      workspaces: [
        { id: other, role: 'owner' },
        { id: service.workspaceId, name: 'Acme', role: 'viewer' },
      ],
    });
    const again = await invite(email);
    expect(again).toMatchObject({ status: 409, body: { problems: [{ field: 'email' }] } });
    // Who may hand them a new password here would have what is theirs elsewhere.
    const link = await service.call('POST', `/team/${joined.body.id}/reset-link`, as(owner));
    expect(link.status).toBe(409);
    // And leaving here leaves them what they have there.
    expect((await remove(joined.body.id)).status).toBe(204);
    expect((await service.read('/me', as(cookie))).workspaces).toMatchObject([{ id: other }]);
  });

  it('invites without an email server, or with one that is down, and says so', async () => {
    const { next } = service.fakeEmailServer;
    next.push(() => {
      throw new (class extends Error {})('not a failure of the email server');
    });
    expect((await invite(newAddress())).status).toBe(500);
    const email = newAddress();
    const { UpstreamBusy } = await import('../../src/model/errors.ts');
    next.push(() => {
      throw new UpstreamBusy(vendorSays('server_failed'), { concerns: 'request' });
    });
    expect(await invite(email)).toMatchObject({ status: 201, body: { emailed: false } });
    expect(service.fakeEmailServer.to(email)).toEqual([]);
  });

  it('cannot be joined by trying', async () => {
    const headers = users.from();
    const tried = [];
    for (let n = 0; n < 31; n += 1) {
      tried.push(
        (await service.call('POST', '/join/invitation', { key: null, headers, body: { token: `guess${n}` } })).status,
      );
    }
    expect(tried.slice(0, 30)).toEqual(Array(30).fill(400));
    expect(tried[30]).toBe(429);
  });

  it('shows the keys and invitations of who leaves, and ends them with the removal', async () => {
    const id = await users.colleague('leaver@example.com', 'admin');
    const cookie = await users.cookieOf('leaver@example.com');
    const make = (headers: object, name: string) =>
      service.call('POST', '/keys', { ...headers, body: { name, scopes: scope.options } });
    const first = await make(as(cookie), 'Theirs');
    const second = await make({ key: first.body.key }, 'Made with theirs');
    const remaining = await make(as(owner), 'Of somebody else');
    const invited = await invite('second-self@example.com', 'admin', cookie);
    const byKey = await service.call('POST', '/team/invitations', {
      key: second.body.key,
      body: { email: 'third-self@example.com', role: 'viewer' },
    });
    const made = (await service.call('GET', `/team/${id}/made`, as(owner))).body;
    expect(made.keys.map(({ name }: { name: string }) => name).toSorted()).toEqual(['Made with theirs', 'Theirs']);
    expect(made.invitations.map((of: { id: string }) => of.id).toSorted()).toEqual(
      [invited.body.id, byKey.body.id].toSorted(),
    );

    expect((await service.call('DELETE', `/team/${id}?keys=end`, as(owner))).status).toBe(204);
    for (const { body } of [first, second])
      expect((await service.call('GET', '/team', { key: body.key })).status).toBe(401);
    expect((await service.call('GET', '/team', { key: remaining.body.key })).status).toBe(200);
    for (const { body } of [invited, byKey]) expect((await read(body.link)).status).toBe(400);
    expect((await service.read(`/audit?subject=${first.body.id}`)).items[0]).toMatchObject({ action: 'key.delete' });
  });

  it('keeps the keys of who leaves unless told, but never their invitations', async () => {
    const id = await users.colleague('goer@example.com', 'admin');
    const cookie = await users.cookieOf('goer@example.com');
    const { body } = await service.call('POST', '/keys', {
      ...as(cookie),
      body: { name: 'Nightly', scopes: ['read'] },
    });
    const invited = await invite('goers-friend@example.com', 'viewer', cookie);
    expect((await remove(id)).status).toBe(204);
    expect((await service.call('GET', '/me', { key: body.key })).status).toBe(200);
    expect((await read(invited.body.link)).status).toBe(400);
  });

  it('lets a key give nobody more than it has itself', async () => {
    const key = await service.keyFor('admin', 'read');
    const more = await service.call('POST', '/keys', {
      key,
      body: { name: 'More', scopes: ['read', 'surveys:write'] },
    });
    expect(more).toMatchObject({ status: 403, body: { problems: [{ field: 'scopes' }] } });
    expect((await service.call('POST', '/keys', { key, body: { name: 'Less', scopes: ['read'] } })).status).toBe(201);
    const invitation = { email: 'by-key@example.com', role: 'admin' };
    expect((await service.call('POST', '/team/invitations', { key, body: invitation })).status).toBe(403);
    const id = await users.colleague('raised@example.com', 'viewer');
    expect((await service.call('PATCH', `/team/${id}`, { key, body: { role: 'admin' } })).status).toBe(403);
    const helper = await users.colleague('reset-by-key@example.com', 'admin');
    expect((await service.call('POST', `/team/${helper}/reset-link`, { key })).status).toBe(403);
  });

  it('leaves no address in the audit log and no link in the log', async () => {
    const log = JSON.stringify(service.logs);
    const audit = JSON.stringify((await service.read('/audit?limit=200')).items);
    expect(audit).toContain('team.invite');
    expect(audit).not.toContain('@');
    expect(log).not.toContain('@example.com');
    expect(log).not.toContain('token=');
  });
});
