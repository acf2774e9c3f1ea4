import { describe, expect, it } from 'vitest';
import { recordFields } from '../../src/model/crm-field-definitions.ts';
import { nameFinding } from '../../src/model/messages/finding.ts';
import { witnessingTools } from '../../test/contract/tools.ts';
import { mockHttp } from '../../test/http-mock.ts';
import { harness } from './fixtures/harness.ts';
import { provisioning as account, standingWebhook } from './fixtures/provisioning-harness.ts';
import { json, origin } from './fixtures/vendor.ts';
import { zendesk } from './index.ts';

const vendor = mockHttp();
const webhookUrl = 'https://feedback.example.com/webhooks/zendesk';
const complete = recordFields.map((field) => ({ field }));

/** A connection to this account, with nothing but its token in its slot. */
function connect() {
  const tools = witnessingTools({ token: JSON.stringify({ value: 'made-up-access-token' }) });
  const connection = zendesk.connect(zendesk.settings.parse(harness.environment), tools);
  if (!connection.provisioning || !connection.webhookSecrets) throw new Error('Zendesk has lost a capability.');
  return { ...connection.provisioning, webhookSecrets: connection.webhookSecrets };
}

const changes = () => vendor().requests.filter(({ method }) => method !== 'GET');
const found = (name: string, { findings }: Awaited<ReturnType<ReturnType<typeof connect>['ensure']>>) =>
  findings.find(({ about }) => nameFinding(about) === name);

describe('user fields', () => {
  it('of a choice are created with prefixed options and our mark', async () => {
    account.account(vendor(), {
      fields: complete.filter(({ field }) => field.key !== 'nps_trend'),
      webhook: 'absent',
      webhookUrl,
    });
    await connect().ensure({});
    expect(changes().map(({ body }) => body)).toEqual([
      {
        user_field: {
          type: 'dropdown',
          key: 'nps_trend',
          title: 'NPS trend',
          description: 'The latest rating beside the previous one. Kept by Scoreback.',
          active: true,
          custom_field_options: [
            { name: 'Up', value: 'nps_up' },
            { name: 'Same', value: 'nps_same' },
            { name: 'Down', value: 'nps_down' },
            { name: 'First', value: 'nps_first' },
          ],
        },
      },
    ]);
  });

  it('that somebody else creates meanwhile are taken as they stand', async () => {
    const list = (fields: object[]) =>
      vendor().at(origin).get('/api/v2/user_fields').query(true).reply(200, { user_fields: fields }, json);
    const standing = complete.map(({ field }, index) => ({ id: index, key: field.key, type: 'text', active: true }));
    list([]);
    list(standing);
    const taken = { key: [{ description: 'Key: has already been taken', error: 'DuplicateValue' }] };
    const refusal = { error: 'RecordInvalid', description: 'Record validation errors', details: taken };
    vendor().at(origin).post('/api/v2/user_fields').times(recordFields.length).reply(422, refusal, json);
    vendor().at(origin).get('/api/v2/webhooks').query(true).reply(200, { webhooks: [] }, json);
    const inspection = await connect().ensure({});
    expect(found('field nps_latest_survey', inspection)?.state).toBe('fine');
    expect(found('field nps_latest_rating', inspection)?.state).toBe('blocked');
  });

  it('that an admin has switched off stay off, and are told', async () => {
    const fields = complete.map(({ field }) => ({ id: 1, key: field.key, type: 'text', active: false }));
    vendor().at(origin).get('/api/v2/user_fields').query(true).reply(200, { user_fields: fields }, json);
    vendor().at(origin).get('/api/v2/webhooks').query(true).reply(200, { webhooks: [] }, json);
    const inspection = await connect().ensure({});
    expect(found('field nps_latest_survey', inspection)).toMatchObject({
      state: 'blocked',
      code: 'zendesk.field_inactive',
    });
    expect(changes()).toEqual([]);
  });
});

describe('the webhook', () => {
  const ours = {
    id: standingWebhook.id,
    name: 'Scoreback (feedback.example.com)',
    status: 'active',
    endpoint: webhookUrl,
    subscriptions: [
      'ticket.status_changed',
      'ticket.requester_changed',
      'ticket.merged',
      'ticket.soft_deleted',
      'ticket.permanently_deleted',
      'ticket.undeleted',
      'user.merged',
      'user.deleted',
      'user.active_changed',
    ].map((type) => `zen:event-type:${type}`),
  };
  const byTrigger = { ...ours, id: '01JTRIGGER', subscriptions: ['conditional_ticket_events'] };
  const elsewhere = {
    ...ours,
    id: '01JSTAGING',
    name: 'Scoreback (staging.example.com)',
    endpoint: 'https://staging.example.com/w',
  };
  const standing = (...webhooks: object[]) => {
    const fields = complete.map(({ field }) => ({ id: 1, key: field.key, type: 'text' }));
    const api = vendor().at(origin);
    api.get('/api/v2/user_fields').query(true).reply(200, { user_fields: fields }, json);
    api.post('/api/v2/user_fields').optionally().reply(403, {}, json);
    api.get('/api/v2/webhooks').query({ 'page[size]': '100' }).reply(200, { webhooks }, json);
    return api;
  };
  const secretOf = (id: string, secret: string) => {
    const body = { signing_secret: { algorithm: 'SHA256', secret } };
    vendor().at(origin).get(`/api/v2/webhooks/${id}/signing_secret`).reply(200, body, json);
  };

  it('is made beside those of others, and its secret kept', async () => {
    const body = {
      name: ours.name,
      status: 'active',
      endpoint: webhookUrl,
      http_method: 'POST',
      request_format: 'json',
      subscriptions: ours.subscriptions,
    };
    standing(byTrigger, elsewhere).post('/api/v2/webhooks', { webhook: body }).reply(201, { webhook: ours }, json);
    secretOf(ours.id, 'first');
    const connection = connect();
    expect(await connection.webhookSecrets()).toEqual([]);
    expect(found('webhook', await connection.ensure({ webhookUrl }))?.state).toBe('created');
    expect(await connection.webhookSecrets()).toEqual(['first']);
  });

  it('is found again by its address when the database is lost', async () => {
    standing(elsewhere, ours);
    secretOf(ours.id, 'first');
    const connection = connect();
    expect(found('webhook', await connection.ensure({ webhookUrl }))?.state).toBe('fine');
    expect(await connection.webhookSecrets()).toEqual(['first']);
    expect(changes()).toEqual([]);
  });

  it('follows a new address, wakes up, and keeps what an admin has added', async () => {
    standing(ours);
    secretOf(ours.id, 'first');
    const connection = connect();
    await connection.ensure({ webhookUrl });

    const extra = 'zen:event-type:user.created';
    standing({ ...ours, status: 'inactive', subscriptions: [...ours.subscriptions.slice(1), extra] });
    const endpoint = 'https://new.example.com/webhooks/zendesk';
    const webhook = {
      endpoint,
      status: 'active',
      subscriptions: [...ours.subscriptions.slice(1), extra, ours.subscriptions[0]],
    };
    vendor().at(origin).patch(`/api/v2/webhooks/${ours.id}`, { webhook }).reply(204);
    secretOf(ours.id, 'second');
    expect(found('webhook', await connection.ensure({ webhookUrl: endpoint }))?.state).toBe('repaired');
    expect(await connection.webhookSecrets()).toEqual(['second']);
  });

  it('that is forbidden is one finding, and the fields are looked at all the same', async () => {
    const fields = complete.map(({ field }) => ({ id: 1, key: field.key, type: 'text' }));
    const forbidden = { error: { title: 'Forbidden', message: 'You do not have access to this page.' } };
    vendor().at(origin).get('/api/v2/user_fields').query(true).reply(200, { user_fields: fields }, json);
    vendor().at(origin).get('/api/v2/webhooks').query(true).reply(403, forbidden, json);
    const inspection = await connect().check();
    expect(inspection.account).toBe('example');
    expect(found('webhook', inspection)?.state).toBe('blocked');
    expect(found('field nps_latest_survey', inspection)?.state).toBe('fine');
  });
});
