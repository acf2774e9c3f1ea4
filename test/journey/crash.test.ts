import { beforeAll, expect, it } from 'vitest';
import { api } from './api.ts';
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
import { describeJourneys, type World } from './world.ts';

/** On a server, the leases of the process that was killed have to run out first. */
const patience = 90_000;

describeJourneys('a killed process, started again,', (open) => {
  let world: World;
  /** Their webhooks were accepted, and nothing more. */
  let resolved: readonly Customer[];
  /** Their answers were accepted, and nothing more. */
  let answered: readonly Customer[];
  /** Their answers were in a Zendesk job. */
  let beingWritten: readonly Customer[];
  let before = 0;

  const six = () => Array.from({ length: 6 }, () => addCustomer(world));
  const asked = async (customers: readonly Customer[]) => {
    for (const customer of customers) resolveTicket(world, 'zendesk', customer);
    for (const customer of customers) await emailTo(world, customer, 1, patience);
    for (const customer of customers) {
      await eventually('the asking stands', () =>
        Boolean(recordIn(world, 'zendesk', customer).feedback_last_asked_date),
      );
    }
    return customers;
  };
  /** Jobs in Zendesk since before the crash that write to one of those whose answers were being written. */
  const jobs = () =>
    world.zendesk.requests.slice(before).filter(({ path, body }) => {
      const { users = [] } = (path.endsWith('/update_many') ? body : {}) as { users?: readonly { id: number }[] };
      return users.some(({ id }) => beingWritten.some(({ zendesk }) => zendesk === String(id)));
    });

  beforeAll(async () => {
    world = await open({ process: true, surveys: [{ delay: 'PT3S' }] });
    [answered, beingWritten] = [six(), six()];
    await asked([...answered, ...beingWritten]);
    await api(world).change('pause', { writing: true });
    for (const [rating, customer] of beingWritten.entries()) await answer(world, customer, { rating });
    before = world.zendesk.requests.length;
    resolved = six();
    for (const [index, customer] of resolved.entries()) {
      resolveTicket(world, index % 2 === 0 ? 'hubspot' : 'zendesk', customer);
    }
    await Promise.all([world.hubspot.settled(), world.zendesk.settled()]);
    await api(world).change('pause', { writing: false });
    await eventually('a job is under way', () => jobs().some(({ status }) => status === 200));
    // It goes on until the service is killed.
    world.passForVendors(-60_000);
    await Promise.all([
      eventually('the job is asked for', () =>
        world.zendesk.requests.slice(before).some(({ path }) => path.includes('/job_statuses/')),
      ),
      ...answered.map((customer, rating) => answer(world, customer, { rating, comment: 'Kept' })),
    ]);
    await world.service.kill();
    world.passForVendors(60_000);
    await world.start();
  });

  it('has lost no accepted webhook and asks no one twice', async () => {
    for (const customer of resolved) await emailTo(world, customer, 1, patience);
    const last = addCustomer(world);
    resolveTicket(world, 'zendesk', last);
    await emailTo(world, last, 1, patience);
    expect(resolved.map((customer) => emailsTo(world, customer).length)).toEqual(resolved.map(() => 1));
  });

  it('has lost no answer', async () => {
    for (const [rating, customer] of answered.entries()) {
      await ratingStands(world, customer, rating, patience);
      expect(recordIn(world, 'hubspot', customer)).toMatchObject({
        nps_latest_comment: 'Kept',
        nps_response_count: '1',
      });
    }
  });

  it('finds out what became of the Zendesk job under way, and does not repeat it', async () => {
    for (const [rating, customer] of beingWritten.entries()) await ratingStands(world, customer, rating, patience);
    await eventually('nothing is left to write', async () => {
      const { items } = await api(world).read('connections');
      return items.every(({ backlog }) => backlog.recordsPending === 0);
    });
    expect(jobs().map(({ status }) => status)).toEqual([200]);
  });
});
