import { z } from 'zod';
import type { WebhookRequest } from '../../../src/connector.ts';
import { normalizeEmail } from '../../../src/model/contact.ts';
import { sign } from '../../../src/model/signature.ts';
import type { HttpMock } from '../../http-mock.ts';
import type { AccountChange, AccountState, ConnectorHarness, ExpectedTicket, ReceivedWrite } from '../harness.ts';
import { exampleOrigin } from './client.ts';
import { exampleConnector } from './connector.ts';
import { exampleWindow } from './webhooks.ts';

const token = 'made-up-token';
const secret = 'made-up-secret';
const record = { id: '1', email: 'kim@customer.example', name: 'Kim' };

const delivery = (event: string, type = 'ticket') =>
  Buffer.from(JSON.stringify({ event, type, ticket: '7', at: '2026-11-22T09:59:00Z' }));

const signed = (body: Buffer, by: string, at: Date): WebhookRequest => ({
  method: 'POST',
  url: 'https://feedback.example.com/webhooks/example',
  headers: { 'x-signed-at': at.toISOString(), 'x-signature': sign(by, at.toISOString(), body) },
  body,
});

const sentWrites = z.object({
  writes: z.array(z.object({ id: z.string(), values: z.record(z.string(), z.unknown()) })),
});
const sentField = z.object({ key: z.string() });
const sentOptions = z.object({ options: z.array(z.string()) });

export const exampleHarness: ConnectorHarness = {
  connector: exampleConnector,
  origin: exampleOrigin,
  environment: { EXAMPLE_TOKEN: token, EXAMPLE_WEBHOOK_SECRET: secret },
  incomplete: [{ environment: { EXAMPLE_WEBHOOK_SECRET: secret }, missing: 'EXAMPLE_TOKEN' }],
  secrets: [token, secret],
  failures: {
    throttled: (seconds) => ({ status: 429, headers: { 'retry-after': `${seconds}` } }),
    unauthorized: { status: 401 },
    forbidden: { status: 403 },
    broken: { status: 500 },
    missing: { status: 404 },
    invalid: (echo) => ({ status: 422, body: { message: `not valid: ${echo}` } }),
  },
  webhooks: {
    secret,
    otherSecret: 'another-made-up-secret',
    deliver: signed,
    proofHeaders: ['x-signature', 'x-signed-at'],
    window: exampleWindow,
    bodies: {
      changed: { body: delivery('event-1'), events: [{ kind: 'ticket.changed', objectId: '7' }] },
      changedAgain: delivery('event-1'),
      changedLater: delivery('event-2'),
      irrelevant: delivery('event-3', 'weather'),
    },
  },
  panel: {
    secret,
    otherSecret: 'another-made-up-secret',
    request: (record, by, at) => signed(Buffer.from(JSON.stringify({ agent: '9', record })), by, at),
    seen: { agent: '9' },
    tampered: ({ body, ...request }) => [{ ...request, body: Buffer.concat([body, Buffer.from(' ')]) }],
    window: exampleWindow,
    ratingIn: ({ fields }) => fields?.nps_latest_rating,
  },
  tickets: {
    open: (vendor) => showTicket(vendor, true),
    resolved: (vendor) => showTicket(vendor, false),
    unknown(vendor) {
      vendor
        .at(exampleOrigin)
        .post('/tickets/find', { ids: ['8'] })
        .reply(200, { tickets: [] });
      return '8';
    },
    several: (vendor) => ({
      resolved: showTicket(vendor, false, ['7', '9', '8'], [{ id: '9', open: false, lost: true, subject: '', record }]),
      ...{ merged: '9', unknown: '8' },
    }),
    twoPages(vendor, since) {
      const page = (id: string, minutes: number, next?: string) => ({
        tickets: [{ id, at: new Date(since.getTime() + 60_000 * minutes).toISOString() }],
        next,
      });
      vendor
        .at(exampleOrigin)
        .get('/tickets')
        .query({ after: since.getTime() })
        .reply(200, page('7', 1, 'page-2'));
      vendor.at(exampleOrigin).get('/tickets').query({ after: 'page-2' }).reply(200, page('8', 2));
      return [['7'], ['8']];
    },
  },
  contacts: {
    recordId: (number) => `${5000 + number}`,
    find(vendor, by, records) {
      const emails = 'emails' in by ? by.emails.map((email) => normalizeEmail(email)) : [];
      vendor
        .at(exampleOrigin)
        .post('/records/find', 'emails' in by ? { emails } : { ids: [...by.ids] })
        .reply(200, { records });
    },
    write(vendor, fates) {
      vendor.at(exampleOrigin).post('/records/write').reply(200, { job: 'job-1' });
      vendor.at(exampleOrigin).get('/jobs/job-1').reply(200, { fates });
    },
    received: (requests) =>
      requests.flatMap(({ path, body }) => (path === '/records/write' ? sentWrites.parse(body).writes : [])),
    read(vendor, ids, saved: readonly ReceivedWrite[]) {
      vendor
        .at(exampleOrigin)
        .post('/records/read', { ids: [...ids] })
        .reply(200, { records: saved });
    },
  },
  provisioning: {
    registersWebhooks: true,
    account: arrangeAccount,
    changes: (requests) => requests.flatMap(({ method, path, body }) => readChange(method, path, body)),
  },
  also: ['contacts.finishWrite'],
};

function showTicket(
  vendor: HttpMock,
  open: boolean,
  ids: readonly string[] = ['7'],
  others: readonly object[] = [],
): ExpectedTicket {
  const ticket = { id: '7', subject: 'A lamp' };
  vendor
    .at(exampleOrigin)
    .post('/tickets/find', { ids: [...ids] })
    .reply(200, { tickets: [...others, { ...ticket, open, record }] });
  return {
    ...ticket,
    state: open ? 'open' : 'resolved',
    requester: { ...record, emails: [{ address: record.email, verified: true }] },
  };
}

function arrangeAccount(vendor: HttpMock, { fields, webhook, webhookUrl }: AccountState): void {
  const scope = vendor.at(exampleOrigin).persist();
  const shown = fields.map(({ field, differsIn }) => {
    const options = field.type === 'choice' ? field.options.map(({ value }) => value) : [];
    return {
      key: field.key,
      type: differsIn === 'type' ? 'picture' : field.type,
      label: differsIn === 'label' ? 'Renamed' : field.label,
      options: differsIn === 'options' ? [...options.slice(0, -1), 'extra'] : options,
    };
  });
  scope.get('/account').reply(200, {
    id: 'account-1',
    fields: shown,
    ...(webhook === 'present' ? { webhook: webhookUrl } : {}),
  });
  scope.post('/fields').optionally().reply(201, {});
  scope.post('/webhook').optionally().reply(201, {});
  scope
    .put(/^\/fields\/\w+\/options$/u)
    .optionally()
    .reply(200, {});
}

function readChange(method: string, path: string, body: unknown): AccountChange[] {
  if (method === 'POST' && path === '/fields') return [{ what: 'created field', ...sentField.parse(body) }];
  if (method === 'POST' && path === '/webhook') return [{ what: 'created webhook' }];
  if (method !== 'PUT') return [];
  return [{ what: 'changed options', key: path.split('/')[2] ?? '', replaced: sentOptions.parse(body).options }];
}
