import { beforeAll, expect, it } from 'vitest';
import { api } from './api.ts';
import { addCustomer, answer, lettersTo, letterTo, ratingStands, recordOf, resolveTicket } from './customers.ts';
import { eventually } from './eventually.ts';
import { describeJourneys, type World } from './world.ts';

/** On a server, the leases of the process that was killed have to run out first. */
const patience = 90_000;

describeJourneys('a killed process, started again,', (open) => {
  let world: World;
  beforeAll(async () => {
    world = await open({ process: true, surveys: [{ delay: 'PT2S' }] });
  });

  const six = () => Array.from({ length: 6 }, () => addCustomer(world));

  it('has lost no accepted webhook and asks nobody twice', async () => {
    const customers = six();
    for (const [index, customer] of customers.entries()) {
      resolveTicket(world, index % 2 === 0 ? 'hubspot' : 'zendesk', customer);
    }
    await Promise.all([world.hubspot.settled(), world.zendesk.settled()]);
    await world.service.kill();
    await world.start();
    for (const customer of customers) await letterTo(world, customer, 1, patience);
    const last = addCustomer(world);
    resolveTicket(world, 'zendesk', last);
    await letterTo(world, last, 1, patience);
    expect(customers.map((customer) => lettersTo(world, customer).length)).toEqual(customers.map(() => 1));
  });

  it('has lost no answer', async () => {
    const customers = six();
    for (const customer of customers) resolveTicket(world, 'zendesk', customer);
    for (const customer of customers) await letterTo(world, customer, 1, patience);
    await Promise.all(customers.map((customer, rating) => answer(world, customer, { rating, comment: 'Kept' })));
    await world.service.kill();
    await world.start();
    for (const [rating, customer] of customers.entries()) {
      await ratingStands(world, customer, rating, patience);
      expect(recordOf(world, 'hubspot', customer)).toMatchObject({
        nps_latest_comment: 'Kept',
        nps_response_count: '1',
      });
    }
  });

  it('finds out what became of the Zendesk job under way, and does not repeat it', async () => {
    const customers = six();
    for (const customer of customers) resolveTicket(world, 'zendesk', customer);
    for (const customer of customers) await letterTo(world, customer, 1, patience);
    for (const customer of customers) {
      await eventually('the asking stands', () =>
        Boolean(recordOf(world, 'zendesk', customer).feedback_last_asked_date),
      );
    }
    await api(world).change('pause', { writing: true });
    for (const [rating, customer] of customers.entries()) await answer(world, customer, { rating });
    const before = world.zendesk.requests.length;
    const jobs = () => world.zendesk.requests.slice(before).filter(({ path }) => path.endsWith('/update_many'));
    await api(world).change('pause', { writing: false });
    await eventually('a job is under way', () => jobs().some(({ status }) => status === 200));
    await world.service.kill();
    await world.start();
    for (const [rating, customer] of customers.entries()) await ratingStands(world, customer, rating, patience);
    await eventually('nothing is left to write', async () => {
      const { items } = await api(world).read('connections');
      return items.every(({ backlog }) => backlog.recordsToWrite === 0);
    });
    expect(jobs().map(({ status }) => status)).toEqual([200]);
  });
});
