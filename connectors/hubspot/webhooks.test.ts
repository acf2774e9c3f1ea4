import { describe, expect, it } from 'vitest';
import { UntrustedWebhook } from '../../src/model/errors.ts';
import rawEvents from './fixtures/events.json' with { type: 'json' };
import { webhooks } from './webhooks.ts';

const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const address = 'https://www.example.com/webhook_uri';
const plain = '{"example_field":"example_value"}';
const quoted = "{'example_field':'example_value'}";

function signed(signature: string, { method = 'POST', url = address, body = plain, timestamp = '1693657560000' }) {
  const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp };
  return { method, url, headers, body: Buffer.from(body) };
}

/** Made by HubSpot's own documentation and SDK. */
const vectors = [
  ['K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=', { body: quoted }],
  ['RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw=', { body: quoted, timestamp: '1700000300000' }],
  ['oaA3M5dEtt6kFsseJD/Hv/x+JNl1vsoxFj4oxmwP6Go=', {}],
  ['ZEux4lGY4urKtKJ9fqGCQDJ0FasZeSunWHlJMEoU3Bg=', { timestamp: '1700000300000' }],
  [
    'OOInBg86yYWPlZNIGEnBoj2UkCscJwXPVcqZxR27tZY=',
    { method: 'GET', url: `${address}?email=a%40b.c&r=x%2Fy%3Fz`, body: '' },
  ],
] as const;

describe('signatures', () => {
  it.each(vectors)('accepts %s', (signature, request) => {
    const timestamp = 'timestamp' in request ? request.timestamp : '1693657560000';
    expect(webhooks.verify(signed(signature, request), [secret], new Date(Number(timestamp)))).toBe(secret);
  });

  it('undoes no other escape in the address', () => {
    const [signature, request] = vectors[4];
    const url = request.url.replace('x%2F', '%78%2F');
    expect(() => webhooks.verify(signed(signature, { ...request, url }), [secret], new Date(1693657560000))).toThrow(
      UntrustedWebhook,
    );
  });

  it.each([
    ['v1', '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de'],
    ['v2', '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900'],
  ])('refuses %s, which could be repeated for ever', (version, signature) => {
    const headers = { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': version };
    const request = { method: 'POST', url: address, headers, body: Buffer.from(plain) };
    expect(() => webhooks.verify(request, [secret], new Date())).toThrow(
      expect.objectContaining({ why: 'signature_missing' }),
    );
  });
});

const read = (...batch: object[]) => webhooks.read(Buffer.from(JSON.stringify(batch)));

describe('events', () => {
  it('go each to its own account', () => {
    const { events, ignored } = read(...rawEvents);
    expect(ignored).toEqual([]);
    expect(events.map(({ key, ...event }) => event)).toEqual([
      { kind: 'ticket.changed', account: '33', objectId: '21847600123', happenedAt: new Date(1795255200000) },
      { kind: 'contact.merged', account: '34', objectId: '9002', intoId: '9003', happenedAt: new Date(1795255201000) },
      { kind: 'contact.merged', account: '34', objectId: '9001', intoId: '9003', happenedAt: new Date(1795255201000) },
      { kind: 'contact.erased', account: '33', objectId: '9004', happenedAt: new Date(1795255202000) },
    ]);
    expect(new Set(events.map(({ key }) => key)).size).toBe(4);
  });

  it.each([
    ['ticket.propertyChange', { propertyName: 'hs_pipeline_stage' }, 'ticket.changed'],
    ['ticket.creation', {}, 'ticket.changed'],
    ['ticket.restore', {}, 'ticket.changed'],
    ['ticket.deletion', {}, 'ticket.deleted'],
    ['contact.creation', {}, 'contact.changed'],
    ['contact.propertyChange', { propertyName: 'email' }, 'contact.changed'],
    ['contact.deletion', {}, 'contact.deleted'],
    ['contact.restore', {}, 'contact.restored'],
    ['contact.privacyDeletion', {}, 'contact.erased'],
    ['object.deletion', { objectTypeId: '0-5' }, 'ticket.deleted'],
    ['object.restore', { objectTypeId: '0-1' }, 'contact.restored'],
  ])('%s %o is %s', (type, more, kind) => {
    const rawEvent = { portalId: 33, objectId: 7, occurredAt: 1795255200000, ...more };
    expect(read({ ...rawEvent, subscriptionType: type }).events).toMatchObject([{ kind, objectId: '7' }]);
    expect(read({ ...rawEvent, eventType: type }).events).toMatchObject([{ kind, objectId: '7' }]);
  });

  it.each([
    { subscriptionType: 'company.creation', objectId: 7 },
    { subscriptionType: 'object.creation', objectTypeId: '2-1234', objectId: 7 },
    { subscriptionType: 'contact.associationChange', fromObjectId: 7, toObjectId: 8 },
    { subscriptionType: 'ticket.creation' },
    { subscriptionType: 7 },
    null,
    'word',
  ])('%o is no event, and harms none beside it', (rawEvent) => {
    const { events, ignored } = webhooks.read(Buffer.from(JSON.stringify([rawEvent, rawEvents[0]])));
    expect(events).toHaveLength(1);
    expect(ignored).toHaveLength(1);
  });

  it('keep a value out of sight in their keys', () => {
    const rawEvent = { subscriptionType: 'contact.propertyChange', objectId: 7, propertyName: 'email' };
    const [one, other] = ['ada@customer.example', 'eva@customer.example'].map(
      (propertyValue) => read({ ...rawEvent, propertyValue }).events[0]?.key,
    );
    expect(one).toMatch(/^[\w-]{43}$/u);
    expect(one).not.toBe(other);
  });
});
