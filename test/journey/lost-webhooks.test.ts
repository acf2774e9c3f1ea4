import { beforeAll, expect, it } from 'vitest';
import {
  addCustomer,
  answer,
  type Customer,
  emailsTo,
  emailTo,
  ratingStands,
  recordIn,
  resolveTicket,
} from './customers.ts';
import { eventually } from './eventually.ts';
import { describeInFolder, type Vendor, type World } from './world.ts';

describeInFolder('without webhooks', (open) => {
  let world: World;
  const customers = {} as Record<Vendor, Customer>;
  const delivered = {} as Record<Vendor, number>;
  beforeAll(async () => {
    world = await open({ environment: { RECONCILE_EVERY: 'PT1S' } });
    for (const vendor of ['hubspot', 'zendesk'] as const) {
      customers[vendor] = addCustomer(world);
      await world[vendor].settled();
      delivered[vendor] = world[vendor].deliveries.length;
      world[vendor].disturb({ kind: 'mute' });
      resolveTicket(world, vendor, customers[vendor]);
    }
    // Zendesk's exports leave out the last minute.
    world.passForVendors(61_000);
    for (const customer of Object.values(customers)) {
      await emailTo(world, customer);
      // A job that Zendesk began would not end before the clock has come that far again.
      for (const vendor of ['hubspot', 'zendesk'] as const) {
        await eventually('the asking stands', () =>
          Boolean(recordIn(world, vendor, customer).feedback_last_asked_date),
        );
      }
    }
    world.passForVendors(-61_000);
  });

  it.concurrent.each([
    ['hubspot', '/tickets/search'],
    ['zendesk', '/incremental/tickets'],
  ] as const)('the poll alone finds what was resolved in %s, once', async (vendor, path) => {
    const customer = customers[vendor];
    expect(world[vendor].deliveries).toHaveLength(delivered[vendor]);
    await answer(world, customer, { rating: 10 });
    await ratingStands(world, customer, 10);

    const polls = () => world[vendor].requests.filter((request) => request.path.includes(path)).length;
    const sawItAgain = polls() + 2;
    await eventually('it is polled twice more', () => polls() >= sawItAgain);
    expect(emailsTo(world, customer)).toHaveLength(1);
  });
});
