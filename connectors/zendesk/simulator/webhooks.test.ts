import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCourier } from './deliveries.ts';
import { type Receiver, startReceiver, startTestAccount, type TestAccount } from './harness.ts';
import type { Webhook } from './webhooks.ts';

let account: TestAccount;
let receiver: Receiver;
let ticket: string;

beforeEach(async () => {
  [account, receiver] = await Promise.all([startTestAccount(), startReceiver()]);
  const recordId = account.simulator.addContact({ name: 'Kim', email: 'kim@customer.example' });
  ticket = account.simulator.addTicket({ requesterId: recordId, subject: 'It does not work' });
});

afterEach(async () => {
  await account.stop();
  receiver.stop();
});

const statusChanged = 'zen:event-type:ticket.status_changed';

const definition = (changes: Record<string, unknown> = {}) => ({
  name: 'Ours',
  status: 'active',
  endpoint: `${receiver.url}/hear`,
  http_method: 'POST',
  request_format: 'json',
  subscriptions: [statusChanged],
  ...changes,
});

const make = (changes?: Record<string, unknown>) =>
  account.call('POST', '/api/v2/webhooks', { webhook: definition(changes) });

const idOf = (body: Record<string, unknown>) => (body.webhook as { id: string }).id;

const statuses = () => account.simulator.deliveries.map(({ status }) => status);

describe('a webhook', () => {
  it('is made, found, changed and removed', async () => {
    const made = await make();
    const path = `/api/v2/webhooks/${idOf(made.body)}`;
    expect([made.status, made.body.webhook]).toMatchObject([201, { id: expect.stringMatching(/^[0-9A-Z]{26}$/) }]);
    const named = await account.call('GET', '/api/v2/webhooks?filter[name_contains]=Our&page[size]=1');
    expect(named.body).toMatchObject({ webhooks: [{ name: 'Ours' }], meta: { has_more: false } });
    expect((await account.call('GET', '/api/v2/webhooks?filter[name_contains]=Their')).body.webhooks).toEqual([]);
    expect((await account.call('PATCH', path, { webhook: { status: 'inactive' } })).status).toBe(204);
    expect((await account.call('GET', path)).body.webhook).toMatchObject({ status: 'inactive', name: 'Ours' });
    expect((await account.call('PUT', path, { webhook: { name: 'Alone' } })).status).toBe(400);
    expect((await account.call('PUT', path, { webhook: definition({ name: 'New' }) })).status).toBe(204);
    expect((await account.call('DELETE', path)).status).toBe(204);
    expect((await account.call('GET', path)).status).toBe(404);
  });

  it.each([
    ['no name', { name: undefined }],
    ['no address', { endpoint: 'somewhere' }],
    ['an event that there is not', { subscriptions: ['zen:event-type:ticket.solved'] }],
    ['events and triggers at once', { subscriptions: ['conditional_ticket_events', statusChanged] }],
    ['events by another method', { http_method: 'PUT' }],
    ['an unknown attribute', { url: 'https://receiver.example' }],
  ])('is refused with %s', async (_what, changes) => {
    expect((await make(changes)).status).toBe(400);
  });

  it('stays of its kind', async () => {
    const path = `/api/v2/webhooks/${idOf((await make()).body)}`;
    const other = { subscriptions: ['conditional_ticket_events'] };
    expect((await account.call('PATCH', path, { webhook: other })).status).toBe(400);
    expect((await account.call('PUT', path, { webhook: definition(other) })).status).toBe(400);
  });

  it('keeps its signing secret until it is reset', async () => {
    const path = `/api/v2/webhooks/${idOf((await make()).body)}/signing_secret`;
    const first = await account.call('GET', path);
    expect(first.body).toMatchObject({ signing_secret: { algorithm: 'SHA256' } });
    expect((await account.call('GET', path)).body).toEqual(first.body);
    const reset = await account.call('POST', path);
    expect(reset.status).toBe(201);
    expect(reset.body).not.toEqual(first.body);
  });
});

describe('a delivery', () => {
  it('is signed over its time and its body, and says whose it is', async () => {
    const { body } = await make({
      authentication: { type: 'api_key', add_position: 'header', data: { name: 'X-Key', value: 'fake' } },
    });
    const path = `/api/v2/webhooks/${idOf(body)}/signing_secret`;
    const { signing_secret } = (await account.call('GET', path)).body as { signing_secret: { secret: string } };
    account.simulator.resolve(ticket);
    await account.simulator.settled();
    const [delivered] = receiver.delivered;
    const headers = delivered?.headers ?? {};
    const signedAt = headers['x-zendesk-webhook-signature-timestamp'];
    expect(signedAt).toBe('2026-11-02T10:00:00Z');
    const expected = createHmac('sha256', signing_secret.secret)
      .update(`${signedAt}${delivered?.body}`)
      .digest('base64');
    expect(headers).toMatchObject({
      'x-zendesk-webhook-signature': expected,
      'x-zendesk-webhook-id': idOf(body),
      'x-zendesk-webhook-invocation-id': expect.any(String),
      'x-zendesk-account-id': expect.stringMatching(/^\d+$/),
      'x-key': 'fake',
    });
    expect(JSON.parse(delivered?.body ?? '')).toMatchObject({
      type: statusChanged,
      subject: `zen:ticket:${ticket}`,
      detail: { id: ticket, status: 'SOLVED', requester_id: expect.any(String) },
      event: { current: 'SOLVED', previous: 'OPEN' },
      time: '2026-11-02T10:00:00.000000000Z',
    });
  });

  it('goes only to active webhooks that subscribe, and only when something changed', async () => {
    await make({ status: 'inactive' });
    await make({ subscriptions: ['zen:event-type:user.merged'] });
    await make({ endpoint: `${receiver.url}/users`, subscriptions: ['zen:event-type:user.custom_field_changed'] });
    account.simulator.resolve(ticket);
    const field = { user_field: { type: 'integer', key: 'rating', title: 'Rating' } };
    await account.call('POST', '/api/v2/user_fields', field);
    const id = account.simulator.recordIdByEmail('kim@customer.example');
    for (let write = 0; write < 2; write += 1) {
      const user = { user_fields: { rating: 9 } };
      expect((await account.call('PUT', `/api/v2/users/${id}`, { user })).status).toBe(200);
      account.pass(1000);
    }
    await account.simulator.settled();
    expect(receiver.delivered.map(({ body }) => JSON.parse(body).event)).toMatchObject([
      { current: 9, previous: null },
    ]);
  });

  it('keeps nobody waiting who calls meanwhile', async () => {
    receiver.answer = () => undefined;
    await make();
    account.simulator.resolve(ticket);
    expect((await account.call('GET', `/api/v2/tickets/${ticket}`)).status).toBe(200);
    expect(statuses()).toEqual([]);
  });

  /** How often it is tried when the receiver always answers so, with a minute between looks. */
  async function attemptsWhen(status: number, headers: Record<string, string> = {}): Promise<number> {
    receiver.answer = (_request, response) => response.writeHead(status, headers).end();
    await make();
    account.simulator.resolve(ticket);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await account.simulator.settled();
      account.pass(64_000);
    }
    expect(account.simulator.deliveries.map(({ attempt }) => attempt)).toEqual(statuses().map((_, index) => index));
    return receiver.delivered.length;
  }

  it.each([
    [200, {}, 1],
    [500, {}, 1],
    [401, {}, 1],
    [429, {}, 1],
    [503, { 'retry-after': '60' }, 1],
    [503, { 'retry-after': '59' }, 6],
    [429, { 'retry-after': '2' }, 6],
    [409, {}, 4],
  ])('answered with %i %j is tried %i times', async (status, headers, attempts) => {
    expect(await attemptsWhen(status, headers)).toBe(attempts);
  });

  it('waits as long as it was asked to', async () => {
    receiver.answer = (_request, response) => response.writeHead(503, { 'retry-after': '30' }).end();
    await make();
    account.simulator.resolve(ticket);
    await account.simulator.settled();
    account.pass(29_000);
    receiver.answer = (_request, response) => response.end();
    await account.call('GET', '/api/v2/user_fields');
    expect(statuses()).toEqual([503]);
    account.pass(1000);
    await account.simulator.settled();
    expect(statuses()).toEqual([503, 200]);
  });

  it('is tried five times more when nobody answers in time', async () => {
    let now = new Date('2026-11-02T10:00:00Z');
    receiver.answer = () => undefined;
    const webhook = { id: 'W', secret: 'fake', createdAt: now, definition: definition() } as Webhook;
    const webhooks = new Map([[webhook.id, webhook]]);
    const courier = createCourier({ clock: () => now, webhooks, obstacle: () => undefined, timeout: 40 });
    courier.announce({
      account_id: 1,
      detail: {},
      event: {},
      id: 'e',
      subject: 'zen:ticket:1',
      time: '',
      type: 'zen:event-type:ticket.status_changed',
      zendesk_event_version: '2022-11-06',
    });
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await courier.settled();
      now = new Date(now.getTime() + 64_000);
    }
    courier.stop();
    expect(courier.attempts.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('is lost when muted, turned round when reordered, and repeated on demand', async () => {
    await make();
    account.simulator.disturb({ kind: 'mute', times: 1 });
    account.simulator.disturb({ kind: 'reorder' });
    account.simulator.resolve(ticket);
    account.simulator.reopen(ticket);
    account.simulator.resolve(ticket);
    await account.simulator.settled();
    expect(receiver.delivered).toHaveLength(0);
    account.simulator.calm();
    await account.simulator.settled();
    const delivered = () => receiver.delivered.map(({ body }) => JSON.parse(body).event.current);
    expect(delivered()).toEqual(['SOLVED', 'OPEN']);
    await account.simulator.redeliver(2);
    expect(delivered()).toEqual(['SOLVED', 'OPEN', 'OPEN', 'OPEN']);
    const [, second, third] = receiver.delivered;
    expect(third?.headers['x-zendesk-webhook-invocation-id']).toBe(second?.headers['x-zendesk-webhook-invocation-id']);
    expect(account.simulator.deliveries.map(({ attempt }) => attempt)).toEqual([0, 0, 1, 2]);
  });
});
