import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../src/connector.ts';
import { simulateFreshdesk } from './index.ts';

let simulator: Simulator;
let time = 0;
let baseUrl = '';
let delivered: { headers: IncomingHttpHeaders; body: string }[] = [];
let answerWith = 200;
let closing: (() => void)[] = [];

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(async () => {
  time = Date.parse('2026-11-02T10:00:00Z');
  delivered = [];
  answerWith = 200;
  baseUrl = await listen((request, response) => simulator.handler(request, response));
  const webhookUrl = await listen(async (request, response) => {
    delivered.push({ headers: request.headers, body: await text(request) });
    response.writeHead(answerWith).end();
  });
  simulator = simulateFreshdesk({ clock: () => new Date(time), baseUrl, webhookUrl });
});

afterEach(async () => {
  await simulator.stop();
  for (const close of closing) close();
  closing = [];
});

async function call(method: string, path: string, body?: unknown, key = simulator.environment.FRESHDESK_API_KEY) {
  const response = await fetch(`${baseUrl}/api/v2${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:X`).toString('base64')}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answered = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(answered) : answered };
}

const define = (label: string, type: string, more: object = {}) =>
  call('POST', '/contact_fields', { label, label_for_customers: label, type, ...more });

const errorsOf = ({ body }: { body: { errors?: { field: string; code: string }[] } }) =>
  body.errors?.map(({ field, code }) => `${field} ${code}`);

const ann = { name: 'Ann', email: 'ann@customer.example' };

describe('a caller', () => {
  it('needs the key', async () => {
    expect(await call('GET', '/contacts', undefined, 'another')).toMatchObject({
      status: 401,
      body: { code: 'invalid_credentials' },
    });
    expect((await fetch(`${baseUrl}/api/v2/contacts`)).status).toBe(401);
  });

  it('is told of what is not there, and of parameters that nobody knows', async () => {
    for (const path of ['/nothing', '/contacts/7', '/tickets/7', '/agents/7', '/contact_fields/7', '/contacts/ann']) {
      expect((await call('GET', path)).status, path).toBe(404);
    }
    expect(errorsOf(await call('GET', '/tickets?since=1'))).toEqual(['since invalid_field']);
    expect(errorsOf(await call('GET', '/tickets?per_page=101'))).toEqual(['per_page invalid_value']);
    expect(errorsOf(await call('GET', '/tickets?updated_since=lately'))).toEqual(['updated_since invalid_value']);
  });

  it('has 400 calls a minute, of which includes take some, and 100 for a list', async () => {
    const id = simulator.addTicket({ requesterId: simulator.addContact(ann), subject: 'A lamp' });
    const { headers } = await call('GET', `/tickets/${id}?include=stats`);
    expect(headers.get('x-ratelimit-total')).toBe('400');
    expect(headers.get('x-ratelimit-remaining')).toBe('398');
    for (let calls = 0; calls < 100; calls += 1) await call('GET', '/contacts');
    time += 15_000;
    const refused = await call('GET', '/contacts');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '45']);
    time += 45_000;
    expect((await call('GET', '/contacts')).status).toBe(200);
  });
});

describe('a contact field', () => {
  it('is named after its first label, and needs a type, labels and choices', async () => {
    const made = await define('NPS trend', 'custom_dropdown', { choices: [{ value: 'up' }, { value: 'down' }] });
    expect(made).toMatchObject({ status: 201, body: { name: 'nps_trend', default: false } });
    expect((await define('Email', 'custom_text')).body.name).toBe('custom_email');
    expect(errorsOf(await define('NPS trend', 'custom_text'))).toEqual(['label duplicate_value']);
    expect(errorsOf(await define('Mood', 'mood'))).toEqual(['type invalid_value']);
    expect(errorsOf(await define('Mood', 'custom_dropdown'))).toEqual(['choices missing_field']);
    expect(errorsOf(await define('Mood', 'custom_text', { position: 9 }))).toEqual(['position invalid_value']);
    expect(errorsOf(await define('Mood', 'custom_text', { color: 'blue' }))).toEqual(['color invalid_field']);
    const renamed = await call('PUT', `/contact_fields/${made.body.id}`, { label: 'Mood' });
    expect(renamed.body).toMatchObject({ name: 'nps_trend', label: 'Mood' });
    expect(errorsOf(await call('PUT', `/contact_fields/${made.body.id}`, { type: 'custom_text' }))).toEqual([
      'type invalid_field',
    ]);
  });

  it('loses the choices that a change leaves out', async () => {
    const { body } = await define('NPS trend', 'custom_dropdown', { choices: [{ value: 'up' }, { value: 'down' }] });
    const choices = [...body.choices.slice(0, 1), { value: 'first' }];
    const changed = await call('PUT', `/contact_fields/${body.id}`, { choices });
    expect(changed.body.choices.map(({ value }: { value: string }) => value)).toEqual(['up', 'first']);
  });
});

describe('a contact', () => {
  it('takes only values that fit fields that are there', async () => {
    await define('Rating', 'custom_number');
    await define('Day', 'custom_date');
    await define('Risky', 'custom_checkbox');
    await define('Line', 'custom_text');
    await define('Trend', 'custom_dropdown', { choices: [{ value: 'up' }] });
    const id = simulator.addContact(ann);
    const write = (custom_fields: object) => call('PUT', `/contacts/${id}`, { custom_fields });
    const good = { rating: 9, day: '2026-11-02', risky: true, line: 'x', trend: 'up' };
    expect(await write(good)).toMatchObject({ status: 200, body: { custom_fields: good } });
    expect(simulator.record(id)).toEqual(good);
    for (const [name, value, code] of [
      ['rating', '9', 'datatype_mismatch'],
      ['day', '2026-11-02T10:00:00Z', 'invalid_value'],
      ['risky', null, 'datatype_mismatch'],
      ['line', 'x'.repeat(256), 'invalid_value'],
      ['trend', 'down', 'invalid_value'],
      ['mood', 'good', 'invalid_field'],
    ] as const) {
      expect(errorsOf(await write({ ...good, [name]: value })), name).toEqual([`${name} ${code}`]);
    }
    expect(errorsOf(await call('PUT', `/contacts/${id}`, { rating: 9 }))).toEqual(['rating invalid_field']);
    expect(await write({ rating: null, line: null })).toMatchObject({ status: 200 });
    expect(simulator.record(id)).toEqual({ ...good, rating: null, line: null });
  });

  it('has an address of their own, and is not changed while blocked', async () => {
    expect((await call('POST', '/contacts', ann)).status).toBe(201);
    expect(await call('POST', '/contacts', ann)).toMatchObject({ status: 409 });
    expect(errorsOf(await call('POST', '/contacts', { email: 'bo@customer.example' }))).toEqual(['name missing_field']);
    const blocked = simulator.addContact({ name: 'Bo', email: 'bo@customer.example', suspended: true });
    expect((await call('PUT', `/contacts/${blocked}`, { custom_fields: {} })).status).toBe(405);
    expect((await call('GET', '/contacts?email=bo@customer.example')).body).toEqual([]);
    expect((await call('GET', '/contacts?email=ANN@customer.example')).body).toMatchObject([ann]);
  });
});

describe('what is deleted', () => {
  it('can be read, is not listed, and not changed until it is restored', async () => {
    const id = simulator.addContact({ ...ann, otherEmails: [{ address: 'ann@other.example', verified: true }] });
    const ticket = simulator.addTicket({ requesterId: id, subject: 'A lamp' });
    simulator.removeContact?.(id);
    simulator.removeTicket?.(ticket);
    const other_emails = ['ann@other.example'];
    expect((await call('GET', `/contacts/${id}`)).body).toMatchObject({ deleted: true, other_emails });
    expect((await call('GET', `/tickets/${ticket}`)).body).toMatchObject({ deleted: true });
    expect((await call('GET', '/contacts')).body).toEqual([]);
    expect((await call('GET', '/tickets')).body).toEqual([]);
    expect((await call('PUT', `/contacts/${id}`, { custom_fields: {} })).status).toBe(405);
    simulator.restoreContact?.(id);
    expect((await call('PUT', `/contacts/${id}`, { custom_fields: {} })).status).toBe(200);
  });
});

describe('a ticket', () => {
  it('is listed in the order of its changes, page by page, and tells when it was resolved', async () => {
    const recordId = simulator.addContact(ann);
    const [first, second] = ['one', 'two'].map((subject) =>
      simulator.addTicket({ requesterId: recordId, subject }),
    ) as [string, string];
    time += 60_000;
    simulator.resolve(first);
    const list = (query: string) => call('GET', `/tickets?order_by=updated_at&order_type=asc&per_page=1&${query}`);
    const page = await list('page=1');
    expect(page.body).toMatchObject([{ id: Number(second), status: 2 }]);
    expect(page.headers.get('link')).toContain('page=2');
    const last = await list('page=2');
    expect(last.body).toMatchObject([{ id: Number(first), status: 4 }]);
    expect(last.headers.get('link')).toBeNull();
    expect((await list('updated_since=2026-11-02T10:00:01Z')).body).toHaveLength(1);

    const stats = async () => (await call('GET', `/tickets/${first}?include=stats`)).body.stats;
    expect(await stats()).toMatchObject({ resolved_at: '2026-11-02T10:01:00Z' });
    simulator.reopen(first);
    expect(await stats()).toMatchObject({ resolved_at: null });
    expect((await call('GET', `/tickets/${first}`)).body).not.toHaveProperty('stats');
  });
});

describe('the automation rule', () => {
  const resolveOne = () => {
    const id = simulator.addTicket({ requesterId: simulator.addContact(ann), subject: 'A lamp' });
    simulator.resolve(id);
    return id;
  };

  it('calls with the secret when a status changes, and again when the same is delivered again', async () => {
    const ticket_id = resolveOne();
    await simulator.settled();
    await simulator.redeliver(1);
    expect(delivered).toHaveLength(2);
    for (const { headers, body } of delivered) {
      expect(headers['x-scoreback-secret']).toBe(simulator.environment.FRESHDESK_WEBHOOK_SECRET);
      const happened_at = '2026-11-02 10:00:00 UTC';
      expect(JSON.parse(body)).toEqual({ type: 'ticket.changed', ticket_id, status: 'resolved', happened_at });
    }
  });

  it('keeps what it was answered', async () => {
    answerWith = 503;
    resolveOne();
    await simulator.settled();
    expect(simulator.deliveries).toMatchObject([{ status: 503, attempt: 1 }]);
  });

  it('can be lost, or come late and backwards', async () => {
    simulator.disturb({ kind: 'mute', times: 1 });
    resolveOne();
    await simulator.settled();
    expect(delivered).toEqual([]);
    simulator.disturb({ kind: 'reorder' });
    const [ticket] = [simulator.addTicket({ requesterId: simulator.addContact({ name: 'Bo' }), subject: 'A shade' })];
    simulator.resolve(ticket ?? '');
    simulator.reopen(ticket ?? '');
    simulator.calm();
    await simulator.settled();
    expect(delivered.map(({ body }) => JSON.parse(body).status)).toEqual(['open', 'resolved']);
  });
});

describe('a disturbance', () => {
  it('spoils as many calls as it was ordered to', async () => {
    simulator.disturb({ kind: 'throttle', times: 1, retryAfterSeconds: 7 });
    const throttled = await call('GET', '/contacts');
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '7']);
    simulator.disturb({ kind: 'fail', times: 1 });
    expect(await call('GET', '/contacts')).toMatchObject({ status: 502, body: expect.stringContaining('<html>') });
    simulator.disturb({ kind: 'drop', times: 1 });
    await expect(call('GET', '/contacts')).rejects.toThrow();
    simulator.disturb({ kind: 'revoke', path: '/contacts' });
    expect((await call('GET', '/contacts')).status).toBe(401);
    expect((await call('GET', '/contact_fields')).status).toBe(200);
    simulator.calm();
    expect((await call('GET', '/contacts')).status).toBe(200);
  });

  it('poisons the writes of one contact alone', async () => {
    const [good, bad] = ['good', 'bad'].map((name) => simulator.addContact({ name })) as [string, string];
    simulator.disturb({ kind: 'poison', recordId: bad });
    expect((await call('PUT', `/contacts/${bad}`, { custom_fields: {} })).status).toBe(500);
    expect((await call('PUT', `/contacts/${good}`, { custom_fields: {} })).status).toBe(200);
    expect((await call('GET', `/contacts/${bad}`)).status).toBe(200);
  });

  it('leaves a call without an answer until the end', async () => {
    simulator.disturb({ kind: 'hang', times: 1 });
    const hung = call('GET', '/contacts');
    await expect.poll(() => simulator.requests.map(({ status }) => status)).toEqual([0]);
    await simulator.stop();
    await expect(hung).rejects.toThrow();
  });
});
