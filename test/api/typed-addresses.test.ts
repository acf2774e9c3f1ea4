import { randomUUID } from 'node:crypto';
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import { NoAnswer } from '../../src/model/errors.ts';
import type { Lookup } from '../../src/platform/network/guarded-lookup.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { type Answer, type Served, serve } from './served.ts';

/** A server inside, which a key with `connections:write` would like to reach. */
async function startInside() {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"code":"from_inside"}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { requests, port, stop: () => void server.close().closeAllConnections() };
}

const keysOf = {
  freshdesk: { FRESHDESK_DOMAIN: 'acme.freshdesk.com', FRESHDESK_API_KEY: 'a-key' },
  zendesk: { ZENDESK_SUBDOMAIN: 'acme', ZENDESK_EMAIL: 'a@example.com', ZENDESK_API_TOKEN: 'a-token' },
  hubspot: { HUBSPOT_ACCESS_TOKEN: 'a-token' },
};
const addressOf = { freshdesk: 'FRESHDESK_BASE_URL', zendesk: 'ZENDESK_BASE_URL', hubspot: 'HUBSPOT_API_BASE_URL' };
/** A name server that knows two names, one of them inside. */
const lookup = ((name: string, _options: unknown, done: (failure: Error | null, found?: LookupAddress[]) => void) => {
  const leadsTo: Readonly<Record<string, string>> = { 'inside.example': '10.0.0.1', 'outside.example': '1.1.1.1' };
  const address = leadsTo[name];
  if (address !== undefined) return done(null, [{ address, family: 4 }]);
  const code = name === 'unknown.example' ? 'ENOTFOUND' : 'EAI_AGAIN';
  return done(Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code }));
}) as unknown as Lookup;

const vendors = ['freshdesk', 'zendesk', 'hubspot'] as const;

describeOnEachDatabase('addresses that an admin types', (open) => {
  let closed: Served;
  let opened: Served;
  let inside: Awaited<ReturnType<typeof startInside>>;

  beforeAll(async () => {
    const database = await open();
    closed = await serve(database, { offers: connectors.map((connector) => ({ connector })) });
    const offers = connectors.map((connector) => ({ connector, takesAddress: true }));
    opened = await serve(database, { offers, openedNetworks: ['127.0.0.0/8'], lookup });
    inside = await startInside();
    return () => inside.stop();
  });

  const connect = (service: Served, connector: string, settings: object) =>
    service.call('POST', '/connections', { body: { connector, settings } });

  it.each(vendors)('%s is not asked at a typed address, and the form has no field for one', async (vendor) => {
    const [address, keys] = [addressOf[vendor], keysOf[vendor]];
    for (const host of [`127.0.0.1:${inside.port}`, 'gateway.example.com', '169.254.169.254/latest?x=']) {
      const answer = await connect(closed, vendor, { ...keys, [address]: `http://${host}` });
      const fields = answer.body.problems.map(({ field }: { field: string }) => field);
      expect([answer.status, fields]).toMatchObject([400, expect.arrayContaining([`settings.${address}`])]);
    }
    expect(inside.requests).toEqual([]);
    const { items } = await closed.read('/connectors');
    expect(JSON.stringify(items)).not.toContain(address);
  });

  it.each(vendors)('%s is asked at a typed address in a network that the operator opened', async (vendor) => {
    const [address, keys] = [addressOf[vendor], keysOf[vendor]];
    const before = inside.requests.length;
    await connect(opened, vendor, { ...keys, [address]: `http://127.0.0.1:${inside.port}` });
    expect(inside.requests.length).toBeGreaterThan(before);
    expect(JSON.stringify((await opened.read('/connectors')).items)).toContain(address);
  });

  it.each(vendors)('%s is not asked at a typed address outside of it', async (vendor) => {
    const [address, keys] = [addressOf[vendor], keysOf[vendor]];
    const hosts = ['10.0.0.1', '1.1.1.1', '[::1]', '169.254.169.254', '0xa000001', '167772161', '[::ffff:a00:1]'];
    hosts.push('012.0.0.1');
    const answers = await Promise.all(
      hosts.map((host) => connect(opened, vendor, { ...keys, [address]: `http://${host}` })),
    );
    for (const { status, body } of answers) {
      expect([status, body.problems]).toMatchObject([
        400,
        [{ field: `settings.${address}`, code: 'field.address_not_public' }],
      ]);
    }
    expect(new Set(answers.map(({ body }) => JSON.stringify(body.problems))).size).toBe(1);
  });

  it.each(vendors)('%s: no answer says whether a typed name exists that nobody may call', async (vendor) => {
    const [address, keys] = [addressOf[vendor], keysOf[vendor]];
    const names = ['unknown.example', 'unanswered.example', 'inside.example', 'outside.example'];
    const answers = [];
    for (const name of names) answers.push(await connect(opened, vendor, { ...keys, [address]: `http://${name}` }));
    const [first] = answers;
    expect(first).toMatchObject({ status: 422, body: { problems: [expect.anything()] } });
    expect(JSON.stringify(first?.body.problems)).toContain('ALLOW_PRIVATE_ADDRESSES');
    const told = ({ status, body: { instance: _own, ...body } }: Answer) => [status, body];
    for (const answer of answers) expect(told(answer)).toEqual(told(first ?? expect.unreachable()));
  });

  it('a name that stops to be resolved later is no refusal', async () => {
    const failure = await opened.context.send
      .typed({ url: 'http://unknown.example/', method: 'GET', headers: {}, timeout: 5000 })
      .catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(NoAnswer);
  });

  it.each([
    ['freshdesk', 'FRESHDESK_DOMAIN', 'freshdesk.evil.example'],
    ['freshdesk', 'FRESHDESK_DOMAIN', 'evil.example'],
    ['freshdesk', 'FRESHDESK_DOMAIN', 'a.b.freshdesk.com'],
    ['freshdesk', 'FRESHDESK_DOMAIN', 'evil.example/.freshdesk.com'],
    ['freshdesk', 'FRESHDESK_DOMAIN', 'evil.example#.freshdesk.com'],
    ['freshdesk', 'FRESHDESK_DOMAIN', 'user@acme.freshdesk.com'],
    ['zendesk', 'ZENDESK_SUBDOMAIN', 'evil.example/'],
    ['zendesk', 'ZENDESK_SUBDOMAIN', 'evil.example#'],
    ['zendesk', 'ZENDESK_SUBDOMAIN', 'a.b'],
    ['zendesk', 'ZENDESK_SUBDOMAIN', 'a-'],
  ] as const)('%s takes no %s that is more than a label: %s', async (vendor, key, value) => {
    const answer = await connect(closed, vendor, { ...keysOf[vendor], [key]: value });
    expect([answer.status, answer.body.problems[0].field]).toEqual([400, `settings.${key}`]);
  });

  it.each(vendors)('%s takes no credentials, query or fragment in an address', async (vendor) => {
    const [address, keys] = [addressOf[vendor], keysOf[vendor]];
    for (const url of [
      'https://u:p@gw.example',
      'https://gw.example/?do=it&x=',
      'https://gw.example/#x',
      'ftp://gw',
      'https://gw.exam\tple',
      'https://gw.example/\r\nx',
      `https://gw.example/${'x'.repeat(2000)}`,
    ]) {
      const answer = await connect(opened, vendor, { ...keys, [address]: url });
      expect([answer.status, answer.body.problems[0].field]).toEqual([400, `settings.${address}`]);
    }
  });

  it.each(['10.0.0.1', '127.1', '0x7f.1', '2130706433', '0177.0.0.1', '[::1]', '[::ffff:a00:1]', 'localhost'])(
    'a brand has no email server at %s, unless the operator opened that network',
    async (host) => {
      const body = { key: `b${randomUUID().slice(0, 8)}`, name: 'Acme', smtpUrl: `smtp://user:hush@${host}:25` };
      const answer = await closed.call('POST', '/brands', { body });
      expect([answer.status, answer.body.problems]).toMatchObject([
        400,
        [{ field: 'smtpUrl', code: 'field.address_not_public' }],
      ]);
      expect(JSON.stringify(answer.body)).not.toContain('hush');
      await closed.call('POST', '/brands', { body: { key: body.key, name: 'Acme' } });
      const changed = await closed.call('PATCH', `/brands/${body.key}`, { body: { smtpUrl: body.smtpUrl } });
      expect(changed.status).toBe(400);
      if (host === '127.1' || host === 'localhost')
        expect((await opened.call('POST', '/brands', { body })).status).toBe(201);
    },
  );

  it('a brand has no email server at a port of something else', async () => {
    const body = { key: 'acme', name: 'Acme', smtpUrl: `smtp://mail.acme.example:${inside.port}` };
    const answer = await closed.call('POST', '/brands', { body });
    expect([answer.status, answer.body.problems[0].field]).toEqual([400, 'smtpUrl']);
  });
});
