import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/connector.ts';
import { UpstreamRefused } from '../../src/model/errors.ts';
import { connectorMessage } from '../../src/model/messages/failure-message.ts';
import { plainFinding, refusedFinding } from '../../src/model/messages/finding.ts';
import { ensureWorkspace } from '../../src/modules/accounts/queries/workspaces.ts';
import { openSaved } from '../../src/modules/connections/open.ts';
import { findConnection } from '../../src/modules/connections/queries/connections.ts';
import { credential } from '../../src/modules/connections/tables.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { minute } from '../flows/world.ts';
import { vendorSays } from '../vendor-says.ts';
import { type Served, serve } from './served.ts';

describeOnEachDatabase('connecting by keys', (open) => {
  let service: Served;
  let acme: Served['vendors'][number];
  let accounts = 0;

  beforeAll(async () => {
    service = await serve(await open());
    acme = service.vendors[0] ?? expect.unreachable();
  });
  beforeEach(() => {
    acme.isDown = false;
    acme.missingScopes = [];
    acme.key = 'a-key-that-acme-takes';
  });

  const call = (...of: Parameters<Served['call']>) => service.call(...of);
  const newAccount = () => `account-${++accounts}`;
  const connect = (settings: object, more: object = {}) =>
    call('POST', '/connections', { body: { connector: 'acme', settings, ...more } });
  const connected = async (account = newAccount()) =>
    (await connect({ ACME_KEY: acme.key, ACME_ACCOUNT: account })).body;
  const missing: Finding = {
    about: { kind: 'field', field: 'nps_trend' },
    ...{ state: 'missing', code: 'field.missing', params: { name: 'nps_trend' } },
  };
  const refused = refusedFinding({ kind: 'right', right: 'contacts.read' }, vendorSays('forbidden'));

  it('is described by each connector in its own words', async () => {
    const { items } = await service.read('/connectors');
    expect(items).toMatchObject([
      {
        name: 'acme',
        simulated: false,
        consent: null,
        keys: [
          {
            name: 'key',
            steps: ['Copy a key, and let acme call <PUBLIC_URL>/webhooks/acme.'],
            fields: [
              { key: 'ACME_KEY', label: 'Key', secret: true, required: true, advanced: false, example: 'a-key' },
              { key: 'ACME_ACCOUNT', secret: false, required: false },
            ],
          },
        ],
      },
    ]);
  });

  it('opens the account at once, from now on, and again after a restart', async () => {
    const made = await connect({ ACME_KEY: acme.key, ACME_ACCOUNT: newAccount(), ACME_URL: ' ' }, { name: 'Shop' });
    expect(made.status).toBe(201);
    const { id, account } = made.body;
    expect(made.body).toMatchObject({ name: 'Shop', origin: 'console', status: 'new', open: true });
    expect(new Date(made.body.activeSince).getTime()).toBeLessThanOrEqual(service.clock().getTime());
    expect(service.clock().getTime() - new Date(made.body.activeSince).getTime()).toBeLessThan(1000);
    await service.work('provision', id);
    expect(await service.read(`/connections/${id}`)).toMatchObject({
      account,
      status: 'ready',
      health: { checkedAt: service.clock().toISOString(), stoppedAt: null, clockDifference: null },
    });

    const before = service.context.connections.find(id) ?? expect.unreachable();
    service.context.connections.remove(before.id);
    await openSaved(service.context);
    expect(service.context.connections.find(id)).toMatchObject({ id, account });
  });

  it('keeps what was pasted encrypted, and shows it nowhere', async () => {
    const { id } = await connected();
    const saved = JSON.stringify(await service.database.db.select().from(credential));
    const shown = JSON.stringify([await service.read(`/connections/${id}`), await service.read('/audit')]);
    expect(saved).toContain(id);
    for (const where of [saved, shown, JSON.stringify(service.logs)]) expect(where).not.toContain(acme.key);
    expect((await service.read(`/audit?subject=${id}`)).items).toMatchObject([{ action: 'connection.connect' }]);
  });

  it.each([
    ['a connector that there is not', { connector: 'unknown', settings: {} }, 404, []],
    ['a key too short', { settings: { ACME_KEY: 'short' } }, 400, ['settings.ACME_KEY']],
    ['a setting that there is not', { settings: { ACME_COLOR: 'red', ACME_KEY: '' } }, 400, ['settings.ACME_COLOR']],
    ['a field that there is not', { settings: {}, color: 'red' }, 400, ['color']],
    ['a name that is none', { settings: {}, name: ' ' }, 400, ['name']],
    ['a key that acme refuses', { settings: { ACME_KEY: 'an-unknown-key' } }, 422, ['settings.ACME_KEY']],
  ])('refuses %s, and keeps nothing', async (_what, body, status, fields) => {
    const before = (await service.read('/connections')).items.length;
    const answer = await call('POST', '/connections', { body: { connector: 'acme', ...body } });
    expect([answer.status, (answer.body.problems ?? []).map(({ field }: { field: string }) => field)]).toEqual([
      status,
      fields,
    ]);
    expect((await service.read('/connections')).items).toHaveLength(before);
  });

  it('says in the words of the fields what to do about a key that is refused', async () => {
    const { problems } = (await connect({ ACME_KEY: 'an-unknown-key' })).body;
    expect(problems).toEqual([
      {
        field: 'settings.ACME_KEY',
        code: 'field.refused',
        params: {
          found: { code: 'refused', params: { why: { code: 'acme.key_unknown', params: { setting: 'Key' } } } },
        },
        message: 'acme does not know this key. Copy it again into “Key”.',
      },
    ]);
  });

  it('refuses a key that lacks a right', async () => {
    acme.missingScopes = [refused];
    const answer = await connect({ ACME_KEY: acme.key, ACME_ACCOUNT: newAccount() });
    expect(answer.status).toBe(422);
    expect(answer.body.problems).toMatchObject([
      {
        ...{ field: 'settings.ACME_KEY', code: 'field.refused' },
        params: { found: { code: 'refused', params: { why: { code: 'upstream.forbidden' } } } },
      },
    ]);
  });

  it('waits for nobody who does not answer', async () => {
    acme.isDown = true;
    const answer = await connect({ ACME_KEY: acme.key, ACME_ACCOUNT: newAccount() });
    expect([answer.status, answer.body.problems]).toMatchObject([503, [{ field: 'settings' }]]);
  });

  it('connects an account once in the whole deployment', async () => {
    const account = newAccount();
    const { id } = await connected(account);
    const again = await connect({ ACME_KEY: acme.key, ACME_ACCOUNT: account });
    expect([again.status, again.body]).toMatchObject([
      409,
      {
        code: 'account_connected',
        params: { kind: 'here', account },
        problems: [{ field: 'settings', code: 'field.account_connected', params: { account, connection: id } }],
      },
    ]);
    const other = newAccount();
    const both = await Promise.all([connected(other), connected(other)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([409, 'new']);
  });

  it('does not say that an account is connected in another workspace', async () => {
    const workspaceId = 'connecting-elsewhere';
    await ensureWorkspace(service.database.db, workspaceId, service.clock());
    const of = { workspaceId, name: 'Elsewhere', scopes: ['connections:write'] as const, expiresAt: null };
    const { key } = await service.access.makeKey({ ...of, createdBy: 'tests' });
    const connectElsewhere = (account: string) => {
      const settings = { ACME_KEY: acme.key, ACME_ACCOUNT: account };
      return call('POST', '/connections', { key, body: { connector: 'acme', settings } });
    };
    const account = newAccount();
    const { id } = await connected(account);

    const { status, body } = await connectElsewhere(account);
    const { code, params } = (await connect({ ACME_KEY: 'an-unknown-key' })).body;
    expect([status, body]).toMatchObject([422, { code: 'keys_refused', params }]);
    expect(body.code).toBe(code);
    expect(body.problems).toMatchObject([{ field: 'settings' }]);
    for (const told of [account, id, service.workspaceId]) expect(JSON.stringify(body)).not.toContain(told);
    expect(service.logs).toContainEqual(expect.objectContaining({ code: 'connection.account_taken', connection: id }));

    const contested = newAccount();
    const both = await Promise.all([
      connect({ ACME_KEY: acme.key, ACME_ACCOUNT: contested }),
      connectElsewhere(contested),
    ]);
    expect(both.map((answer) => answer.status).toSorted()).toEqual([201, 422]);
  });

  describe('other keys', () => {
    const replace = (id: string, settings: object) =>
      call('PUT', `/connections/${id}/settings`, { body: { settings } });

    it('take the place of the old ones, here and in other processes', async () => {
      const account = newAccount();
      const { id } = await connected(account);
      const before = service.context.connections.find(id) ?? expect.unreachable();
      acme.key = 'another-key-of-acme';
      expect((await replace(id, { ACME_KEY: acme.key, ACME_ACCOUNT: account })).status).toBe(200);
      const after = service.context.connections.find(id);
      expect(after).not.toBe(before);
      expect((await call('POST', `/connections/${id}/check`)).body).toMatchObject({ account });

      service.context.connections.add(before);
      await service.work('sweep', 'all');
      expect((await call('POST', `/connections/${id}/check`)).body).toMatchObject({ account });
    });

    it('are refused when they open another account, or none; then the old ones stay', async () => {
      const { id } = await connected();
      const other = await replace(id, { ACME_KEY: acme.key, ACME_ACCOUNT: newAccount() });
      expect([other.status, other.body]).toMatchObject([
        422,
        { code: 'other_account', problems: [{ field: 'settings', code: 'field.other_account' }] },
      ]);
      expect((await replace(id, { ACME_KEY: 'an-unknown-key' })).status).toBe(422);
      expect((await call('POST', `/connections/${id}/check`)).body).toMatchObject({ findings: [] });
    });

    it('cannot be given to a connection whose keys come from elsewhere', async () => {
      const answer = await replace(service.connectionId(), { ACME_KEY: acme.key });
      expect([answer.status, answer.body]).toMatchObject([
        409,
        { code: 'keys_elsewhere', params: { kind: 'environment' } },
      ]);
    });
  });

  describe('a check', () => {
    it('says what is wrong, how bad it is, and who can mend it; and finds out that a key was revoked', async () => {
      const account = newAccount();
      const { id } = await connected(account);
      await service.work('provision', id);
      acme.missingScopes = [
        refused,
        missing,
        { about: { kind: 'webhook' }, state: 'fine', ...connectorMessage({ code: 'acme.kept', params: {} }) },
      ];
      expect((await call('POST', `/connections/${id}/check`)).body.findings).toMatchObject([
        {
          ...{ about: { kind: 'right', right: 'contacts.read' }, state: 'blocked', severity: 'attention' },
          ...{ code: 'refused', params: { why: { code: 'upstream.forbidden' } }, repairable: false },
        },
        {
          ...{ about: { kind: 'field', field: 'nps_trend' }, state: 'missing', severity: 'attention' },
          ...{ code: 'field.missing', params: { name: 'nps_trend' }, repairable: true },
        },
        {
          ...{ about: { kind: 'webhook' }, state: 'fine', severity: 'note' },
          ...{ code: 'acme.kept', params: {}, repairable: false },
        },
      ]);
      expect(await codesAbout(id)).toEqual(['right_missing', 'field_missing']);

      acme.key = 'it-was-changed-at-acme';
      const since = service.clock();
      expect((await call('POST', `/connections/${id}/check`)).body).toMatchObject({ account: null });
      await service.pass(minute);
      await call('POST', `/connections/${id}/check`);
      expect(await service.read(`/connections/${id}`)).toMatchObject({
        status: 'unauthorized',
        health: {
          credentials: { state: 'attention' },
          stoppedAt: since.toISOString(),
          stoppedReason: { code: 'acme.key_unknown', params: { setting: 'Key' } },
        },
      });
      expect(await codesAbout(id)).toEqual(['connection_unauthorized']);
    });

    it('is turned away while the vendor does not answer', async () => {
      const { id } = await connected();
      acme.isDown = true;
      expect((await call('POST', `/connections/${id}/check`)).status).toBe(503);
    });
  });

  it('a repair says what it mended', async () => {
    const { id } = await connected();
    acme.findings = [plainFinding({ kind: 'field', field: 'nps_trend' }, 'created')];
    expect((await call('POST', `/connections/${id}/repair`)).body).toMatchObject({
      mended: [{ about: { kind: 'field', field: 'nps_trend' } }],
    });
    acme.findings = [];
    expect((await call('POST', `/connections/${id}/repair`)).body).toMatchObject({ mended: [] });
  });

  it('keys that open another account one day stop the connection, and touch nobody there', async () => {
    const account = newAccount();
    const { id } = await connected(account);
    await service.work('provision', id);
    const live = service.context.connections.find(id) ?? expect.unreachable();
    const { provisioning } = live.capabilities;
    const other = { account: 'not-ours', findings: [] };
    live.capabilities = { ...live.capabilities, provisioning: { ensure: async () => other, check: async () => other } };
    await service.pass(minute);
    await call('POST', `/connections/${id}/repair`);
    expect(await findConnection(service.database.db, id)).toMatchObject({ account, status: 'unauthorized' });
    live.capabilities = { ...live.capabilities, ...(provisioning ? { provisioning } : {}) };
  });

  describe('an end', () => {
    it('that keeps the fields says what that means, and forgets the keys', async () => {
      const { id } = await connected();
      const { body } = await call('DELETE', `/connections/${id}`);
      expect(body).toMatchObject({ ended: true, findings: [] });
      expect(body.explanation).toMatchObject([
        { code: 'ending.fields', params: { kind: 'keep', system: 'acme' } },
        { code: 'ending.answers_stay' },
        { code: 'ending.keys', params: { kind: 'forgotten', system: 'acme' } },
      ]);
      expect(service.context.connections.find(id)).toBeUndefined();
      const saved = await service.database.db.select().from(credential);
      expect(saved.map(({ connectionId }) => connectionId)).not.toContain(id);
      expect((await call('GET', `/connections/${id}`)).status).toBe(404);
    });

    it('cannot remove fields where the system lets nobody', async () => {
      const { id } = await connected();
      const answer = await call('DELETE', `/connections/${id}?fields=remove`);
      expect([answer.status, answer.body.problems]).toMatchObject([409, [{ field: 'fields' }]]);
      expect((await call('GET', `/connections/${id}`)).status).toBe(200);
    });

    it('cannot clear what cannot be written', async () => {
      const { id } = await connected();
      await service.work('provision', id);
      await call('PATCH', `/connections/${id}`, { body: { writeBackPaused: true } });
      expect((await call('DELETE', `/connections/${id}?fields=clear`)).status).toBe(409);
    });
  });

  async function codesAbout(id: string): Promise<string[]> {
    const { items } = await service.read('/attention');
    return items
      .filter(({ where }: { where: { id: string | null } }) => where.id === id)
      .map(({ code }: { code: string }) => code);
  }

  it('a refusal in the middle of work is said where people look', async () => {
    const id = service.connectionId();
    await service.work('poll', id);
    const lastPolledAt = service.clock().toISOString();
    acme.before = () => {
      throw new UpstreamRefused(vendorSays('credentials_refused'), { concerns: 'connection' });
    };
    await service.pass(10 * minute);
    await service.work('poll', id);
    acme.before = () => {};
    expect(await service.read(`/connections/${id}`)).toMatchObject({
      health: { stoppedReason: { code: 'upstream.credentials_refused' }, lastPolledAt },
    });
    expect(await codesAbout(id)).toEqual(['connection_unauthorized']);
  });
});
