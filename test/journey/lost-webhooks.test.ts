import { beforeAll, expect, it } from 'vitest';
import { addCustomer, answer, lettersTo, letterTo, ratingStands, resolveTicket } from './customers.ts';
import { eventually } from './eventually.ts';
import { describeInFolder, type World } from './world.ts';

describeInFolder('without webhooks', (open) => {
  let world: World;
  beforeAll(async () => {
    world = await open({ environment: { RECONCILE_EVERY: 'PT1S' } });
  });

  it.each([
    ['hubspot', '/tickets/search'],
    ['zendesk', '/incremental/tickets'],
  ] as const)('the poll alone finds what was resolved in %s, once', async (vendor, path) => {
    const customer = addCustomer(world);
    await world[vendor].settled();
    const delivered = world[vendor].deliveries.length;
    world[vendor].disturb({ kind: 'mute' });
    resolveTicket(world, vendor, customer);
    // Zendesk's exports leave out the last minute.
    world.passForVendors(61_000);
    await letterTo(world, customer);
    world.passForVendors(-61_000);
    expect(world[vendor].deliveries).toHaveLength(delivered);
    await answer(world, customer, { rating: 10 });
    await ratingStands(world, customer, 10);

    const polls = () => world[vendor].requests.filter((request) => request.path.includes(path)).length;
    const sawItAgain = polls() + 2;
    await eventually('it is polled twice more', () => polls() >= sawItAgain);
    expect(lettersTo(world, customer)).toHaveLength(1);
    world[vendor].calm();
  });
});
