import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import nodemailer from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import { witnessingTools } from '../../test/contract/tools.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

const simulated = connectors.filter(({ simulate }) => simulate !== undefined);
const names = simulated.map(({ name }) => name);
const ann = { name: 'Ann <b>', email: 'ann@customers.example' };

let origin: string;
let sandbox: Sandbox;
let webhooks: string[];
let stop: () => Promise<void>;

beforeEach(() => open());
afterEach(() => stop());

/** The service around it: takes `/sandbox` off, as whoever mounts it does, and hears webhooks. */
async function open(publicPath = ''): Promise<void> {
  let handler: RequestListener = () => {};
  webhooks = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(publicPath.length);
    if (path.startsWith('/sandbox')) {
      request.url = path.slice('/sandbox'.length) || '/';
      handler(request, response);
      return;
    }
    webhooks.push(path);
    drain(request).then(() => response.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const simulators = await Promise.all(
    connectors.flatMap(({ name, title, simulate }) =>
      simulate ? [simulate().then((loaded) => ({ name, title, simulate: loaded }))] : [],
    ),
  );
  sandbox = await createSandbox({ simulators, publicUrl: `${origin}${publicPath}`, clock: () => new Date() });
  handler = (request, response) => sandbox.handler(request, response, { seesAccountEmails: true });
  stop = async () => {
    await sandbox.stop();
    server.closeAllConnections();
    server.close();
  };
}

async function drain(request: IncomingMessage): Promise<void> {
  for await (const _part of request);
}

async function call(method: string, path: string, body?: unknown) {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(`${origin}/sandbox/control/${path}`, { method, ...sent });
  const text = await response.text();
  return { status: response.status, value: text === '' ? undefined : JSON.parse(text) };
}

async function add(name: string, contact: object = ann): Promise<string> {
  return (await call('POST', `${name}/contacts`, contact)).value.id;
}

async function openTicket(name: string, recordId: string, ticket: object = {}): Promise<string> {
  return (await call('POST', `${name}/tickets`, { requesterId: recordId, subject: 'A lamp', ...ticket })).value.id;
}

/** The ticket as the vendor shows it to the connector that is connected with the sandbox's keys. */
async function findTicket(name: string, id: string) {
  const connector = connectors.find((candidate) => candidate.name === name);
  const keys = connector?.settings.parse(sandbox.environments.get(name));
  const connection = connector?.connect(keys, { ...witnessingTools(), clock: () => new Date() });
  return (await connection?.tickets?.find([id]))?.[0];
}

async function page(path: string) {
  const response = await fetch(`${origin}${path}`);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function send(path: string, fields: Record<string, string>) {
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}

test('names every connector, with keys that its settings take', () => {
  expect([...sandbox.environments.keys()]).toEqual(names);
  for (const { name, settings, connects } of simulated) {
    expect(connects(settings.parse(sandbox.environments.get(name)))).toBe(true);
  }
});

describe.each(names)('the control surface of %s', (name) => {
  test('adds a contact, who is found by address and by id', async () => {
    const added = await call('POST', `${name}/contacts`, ann);

    expect(added).toEqual({ status: 201, value: { id: expect.stringMatching(/^\d+$/u) } });
    const found = await call('GET', `${name}/contacts?email=${encodeURIComponent(ann.email)}`);
    expect(found).toEqual({ status: 200, value: added.value });
    expect((await call('GET', `${name}/contacts/${added.value.id}`)).status).toBe(200);
    expect((await call('GET', `${name}/contacts?email=unknown@customers.example`)).status).toBe(404);
    expect((await call('GET', `${name}/contacts/4711`)).status).toBe(404);
  });

  test('resolves and reopens a ticket, as often as it is told', async () => {
    const ticket = await openTicket(name, await add(name), { agent: 'Robin', publicReplies: 2 });

    for (const [act, state] of [
      ['resolve', 'resolved'],
      ['resolve', 'resolved'],
      ['reopen', 'open'],
    ]) {
      expect(await call('POST', `${name}/tickets/${ticket}/${act}`)).toMatchObject({
        status: 200,
        value: { id: ticket, state, agent: 'Robin' },
      });
      expect(await findTicket(name, ticket)).toMatchObject({ id: ticket, state, agent: { name: 'Robin' } });
    }
    expect((await call('POST', `${name}/tickets/4711/resolve`)).status).toBe(404);
  });

  test('disturbs the vendor until it calms it, and tells what was asked of it', async () => {
    const api = () => fetch(`${origin}/sandbox/${name}/nowhere?a=b`).then(({ status }) => status);

    expect(await call('POST', `${name}/disturb`, { kind: 'fail' })).toEqual({ status: 204, value: undefined });
    expect(await api()).toBe(502);
    expect((await call('POST', `${name}/calm`)).status).toBe(204);
    expect(await api()).not.toBe(502);

    const { value } = await call('GET', `${name}/requests`);
    expect(value.items).toMatchObject([
      { method: 'GET', path: '/nowhere', query: 'a=b', status: 502 },
      { method: 'GET', path: '/nowhere' },
    ]);
    expect(await call('GET', `${name}/deliveries`)).toMatchObject({ status: 200, value: { items: expect.any(Array) } });
  });

  test.each([
    ['contacts', { email: 'ann@customers.example' }, 'name'],
    ['contacts', { name: ' ' }, 'name'],
    ['contacts', { name: 'Ann', email: 'ann' }, 'email'],
    ['contacts', { name: 'Ann', staff: 'yes' }, 'staff'],
    ['contacts', { name: 'Ann', color: 'red' }, 'color'],
    ['contacts', [], 'body'],
    ['contacts', '{', 'body'],
    ['tickets', { subject: 'A lamp' }, 'requesterId'],
    ['tickets', { requesterId: '4711', subject: 'A lamp' }, 'requesterId'],
    ['tickets', { requesterId: '4711', subject: 'A lamp', publicReplies: -1 }, 'publicReplies'],
    ['tickets/1/resolve', { at: 'once' }, 'at'],
    ['disturb', { kind: 'annoy' }, 'kind'],
    ['disturb', { kind: 'throttle', times: 0 }, 'times'],
  ])('refuses to %s %j', async (path, body, field) => {
    const { status, value } = await call('POST', `${name}/${path}`, body);

    expect(status).toBe(400);
    expect(value).toMatchObject({ code: 'invalid_input', problems: [{ field, message: expect.any(String) }] });
  });

  test('refuses an address that is taken, and to look for none', async () => {
    await add(name);

    const again = await call('POST', `${name}/contacts`, { ...ann, email: ann.email.toUpperCase() });
    expect(again).toMatchObject({ status: 400, value: { problems: [{ field: 'email' }] } });
    const unnamed = await call('GET', `${name}/contacts`);
    expect(unnamed).toMatchObject({ status: 400, value: { problems: [{ field: 'email' }] } });
  });

  test('refuses what is too large', async () => {
    expect((await call('POST', `${name}/contacts`, { name: 'A'.repeat(5_000_000) })).status).toBe(413);
  });

  test('shows a record: our fields with their labels first, and nothing that a name could smuggle in', async () => {
    const id = await add(name);

    const { status, text } = await page(`/sandbox/records/${name}/${id}`);

    expect(status).toBe(200);
    expect(text).toContain('<h1>Ann &lt;b&gt;</h1>');
    expect(text).toMatch(/Latest NPS rating<br><span class="quiet">nps_latest_rating<\/span>/u);
    expect(text).not.toContain('Ann <b>');
    expect((await page(`/sandbox/records/${name}/4711`)).status).toBe(404);
  });
});

test('has nothing at other addresses', async () => {
  for (const path of ['nowhere/contacts?email=a@b.example', 'hubspot/nothing', 'hubspot/tickets/1/close', '']) {
    expect((await call('GET', path)).status).toBe(404);
  }
  for (const path of ['/sandbox/nowhere', '/sandbox/records/nowhere/1', '/sandbox/records/hubspot/1/more']) {
    expect((await page(path)).status).toBe(404);
  }
});

test('tells the service by webhook at its public address', async () => {
  const ticket = await openTicket('hubspot', await add('hubspot'));
  await call('POST', `hubspot/tickets/${ticket}/resolve`);

  await expect.poll(async () => (await call('GET', 'hubspot/deliveries')).value.items.length).toBeGreaterThan(0);
  const { value } = await call('GET', 'hubspot/deliveries');
  expect(value.items[0]).toEqual({ url: `${origin}/webhooks/hubspot`, status: 200, attempt: 0 });
  expect(webhooks).toContain('/webhooks/hubspot');
});

test.each(names)('%s looks back on tickets of the last weeks, of which it tells nobody', async (name) => {
  await sandbox.start();
  const connector = connectors.find((candidate) => candidate.name === name);
  const keys = connector?.settings.parse(sandbox.environments.get(name));
  const connection = connector?.connect(keys, { ...witnessingTools(), clock: () => new Date() });
  const monthAgo = new Date(Date.now() - 30 * 86_400_000);
  const told = await connection?.tickets?.changedSince(monthAgo);
  const ids = (told?.changes ?? []).map(({ id }) => id);
  const size = connection?.tickets?.batchSize ?? 1;
  const batches = Array.from({ length: Math.ceil(ids.length / size) }, (_, n) => ids.slice(n * size, (n + 1) * size));
  const found = (await Promise.all(batches.map((some) => connection?.tickets?.find(some) ?? []))).flat();
  const past = found.filter((ticket) => ticket?.state === 'resolved');
  expect(past.length).toBeGreaterThan(4);
  const latest = Math.max(...past.map((ticket) => (ticket?.resolvedAt ?? ticket?.updatedAt ?? new Date()).getTime()));
  expect(Date.now() - latest).toBeGreaterThan(0.9 * 86_400_000);
  // Only what is open now, which everybody may see.
  expect((await page('/')).text).not.toContain('A question of some weeks ago');
  const { value } = await call('GET', `${name}/deliveries`);
  expect(value.items.length).toBeLessThan(past.length);
});

test('the sample contacts stand in every vendor, and their tickets have buttons that work', async () => {
  await sandbox.start();

  const before = await page('/sandbox/');
  expect(before.headers.get('content-security-policy')).toContain("default-src 'none'");
  for (const name of names) {
    expect((await call('GET', `${name}/contacts?email=dana@customers.example`)).status).toBe(200);
    const button = new RegExp(`formaction="(/sandbox/control/${name}/tickets/\\d+/resolve)">Resolve`, 'u');
    const [, action = ''] = button.exec(before.text) ?? [];

    expect(await send(action, {})).toEqual({ status: 303, location: '/sandbox/', text: '' });

    const after = (await page('/sandbox/')).text;
    expect(after).not.toContain(action);
    expect(after).toContain(`formaction="${action.replace(/resolve$/u, 'reopen')}">Reopen`);
  }
});

test('a contact and a ticket can be added by the forms of the page, and a mistake is told as a page', async () => {
  const added = await send('/sandbox/control/zendesk/contacts', { ...ann, language: '' });
  expect(added).toMatchObject({ status: 303, location: '/sandbox/' });
  const { value } = await call('GET', `zendesk/contacts?email=${ann.email}`);
  await send('/sandbox/control/zendesk/tickets', { requesterId: value.id, subject: '"Lamp" & more' });

  const overview = (await page('/sandbox/')).text;
  expect(overview).toContain(`<a href="/sandbox/records/zendesk/${value.id}">Ann &lt;b&gt;</a>`);
  expect(overview).toContain('&quot;Lamp&quot; &amp; more');

  const again = await send('/sandbox/control/zendesk/contacts', ann);
  expect(again.status).toBe(400);
  expect(again.text).toContain('<li>email: ');
});

test('below a public path every link keeps it, and the inbox shows what was mailed', async () => {
  await stop();
  await open('/feedback');
  await sandbox.start();
  await nodemailer
    .createTransport(sandbox.smtpServer)
    .sendMail({ from: sandbox.from, to: ann.email, subject: 'One question', text: 'hello' });

  const overview = await page('/feedback/sandbox');
  const inbox = await page('/feedback/sandbox/inbox/');

  expect(overview.text.match(/(?:href|action)="(?!\/feedback\/sandbox\/)[^"]*/gu)).toBeNull();
  expect(inbox.text).toContain('<a href="/feedback/sandbox/inbox/1">One question</a>');
  expect((await page('/feedback/sandbox/inbox/emails.json')).text).toContain('"subject":"One question"');
});

test('no address brings it down', async () => {
  for (const path of [
    '/sandbox//',
    '/sandbox//evil.example/x',
    '/sandbox/%',
    '/sandbox/inbox/%E0%A4%A',
    '/sandbox/?%',
  ]) {
    expect([200, 404]).toContain((await page(path)).status);
  }
});
