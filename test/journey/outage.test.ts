import { beforeAll, expect, it } from 'vitest';
import { api } from './api.ts';
import {
  addCustomer,
  answer,
  type Customer,
  emailTo,
  ratingStands,
  recordIn,
  resolveTicket,
  submit,
} from './customers.ts';
import { eventually, pause } from './eventually.ts';
import { describeInFolder, type World } from './world.ts';

/** Recovery may take as long as the longest pause between two probes, and a call that is left without an answer. */
const recovery = 60_000;

describeInFolder('an outage', (open) => {
  let world: World;
  beforeAll(async () => {
    world = await open({ process: true });
  });

  const asked = async (): Promise<Customer> => {
    const customer = addCustomer(world);
    resolveTicket(world, 'zendesk', customer);
    await emailTo(world, customer);
    await eventually('the asking stands', () => Boolean(recordIn(world, 'hubspot', customer).feedback_last_asked_date));
    return customer;
  };

  const busiestSecond = (requests: readonly { at: Date }[]) =>
    Math.max(0, ...requests.map(({ at }) => requests.filter((other) => within(at, other.at, 1000)).length));

  // What else a vendor does instead of answering is in test/flows/outage.test.ts, on a clock that is moved.
  it('of HubSpot delays answers and loses none; the newest is written, and Zendesk does not wait', async () => {
    const customers = [await asked(), await asked()] as const;
    world.hubspot.disturb({ kind: 'fail' });
    const before = world.hubspot.requests.length;
    const link = await answer(world, customers[0], { rating: 2, comment: 'At first' });
    await answer(world, customers[1], { rating: 10 });
    await eventually('Zendesk has it', () => recordIn(world, 'zendesk', customers[0]).nps_latest_rating === 2);
    await eventually('HubSpot was tried', () => world.hubspot.requests.length > before);
    await submit(link, { rating: 8, comment: 'In the end' });
    // As long as an outage has to be for its probes to be counted.
    await pause(3000);
    expect((await fetch(`${world.service.url}/readyz`)).status).toBe(200);
    const probes = world.hubspot.requests.slice(before);
    expect(busiestSecond(probes)).toBeLessThanOrEqual(2);
    const down = world.hubspot.requests.length;
    world.hubspot.calm();
    await ratingStands(world, customers[0], 8, recovery);
    await ratingStands(world, customers[1], 10, recovery);
    expect(recordIn(world, 'hubspot', customers[0])).toMatchObject({
      nps_latest_comment: 'In the end',
      nps_response_count: '1',
    });
    const written = JSON.stringify(world.hubspot.requests.slice(down).map(({ body }) => body ?? null));
    expect(written).not.toContain('At first');
  });

  it('of Zendesk delays tickets and answers and loses none', async () => {
    const customer = await asked();
    world.zendesk.disturb({ kind: 'fail' });
    await answer(world, customer, { rating: 1 });
    const another = addCustomer(world);
    resolveTicket(world, 'zendesk', another);
    await eventually('HubSpot has it', () => recordIn(world, 'hubspot', customer).nps_latest_rating === '1');
    await world.zendesk.settled();
    world.zendesk.calm();
    await ratingStands(world, customer, 1, recovery);
    await emailTo(world, another, 1, recovery);
  });

  it('of the email server lets emails wait, and says so in the ledger', async () => {
    world.inbox.refuse({ at: 'connection' });
    const customer = addCustomer(world);
    const ticket = resolveTicket(world, 'zendesk', customer);
    await eventually('the email waits', async () => {
      const [decision] = await api(world).decisions(ticket);
      return decision?.verdict === 'waiting' && decision.reasonCode === 'email_server_busy';
    });
    world.inbox.accept();
    await emailTo(world, customer, 1, recovery);
    await answer(world, customer, { rating: 7 });
    await ratingStands(world, customer, 7);
  });

  it('by revoked credentials stops the calls at once, tells the operator, and ends with a restart', async () => {
    const customer = await asked();
    world.hubspot.disturb({ kind: 'revoke' });
    await answer(world, customer, { rating: 5 });
    await eventually('HubSpot refuses', () => world.hubspot.requests.some(({ status }) => status === 401));
    const [line] = await eventually('the operator is told', () => {
      const lines = world.service.logged('connection.unauthorized');
      return lines.length > 0 && lines;
    });
    expect(line).toMatchObject({ level: 'error', connector: 'hubspot', reason: 'hubspot.token_refused' });
    expect(line?.connection).toBeTruthy();
    expect(line?.params).toMatchObject({ status: 401, setting: 'HUBSPOT_ACCESS_TOKEN' });
    const calls = world.hubspot.requests.length;
    await answer(world, customer, { rating: 6 });
    await eventually('Zendesk has it', () => recordIn(world, 'zendesk', customer).nps_latest_rating === 6);
    await pause(1500);
    expect(world.hubspot.requests.length).toBe(calls);
    expect((await fetch(`${world.service.url}/readyz`)).status).toBe(200);
    const { items } = await api(world).read('connections');
    expect(items.find(({ connector }) => connector === 'hubspot')?.status).toBe('unauthorized');

    world.hubspot.calm();
    expect(await world.service.stop()).toBe(0);
    await world.start();
    await ratingStands(world, customer, 6, recovery);
  });
});

function within(start: Date, timestamp: Date, milliseconds: number): boolean {
  const passed = timestamp.getTime() - start.getTime();
  return passed >= 0 && passed < milliseconds;
}
