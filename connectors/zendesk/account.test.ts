import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordFields } from '../../src/model/crm-field-definitions.ts';
import { UpstreamRefused } from '../../src/model/errors.ts';
import { vendorSays } from '../../test/vendor-says.ts';
import { type Desk, startDesk } from './fixtures/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(async () => {
  expect(desk.tools.breaches).toEqual([]);
  await desk.stop();
});

const byApiToken = () => {
  const { email, token } = desk.simulator.apiToken;
  const client = { ZENDESK_CLIENT_ID: undefined, ZENDESK_CLIENT_SECRET: undefined };
  return desk.connect({ ...client, ZENDESK_EMAIL: email, ZENDESK_API_TOKEN: token });
};

describe('the credentials', () => {
  it('of an OAuth client are renewed when Zendesk takes the token no more', async () => {
    const id = desk.simulator.addContact({ name: 'Kim' });
    await desk.contacts.find({ ids: [id] });
    desk.simulator.expireToken?.();
    const found = await Promise.all([1, 2, 3].map(() => desk.contacts.find({ ids: [id] })));
    expect(found.map(([contact]) => contact?.id)).toEqual([id, id, id]);
    expect(desk.simulator.requests.filter(({ path }) => path === '/oauth/tokens')).toHaveLength(2);
  });

  it('of an API token work, with the day on which they end', async () => {
    const { findings } = await byApiToken().provisioning.check();
    expect(findings[0]).toMatchObject({
      about: { kind: 'credentials' },
      state: 'fine',
      code: 'zendesk.api_token_ends',
      params: { on: '2027-04-30T00:00:00.000Z', settings: ['ZENDESK_CLIENT_ID', 'ZENDESK_CLIENT_SECRET'] },
    });
    expect((await desk.provisioning.check()).findings[0]).toMatchObject({
      about: { kind: 'credentials' },
      state: 'fine',
      code: 'fine',
    });
  });
});

describe("the vendor's clock", () => {
  it('is what Zendesk shows, to the second, also when it refuses', async () => {
    desk.passes(3_723_456);
    const seconds = new Date(Math.floor(desk.clock().getTime() / 1000) * 1000);
    expect((await desk.provisioning.check()).vendorClock).toEqual(seconds);
    desk.simulator.disturb({ kind: 'revoke' });
    desk.passes(60_000);
    expect((await desk.provisioning.check()).vendorClock).toEqual(new Date(seconds.getTime() + 60_000));
  });

  it('is not told where Zendesk was not asked: an old time would pass for a slow clock', async () => {
    await desk.provisioning.check();
    const refusal = new UpstreamRefused(vendorSays('credentials_refused'), { concerns: 'connection' });
    desk.tools.rateLimiter.run = () => Promise.reject(refusal);
    const inspection = await desk.provisioning.check();
    expect(inspection.findings).toMatchObject([{ about: { kind: 'credentials' }, state: 'blocked' }]);
    expect(inspection).not.toHaveProperty('vendorClock');
  });
});

describe('removing a connection', () => {
  const webhooks = async () => (await desk.call('GET', '/webhooks')) as { webhooks: { name: string }[] };
  const fields = async () => (await desk.call('GET', '/user_fields')) as { user_fields: { key: string }[] };
  const theirs = {
    name: 'Scoreback (elsewhere.example)',
    status: 'active',
    endpoint: 'https://elsewhere.example/webhooks/zendesk',
    http_method: 'POST',
    request_format: 'json',
    subscriptions: ['zen:event-type:ticket.status_changed'],
  };

  it('takes its own webhook away, and leaves fields and the webhooks of others', async () => {
    await desk.call('POST', '/webhooks', { webhook: theirs });
    await desk.provisioning.ensure({ webhookUrl: desk.webhookUrl });
    expect((await webhooks()).webhooks).toHaveLength(2);
    const findings = await desk.provisioning.remove({ fields: false });
    expect(findings).toMatchObject([{ about: { kind: 'webhook' }, state: 'removed' }]);
    expect((await webhooks()).webhooks).toMatchObject([{ name: theirs.name }]);
    expect((await fields()).user_fields).toHaveLength(recordFields.length);
    expect(await desk.webhookSecrets()).toEqual([]);
  });

  it('takes the fields with our mark only when asked, and never an admin’s of the same key', async () => {
    const admins = { type: 'text', key: 'nps_latest_survey', title: 'Survey', description: 'Ours since 2019.' };
    await desk.call('POST', '/user_fields', { user_field: admins });
    await desk.call('POST', '/user_fields', { user_field: { type: 'text', key: 'loyalty', title: 'Loyalty' } });
    await desk.provisioning.ensure({ webhookUrl: desk.webhookUrl });
    const findings = await desk.provisioning.remove({ fields: true });
    expect(findings).toHaveLength(recordFields.length + 1);
    expect(findings.filter(({ state }) => state !== 'removed')).toMatchObject([{ state: 'fine' }]);
    expect((await fields()).user_fields.map(({ key }) => key)).toEqual(['nps_latest_survey', 'loyalty']);
  });

  it('may be repeated, and made good again', async () => {
    await desk.provisioning.ensure({ webhookUrl: desk.webhookUrl });
    await desk.provisioning.remove({ fields: true });
    expect(await desk.provisioning.remove({ fields: true })).toMatchObject([
      { about: { kind: 'webhook' }, state: 'fine' },
    ]);
    const { findings } = await desk.provisioning.ensure({ webhookUrl: desk.webhookUrl });
    expect(findings.filter(({ state }) => state === 'created')).toHaveLength(recordFields.length + 1);
    expect(await desk.webhookSecrets()).toHaveLength(1);
  });

  it('says what it could not take, without credentials', async () => {
    await desk.provisioning.ensure({ webhookUrl: desk.webhookUrl });
    desk.simulator.disturb({ kind: 'revoke' });
    const findings = await desk.provisioning.remove({ fields: true });
    expect(findings).toMatchObject([{ about: { kind: 'credentials' }, state: 'blocked' }]);
    desk.simulator.calm();
    expect(await desk.webhookSecrets()).toHaveLength(1);
  });
});
