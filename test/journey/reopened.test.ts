import { beforeAll, expect, it } from 'vitest';
import { api } from './api.ts';
import {
  addCustomer,
  answer,
  type Customer,
  emailsTo,
  emailTo,
  everythingBefore,
  ratingStands,
  resolveTicket,
} from './customers.ts';
import { eventually } from './eventually.ts';
import { describeInFolder, type World } from './world.ts';

const vendors = ['hubspot', 'zendesk'] as const;

describeInFolder('a ticket that changes before the email leaves asks', (open) => {
  let world: World;
  beforeAll(async () => {
    world = await open({ surveys: [{ delay: 'PT3S', quietPeriod: 'P90D' }] });
  });

  const askedOnce = async (customer: Customer) => {
    await emailTo(world, customer);
    await everythingBefore(world);
    expect(emailsTo(world, customer)).toHaveLength(1);
  };

  it.concurrent.each(vendors)(
    'not at all when it is reopened in %s before the email leaves, and at the next resolution',
    async (vendor) => {
      const customer = addCustomer(world);
      const ticket = resolveTicket(world, vendor, customer);
      await eventually(
        'the survey is to be sent',
        async () => (await api(world).decisions(ticket))[0]?.verdict === 'asked',
      );
      world[vendor].reopen(ticket);
      await everythingBefore(world);
      expect(emailsTo(world, customer)).toEqual([]);
      const [decision] = await api(world).decisions(ticket);
      expect(decision).toMatchObject({ verdict: 'skipped', reasonCode: 'reopened' });

      world[vendor].resolve(ticket);
      await askedOnce(customer);
      expect((await api(world).decisions(ticket)).map(({ verdict }) => verdict)).toEqual(['asked', 'skipped']);
    },
  );

  it.concurrent('once when the ticket is reopened after the email and resolved again: the first link lives on', async () => {
    const customer = addCustomer(world);
    const ticket = resolveTicket(world, 'zendesk', customer);
    await emailTo(world, customer);
    world.zendesk.reopen(ticket);
    await world.zendesk.settled();
    await eventually('the reopening was seen', async () => {
      const { items } = await api(world).read(`events?ticket=${ticket}`);
      return items.length === 2;
    });
    await everythingBefore(world);
    world.zendesk.resolve(ticket);
    await askedOnce(customer);
    await eventually('the second resolution was decided', async () => {
      const [newest] = await api(world).decisions(ticket);
      return newest?.reasonCode === 'quiet_period';
    });
    await answer(world, customer, { rating: 6 });
    await ratingStands(world, customer, 6);
  });

  it.concurrent('who is the new requester, when that was changed before the email left', async () => {
    const [first, second] = [addCustomer(world), addCustomer(world)];
    const ticket = resolveTicket(world, 'zendesk', first);
    await eventually(
      'the survey is to be sent',
      async () => (await api(world).decisions(ticket))[0]?.verdict === 'asked',
    );
    world.zendesk.reassign?.(ticket, second.zendesk);
    await askedOnce(second);
    expect(emailsTo(world, first)).toEqual([]);
  });
});
