import { beforeAll, expect, it } from 'vitest';
import { api } from './api.ts';
import { addCustomer, emailsTo, emailTo, everythingBefore, resolveTicket } from './customers.ts';
import { eventually } from './eventually.ts';
import {
  hubspotSecret,
  hubspotStageChange,
  type Sent,
  sendAsHubspot,
  sendAsZendesk,
  zendeskStatusChange,
  zendeskWebhook,
} from './vendor-webhooks.ts';
import { describeInFolder, type Vendor, type World } from './world.ts';

const testSecret = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';

describeInFolder('a webhook', (open) => {
  let world: World;
  let zendesk: { url: string; secret: string };
  beforeAll(async () => {
    world = await open();
    zendesk = await zendeskWebhook(world);
  });

  const events = async (ticket: string) => (await api(world).read(`events?ticket=${ticket}`)).items;
  /** @param minutes from now until the moment that it claims to be sent */
  const from = (vendor: Vendor, body: string, { minutes = 0, ...sent }: { minutes?: number } & Partial<Sent> = {}) => {
    const at = new Date(Date.now() + minutes * 60_000);
    return vendor === 'hubspot'
      ? sendAsHubspot(world, { body, secret: hubspotSecret(world), at, ...sent })
      : sendAsZendesk(zendesk.url, { body, secret: zendesk.secret, at, ...sent });
  };
  const fromHubspot = (body: string, sent = {}) => from('hubspot', body, sent);
  const fromZendesk = (body: string, sent = {}) => from('zendesk', body, sent);

  it.each([
    ['signed with another secret', { secret: 'not-the-secret' }],
    ['signed six minutes ago', { minutes: -6 }],
    ['signed six minutes from now', { minutes: 6 }],
    ['without a signature', { headers: { 'x-hubspot-signature-v3': '' } }],
    ['with a signature of another length', { headers: { 'x-hubspot-signature-v3': 'c2hvcnQ=' } }],
    ['without a time', { headers: { 'x-hubspot-request-timestamp': '' } }],
    ['with a time that is none', { headers: { 'x-hubspot-request-timestamp': 'yesterday' } }],
  ])('from HubSpot %s is refused and leaves nothing', async (_how, sent) => {
    const answered = await fromHubspot(JSON.stringify([hubspotStageChange('4711')]), sent);
    expect(answered.status).toBe(401);
    expect(await events('4711')).toEqual([]);
  });

  it.each([
    ['signed with another secret', { secret: 'not-the-secret' }],
    ["signed with Zendesk's public test secret", { secret: testSecret }],
    ['signed 61 minutes ago', { minutes: -61 }],
    ['signed 61 minutes from now', { minutes: 61 }],
    ['without a signature', { headers: { 'x-zendesk-webhook-signature': '' } }],
    ['without a time', { headers: { 'x-zendesk-webhook-signature-timestamp': '' } }],
  ])('from Zendesk %s is refused and leaves nothing', async (_how, sent) => {
    const answered = await fromZendesk(JSON.stringify(zendeskStatusChange('4712')), sent);
    expect(answered.status).toBe(401);
    expect(await events('4712')).toEqual([]);
  });

  it.each(['{"not": "closed"', '', 'null', '[[', '\u0000'])(
    'with the malformed body %j is a bad request',
    async (body) => {
      expect((await fromHubspot(body)).status).toBe(400);
      expect((await fromZendesk(body)).status).toBe(400);
    },
  );

  it('larger than 1 MB is too large', async () => {
    const body = JSON.stringify([{ padding: 'x'.repeat(1_100_000) }]);
    expect((await fromHubspot(body)).status).toBe(413);
    expect((await fromZendesk(body)).status).toBe(413);
  });

  it('for an unknown connector or connection finds nothing', async () => {
    const post = (path: string) => fetch(`${world.service.url}/webhooks/${path}`, { method: 'POST', body: '[]' });
    expect((await post('nosuchvendor')).status).toBe(404);
    expect((await post('hubspot/5e2f6f0c-7b0e-4d8f-9a53-0d2b6f9b1c11')).status).toBe(404);
    expect((await post('hubspot/not-an-id')).status).toBe(404);
  });

  it('of a type that means nothing to us is accepted', async () => {
    const events = ['deal.creation', 'object.associationChange', 'x'].map((subscriptionType) => ({
      ...hubspotStageChange('1'),
      subscriptionType,
    }));
    expect((await fromHubspot(JSON.stringify(events))).status).toBe(200);
    expect((await fromZendesk(JSON.stringify(zendeskStatusChange('1', 'article.published')))).status).toBe(200);
  });

  it('with a hundred events of several portals reaches only the one that is connected, and says so', async () => {
    const customer = addCustomer(world);
    world.hubspot.disturb({ kind: 'mute' });
    const ticket = resolveTicket(world, 'hubspot', customer);
    const stranger = resolveTicket(world, 'hubspot', addCustomer(world));
    world.hubspot.calm();
    const strangers = Array.from({ length: 99 }, (_, index) => hubspotStageChange(stranger, 100_000_000 + index));
    const mixed = [...strangers, hubspotStageChange(ticket)];
    expect((await fromHubspot(JSON.stringify(mixed))).status).toBe(200);
    await emailTo(world, customer);
    await everythingBefore(world);
    expect(await events(stranger)).toEqual([]);
    expect(await api(world).decisions(stranger)).toEqual([]);
    expect(world.service.logged('webhook.account_unknown')).not.toEqual([]);
  });

  it('about a ticket that does not exist is looked at and leaves no decision', async () => {
    expect((await fromZendesk(JSON.stringify(zendeskStatusChange('987654321')))).status).toBe(200);
    await eventually('it was looked at', async () => (await events('987654321'))[0]?.outcome);
    expect(await api(world).decisions('987654321')).toEqual([]);
  });

  it('sent ten times at once asks once', async () => {
    const customer = addCustomer(world);
    world.zendesk.disturb({ kind: 'mute' });
    const ticket = resolveTicket(world, 'zendesk', customer);
    world.zendesk.calm();
    const body = JSON.stringify(zendeskStatusChange(ticket));
    const answered = await Promise.all(Array.from({ length: 10 }, () => fromZendesk(body)));
    expect(answered.map(({ status }) => status)).toEqual(Array(10).fill(200));
    await emailTo(world, customer);
    await everythingBefore(world);
    expect(emailsTo(world, customer)).toHaveLength(1);
  });
});
