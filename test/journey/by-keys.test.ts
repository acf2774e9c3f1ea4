import { beforeAll, describe, expect, it } from 'vitest';
import { apiKey } from './api.ts';
import { addCustomer, emailTo, ratingLink, resolveTicket, submit } from './customers.ts';
import { eventually } from './eventually.ts';
import { type ServiceProcess, startHere } from './launch.ts';
import { describeInFolder, freePort, type World } from './world.ts';
import { callZendesk } from './zendesk-admin.ts';

type Field = { key: string; label: string; required: boolean; simulated: string | null };
type Connector = { name: string; keys: readonly { name: string; fields: readonly Field[] }[]; consent: object | null };
type Finding = { about: object; severity: string; repairable: boolean; state: string };

/** With the field's label, because the console shows no names of environment variables. */
const tokenRefused = {
  code: 'hubspot.token_refused',
  params: { status: 401, setting: expect.stringContaining('Access token') },
};

/** What the console does for an admin, over HTTP alone. */
function admin(service: () => ServiceProcess) {
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${service().url}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  const connectors = async (): Promise<readonly Connector[]> => (await call('GET', 'connectors')).body.items;
  return {
    call,
    connectors,
    connect: (connector: string, settings: object) => call('POST', 'connections', { connector, settings }),
    ready: (id: string) =>
      eventually('the connection is ready', async () => {
        const { body } = await call('GET', `connections/${id}`);
        return body.status === 'ready' && body;
      }),
    codes: async () => ((await call('GET', 'attention')).body.items as { code: string }[]).map(({ code }) => code),
  };
}

describeInFolder('connecting by keys', (open) => {
  let world: World;
  const { call, connect, connectors, ready, codes } = admin(() => world.service);
  const ids = { hubspot: '', zendesk: '' };
  const keysOf = ({ environment }: World['hubspot'], without?: string) =>
    Object.fromEntries(Object.entries(environment).filter(([key]) => key !== without && key !== 'HUBSPOT_CLIENT_ID'));

  beforeAll(async () => {
    world = await open({ unconnected: true });
  });

  it('begins with nothing connected, which is said, and with what to fill in', async () => {
    expect(await codes()).toEqual(['no_connection']);
    const found = await connectors();
    expect(found.map(({ name }) => name)).toEqual(['hubspot', 'zendesk', 'freshdesk']);
    const zendesk = found.find(({ name }) => name === 'zendesk');
    expect(zendesk?.keys.map(({ name }) => name)).toEqual(['client', 'api-token']);
    expect(found[0]?.consent).toMatchObject({ offered: false, missing: expect.stringContaining('HUBSPOT_CLIENT_ID') });
  });

  it('refuses wrong keys by their fields, and keeps nothing', async () => {
    const incomplete = await connect('zendesk', keysOf(world.zendesk, 'ZENDESK_CLIENT_SECRET'));
    expect([incomplete.status, incomplete.body.problems[0].field]).toEqual([400, 'settings.ZENDESK_CLIENT_SECRET']);
    const wrong = [
      await connect('hubspot', { ...keysOf(world.hubspot), HUBSPOT_ACCESS_TOKEN: 'an-unknown-token' }),
      await connect('zendesk', { ...keysOf(world.zendesk), ZENDESK_CLIENT_SECRET: 'an-unknown-secret' }),
    ];
    expect(wrong.map(({ status }) => status)).toEqual([422, 422]);
    expect(wrong.map(({ body }) => body.problems[0].field)).toEqual([
      'settings.HUBSPOT_ACCESS_TOKEN',
      expect.stringMatching(/^settings\.ZENDESK_/u),
    ]);
    expect(wrong[0]?.body.problems[0]).toMatchObject({
      code: 'field.refused',
      params: { found: { params: { why: tokenRefused } } },
    });
    expect((await call('GET', 'connections')).body.items).toEqual([]);
  });

  it('connects both, which hear, ask and write', async () => {
    const before = addCustomer(world);
    resolveTicket(world, 'zendesk', before);
    await eventually('a second has passed', secondHasPassed());
    for (const vendor of ['hubspot', 'zendesk'] as const) {
      const made = await connect(vendor, keysOf(world[vendor]));
      expect(made.status).toBe(201);
      ids[vendor] = made.body.id;
      const { status, body } = await connect(vendor, keysOf(world[vendor]));
      expect([status, body.problems]).toMatchObject([409, [{ params: { connection: made.body.id } }]]);
    }
    await ready(ids.hubspot);
    await ready(ids.zendesk);
    const customer = addCustomer(world);
    resolveTicket(world, 'zendesk', customer);
    const sentEmail = await emailTo(world, customer);
    await submit(ratingLink(sentEmail, 9), { rating: 9 });
    await eventually('both records show it', () =>
      (['hubspot', 'zendesk'] as const).every(
        (vendor) => Number(world[vendor].record(customer[vendor])?.nps_latest_rating) === 9,
      ),
    );
    // What was resolved before it was connected is nobody's business.
    expect(world.inbox.sentEmails.flatMap(({ to }) => to)).toEqual([customer.email]);
  });

  it('finds what somebody deleted, says that it can mend it, and mends it', async () => {
    const { user_fields: fields } = (await (await callZendesk(world, 'GET', 'user_fields')).json()) as {
      user_fields: readonly { id: number; key: string }[];
    };
    const field = fields.find(({ key }) => key === 'nps_latest_rating');
    await callZendesk(world, 'DELETE', `user_fields/${field?.id}`);
    const checked = await call('POST', `connections/${ids.zendesk}/check`);
    const found = (checked.body.findings as readonly Finding[]).filter(({ severity }) => severity === 'attention');
    expect(found).toMatchObject([{ about: { kind: 'field', field: 'nps_latest_rating' }, repairable: true }]);
    expect(await codes()).toEqual(['field_missing']);
    const repaired = await call('POST', `connections/${ids.zendesk}/repair`);
    expect(repaired.body.mended).toMatchObject([{ about: { kind: 'field', field: 'nps_latest_rating' } }]);
    expect((repaired.body.findings as readonly Finding[]).filter(({ severity }) => severity === 'attention')).toEqual(
      [],
    );
    expect(await codes()).toEqual([]);
  });

  it('shows how they are', async () => {
    const { health } = await eventually('a notice was heard and a poll done', async () => {
      const { body } = await call('GET', `connections/${ids.zendesk}`);
      return body.health.lastEventAt !== null && body.health.lastPolledAt !== null && body;
    });
    expect(health).toMatchObject({ credentials: { state: 'fine' }, webhook: { state: 'fine' }, stoppedAt: null });
    expect(Math.abs(health.clockDifference)).toBeLessThan(5000);
    expect(health.rateLimit.callsLeft).toBeGreaterThan(0);
    const { rateLimit } = (await call('GET', `connections/${ids.hubspot}`)).body.health;
    expect(rateLimit.day).toMatchObject({
      callsLeft: expect.any(Number),
      calls: 250_000,
      startsAnewAt: expect.any(String),
    });
  });

  it('stays connected after a restart, and shows no secret in its log', async () => {
    const written = world.service.output();
    await world.service.stop();
    await world.start();
    await ready(ids.zendesk);
    expect((await call('POST', `connections/${ids.hubspot}/check`)).status).toBe(200);
    for (const vendor of ['hubspot', 'zendesk'] as const) {
      const secrets = Object.entries(keysOf(world[vendor])).filter(([key]) => /TOKEN|SECRET/u.test(key));
      expect(secrets.length).toBeGreaterThan(0);
      for (const [, secret] of secrets) expect(written + world.service.output()).not.toContain(secret);
    }
  });

  it('says when a key was revoked, and works again with another', async () => {
    world.hubspot.disturb({ kind: 'revoke' });
    await call('POST', `connections/${ids.hubspot}/check`);
    expect(await codes()).toEqual(['connection_unauthorized']);
    expect((await call('GET', `connections/${ids.hubspot}`)).body.health).toMatchObject({
      credentials: { state: 'attention', detail: tokenRefused },
      stoppedAt: expect.any(String),
    });
    world.hubspot.calm();
    const settings = keysOf(world.hubspot);
    expect((await call('PUT', `connections/${ids.hubspot}/settings`, { settings })).status).toBe(200);
    await ready(ids.hubspot);
    expect(await codes()).toEqual([]);
  });

  it('ends one with its values cleared, and the other with its fields gone', async () => {
    const cleared = await call('DELETE', `connections/${ids.zendesk}?fields=clear`);
    expect(cleared.body).toMatchObject({ ended: false });
    await eventually(
      'the connection has ended',
      async () => (await call('GET', `connections/${ids.zendesk}`)).status === 404,
    );
    const customers = world.inbox.sentEmails.flatMap(({ to }) => to);
    const record = world.zendesk.record(world.zendesk.recordIdByEmail(customers[0] ?? '') ?? '') ?? {};
    expect(record).toHaveProperty('nps_latest_rating', null);
    const removed = await call('DELETE', `connections/${ids.hubspot}?fields=remove`);
    expect(removed.body).toMatchObject({
      ended: true,
      explanation: [
        { code: 'ending.fields', params: { kind: 'remove', system: 'HubSpot' } },
        { code: 'ending.answers_stay' },
        { code: 'ending.keys', params: { kind: 'forgotten', system: 'HubSpot' } },
      ],
    });
    expect((await call('GET', 'connections')).body.items).toEqual([]);
    expect(await codes()).toEqual(['no_connection']);
  });

  describe('in a sandbox with nothing connected', () => {
    let sandbox: ServiceProcess;
    const there = admin(() => sandbox);
    beforeAll(async () => {
      const port = await freePort();
      const environment = { PORT: String(port), DATA_DIR: `${world.folder}/sandbox`, API_KEY: apiKey };
      sandbox = await startHere({ ...environment, SANDBOX: 'unconnected' });
      return async () => void (await sandbox.stop());
    });

    it('the same walk works with what each simulated vendor takes', async () => {
      expect((await there.call('GET', 'connections')).body.items).toEqual([]);
      expect(await there.codes()).toEqual(['no_connection', 'no_survey_live']);
      const found = await there.connectors();
      expect(found.length).toBe(3);
      for (const { name, keys } of found) {
        const fields = keys[0]?.fields.filter(({ required }) => required) ?? [];
        const made = await there.connect(
          name,
          Object.fromEntries(fields.map(({ key, simulated }) => [key, simulated])),
        );
        expect([name, made.status]).toEqual([name, 201]);
        await there.ready(made.body.id);
      }
    });

    it('no real account can be connected', async () => {
      const answer = await there.connect('zendesk', { ...keysOf(world.zendesk), ZENDESK_SUBDOMAIN: 'acme' });
      expect([answer.status, answer.body.problems]).toMatchObject([400, [{ field: 'settings.ZENDESK_BASE_URL' }]]);
    });
  });
});

function secondHasPassed(): () => boolean {
  const until = Date.now() + 1100;
  return () => Date.now() > until;
}
