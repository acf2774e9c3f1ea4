import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { api } from './api.ts';
import {
  addCustomer,
  answer,
  type Customer,
  emailsTo,
  emailTo,
  everythingBefore,
  recordIn,
  resolveTicket,
} from './customers.ts';
import { eventually } from './eventually.ts';
import {
  hubspotSecret,
  hubspotStageChange,
  sendAsHubspot,
  sendAsZendesk,
  zendeskStatusChange,
  zendeskWebhook,
} from './vendor-webhooks.ts';
import { describeInFolder, type World } from './world.ts';

const decided = (world: World, ticket: string) =>
  eventually(`ticket ${ticket} is decided`, async () => (await api(world).decisions(ticket))[0]);

describeInFolder('real customers are not surprised', (open) => {
  describe('by a service that was just connected', () => {
    let world: World;
    const earlier: { customer: Customer; ticket: string }[] = [];
    beforeAll(async () => {
      world = await open({
        before(vendors) {
          for (const vendor of ['hubspot', 'zendesk'] as const) {
            const customer = addCustomer(vendors);
            earlier.push({ customer, ticket: resolveTicket(vendors, vendor, customer) });
          }
        },
      });
    });

    it('about tickets that were resolved before', async () => {
      const [inHubspot, inZendesk] = earlier;
      if (!inHubspot || !inZendesk) throw new Error('nothing was resolved before');
      const toldByHubspot = JSON.stringify([hubspotStageChange(inHubspot.ticket)]);
      await sendAsHubspot(world, { body: toldByHubspot, secret: hubspotSecret(world) });
      const webhook = await zendeskWebhook(world);
      await sendAsZendesk(webhook.url, { ...webhook, body: JSON.stringify(zendeskStatusChange(inZendesk.ticket)) });
      expect(await decided(world, inHubspot.ticket)).toMatchObject({
        verdict: 'skipped',
        reasonCode: 'before_connection',
      });
      expect(await decided(world, inZendesk.ticket)).toMatchObject({
        verdict: 'skipped',
        reasonCode: 'before_connection',
      });
      await everythingBefore(world);
      expect(earlier.flatMap(({ customer }) => emailsTo(world, customer))).toEqual([]);
    });

    it('while asking is paused, everywhere or for one connection', async () => {
      const { items } = await api(world).read('connections');
      const { id } = items.find(({ connector }) => connector === 'zendesk') ?? {};
      const waits = async () => {
        const customer = addCustomer(world);
        const ticket = resolveTicket(world, 'zendesk', customer);
        await eventually('the ledger says that it waits', async () => {
          const [decision] = await api(world).decisions(ticket);
          return decision?.verdict === 'waiting' && decision.reasonCode === 'paused';
        });
        expect(emailsTo(world, customer)).toEqual([]);
        return customer;
      };
      await api(world).change(`connections/${id}`, { surveysPaused: true });
      await waits();
      await api(world).change(`connections/${id}`, { surveysPaused: false });
      await api(world).change('pause', { asking: true });
      const customer = await waits();
      await api(world).change('pause', { asking: false });
      await emailTo(world, customer);
    });

    it('by records of theirs appearing where they are not known, unless the admin wants them', async () => {
      const customer = addCustomer(world, { knownIn: ['zendesk'], name: 'Nora Newcomer' });
      resolveTicket(world, 'zendesk', customer);
      await answer(world, customer, { rating: 8 });
      await eventually('Zendesk has it', () => recordIn(world, 'zendesk', customer).nps_latest_rating === 8);
      await eventually('the outcome is shown', async () => {
        const [response] = (await api(world).read(`responses?email=${customer.email}`)).items;
        const record = response?.records.find(({ connector }) => connector === 'hubspot');
        return record?.state === 'absent' && record.outcome?.code === 'unknown_address';
      });
      expect(world.hubspot.recordIdByEmail(customer.email)).toBeUndefined();

      const { items } = await api(world).read('connections');
      const { id } = items.find(({ connector }) => connector === 'hubspot') ?? {};
      await api(world).change(`connections/${id}`, { createContacts: true });
      const wanda = addCustomer(world, { knownIn: ['zendesk'], name: 'Wanda Winter' });
      resolveTicket(world, 'zendesk', wanda);
      await answer(world, wanda, { rating: 9 });
      const created = await eventually('they have a record', () => world.hubspot.recordIdByEmail(wanda.email));
      await eventually('with their score', () => world.hubspot.record(created)?.nps_latest_rating === '9');
      expect(world.hubspot.record(created)).toMatchObject({ firstname: 'Wanda', lastname: 'Winter' });
    });
  });

  it('by more emails a day than the cap of the survey', async () => {
    const world = await open({ surveys: [{ dailyCap: 2 }] });
    const customers = [addCustomer(world), addCustomer(world), addCustomer(world)];
    const tickets = customers.map((customer) => resolveTicket(world, 'zendesk', customer));
    const reasons = async () => {
      const invitations = await Promise.all(
        tickets.map(async (ticket) => (await api(world).read(`invitations?ticket=${ticket}`)).items),
      );
      const decisions = await Promise.all(tickets.map((ticket) => api(world).decisions(ticket)));
      return [
        ...invitations.flat().map(({ status }) => status),
        ...decisions.flat().map(({ reasonCode }) => reasonCode),
      ].sort();
    };
    await eventually('two are asked, and one waits for tomorrow', async () =>
      isDeepStrictEqual(await reasons(), ['asked', 'asked', 'daily_cap', 'scheduled', 'sent', 'sent']),
    );
    expect(customers.flatMap((customer) => emailsTo(world, customer))).toHaveLength(2);
    expect(world.service.logged('survey.daily_cap')).not.toEqual([]);
  });

  it('before a survey is live, and an email server there to send with', async () => {
    const world = await open({ surveys: [{ status: 'draft' }], environment: { SMTP_URL: '' } });
    const said = (code: string) => world.service.logged(code).length > 0;
    await eventually('the log says so', () => said('survey.none_live') && said('email_server.not_set'));
    const unasked = addCustomer(world);
    expect(await decided(world, resolveTicket(world, 'zendesk', unasked))).toMatchObject({
      verdict: 'skipped',
      reasonCode: 'no_survey',
    });

    await world.service.stop();
    await world.start({ surveys: [{ status: 'live' }] });
    const waiting = addCustomer(world);
    const ticket = resolveTicket(world, 'zendesk', waiting);
    await eventually('the email waits for a server', async () => {
      const [decision] = await api(world).decisions(ticket);
      return decision?.verdict === 'waiting' && decision.reasonCode === 'no_email_server';
    });

    await world.service.stop();
    await world.start({ environment: { SMTP_URL: world.inbox.smtpUrl } });
    await emailTo(world, waiting, 1, 90_000);
    expect(emailsTo(world, unasked)).toEqual([]);
  });
});
