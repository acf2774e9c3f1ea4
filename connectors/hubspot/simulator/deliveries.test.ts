import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Simulator } from '../../../src/connector.ts';
import { createDeliveries } from './deliveries.ts';
import { createDisturbances } from './disturbances.ts';
import { startPortal, type TestPortal } from './harness.ts';

let portal: TestPortal;
let hubspot: Simulator;
let ticketId: string;

beforeEach(async () => {
  portal = await startPortal();
  ({ hubspot } = portal);
  ticketId = hubspot.addTicket({ requesterId: hubspot.addContact({ name: 'Ada Byron' }), subject: 'No sound' });
  await hubspot.settled();
  portal.received.length = 0;
});

afterEach(() => portal.stop());

const events = () => portal.received.map(({ body }) => JSON.parse(body));

test('a change of stage is told in an array, signed over method, address, body and time', async () => {
  hubspot.resolve(ticketId);
  await hubspot.settled();
  expect(events()).toEqual([
    [
      expect.objectContaining({
        subscriptionType: 'object.propertyChange',
        objectTypeId: '0-5',
        objectId: Number(ticketId),
        propertyName: 'hs_pipeline_stage',
        propertyValue: '4',
        occurredAt: portal.now().getTime(),
        attemptNumber: 0,
      }),
    ],
  ]);
  const [delivery] = portal.received;
  const timestamp = String(portal.now().getTime());
  const signed = `POST${portal.webhookUrl.replace('%2F', '/')}${delivery?.body}${timestamp}`;
  const secret = hubspot.environment.HUBSPOT_CLIENT_SECRET ?? '';
  expect(delivery?.headers).toMatchObject({
    'x-hubspot-signature-v3': createHmac('sha256', secret).update(signed).digest('base64'),
    'x-hubspot-request-timestamp': timestamp,
  });
  expect(delivery?.url).toBe('/webhooks/hubspot?region=eu%2F1');
});

test('what happens at one moment is one delivery of at most a hundred events', async () => {
  for (let turn = 0; turn < 101; turn += 1) turn % 2 ? hubspot.reopen(ticketId) : hubspot.resolve(ticketId);
  await hubspot.settled();
  expect(events().map(({ length }) => length)).toEqual([100, 1]);
});

test('what is written as it was changes nothing and is told to nobody', async () => {
  const path = `/crm/objects/2026-03/tickets/${ticketId}`;
  hubspot.resolve(ticketId);
  const before = (await portal.call('GET', path)).body;
  portal.pass(1000);
  hubspot.resolve(ticketId);
  await portal.call('PATCH', path, { properties: { hs_pipeline_stage: '4' } });
  await hubspot.settled();
  expect(events().flat()).toHaveLength(1);
  expect((await portal.call('GET', path)).body).toEqual(before);
});

test('a failed delivery is tried ten times more, and then no more', async () => {
  portal.answerWith(500);
  hubspot.resolve(ticketId);
  await hubspot.settled();
  for (let retry = 1; retry <= 10; retry += 1) {
    expect(portal.received).toHaveLength(retry);
    portal.pass(1000 * 2 ** (retry - 1));
    await hubspot.settled();
  }
  portal.pass(86_400_000);
  await hubspot.settled();
  expect(events().map(([event]) => event.attemptNumber)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(hubspot.deliveries.slice(-1)).toEqual([{ url: portal.webhookUrl, status: 500, attempt: 10 }]);
});

test('a retry that is heard is the last', async () => {
  portal.answerWith(503);
  hubspot.resolve(ticketId);
  await hubspot.settled();
  portal.answerWith(200);
  portal.pass(1000);
  await hubspot.settled();
  portal.pass(86_400_000);
  await hubspot.settled();
  expect(hubspot.deliveries.slice(1).map(({ status }) => status)).toEqual([503, 200]);
});

test('a receiver that does not answer in time has not answered', async () => {
  portal.answerWith('nothing');
  const deliveries = createDeliveries({
    clock: portal.now,
    url: portal.webhookUrl,
    secret: 'fake-secret',
    disturbances: createDisturbances(),
    patience: 50,
  });
  deliveries.send({ eventId: 1 });
  await deliveries.settled();
  expect(deliveries.attempts).toEqual([{ url: portal.webhookUrl, status: 0, attempt: 0 }]);
  deliveries.stop();
});

test('a delivery can come again as it was', async () => {
  hubspot.resolve(ticketId);
  await hubspot.settled();
  await hubspot.redeliver(2);
  const [first, second, third] = events();
  expect([second, third]).toEqual([[{ ...first[0], attemptNumber: 1 }], [{ ...first[0], attemptNumber: 2 }]]);
});

test('webhooks are lost while muted, and come newest first after having been held back', async () => {
  hubspot.disturb({ kind: 'mute', times: 1 });
  hubspot.resolve(ticketId);
  hubspot.disturb({ kind: 'reorder' });
  hubspot.reopen(ticketId);
  hubspot.resolve(ticketId);
  await hubspot.settled();
  expect(events()).toEqual([]);
  hubspot.calm();
  await hubspot.settled();
  const stages = events().flat();
  expect(stages.map(({ propertyValue }) => propertyValue)).toEqual(['4', '1']);
});

test('a stopped simulator sends nothing more', async () => {
  portal.answerWith(500);
  hubspot.resolve(ticketId);
  await hubspot.settled();
  await hubspot.stop();
  portal.pass(86_400_000);
  hubspot.reopen(ticketId);
  await hubspot.settled();
  expect(portal.received).toHaveLength(1);
});
