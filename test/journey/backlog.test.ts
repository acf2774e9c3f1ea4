import { beforeAll, expect, it } from 'vitest';
import { inTurn } from '../../src/flows/in-turn.ts';
import { api } from './api.ts';
import { addCustomer, answer, type Customer, letterTo, ratingStands, recordOf, resolveTicket } from './customers.ts';
import { eventually } from './eventually.ts';
import { describeJourneys, type World } from './world.ts';

describeJourneys('many waiting scores', (open) => {
  let world: World;
  beforeAll(async () => {
    world = await open({ process: true, highVolume: true });
  });

  const answerAll = async (customers: readonly Customer[], rating: (index: number) => number) => {
    for (const customer of customers) resolveTicket(world, 'zendesk', customer);
    for (const customer of customers) await letterTo(world, customer, 1, 120_000);
    await inTurn([...customers.entries()], 10, ([index, customer]) =>
      answer(world, customer, { rating: rating(index) }),
    );
  };

  const requestsSince = (vendor: 'hubspot' | 'zendesk', start: number) => world[vendor].requests.slice(start);

  it('210 of them are three update calls to HubSpot and three jobs in Zendesk', async () => {
    await api(world).change('pause', { writing: true });
    const customers = Array.from({ length: 210 }, () => addCustomer(world));
    const before = { hubspot: world.hubspot.requests.length, zendesk: world.zendesk.requests.length };
    await answerAll(customers, (index) => index % 11);
    const isWrite = ({ method, path }: { method: string; path: string }) =>
      (method === 'PATCH' || method === 'PUT' || method === 'POST') &&
      /contacts|users/u.test(path) &&
      !path.endsWith('/read');
    expect(requestsSince('hubspot', before.hubspot).filter(isWrite)).toEqual([]);
    expect(requestsSince('zendesk', before.zendesk).filter(isWrite)).toEqual([]);

    await api(world).change('pause', { writing: false });
    for (const [index, customer] of customers.entries()) await ratingStands(world, customer, index % 11, 60_000);
    const toHubspot = requestsSince('hubspot', before.hubspot).filter(isWrite);
    const toZendesk = requestsSince('zendesk', before.zendesk).filter(isWrite);
    expect(
      toHubspot.map(({ method, path, status }) => `${method} ${path.split('/').slice(-2).join('/')} ${status}`),
    ).toEqual(Array(3).fill('POST batch/update 200'));
    expect(toZendesk.map(({ method, path, status }) => `${method} ${path.split('/').at(-1)} ${status}`)).toEqual(
      Array(3).fill('PUT update_many 200'),
    );
  });

  it('among which one cannot be written: it is parked and shown, the others are written', async () => {
    const customers = Array.from({ length: 6 }, () => addCustomer(world));
    const [poisoned, ...others] = customers;
    if (!poisoned) throw new Error('nobody');
    await api(world).change('pause', { writing: true });
    await answerAll(customers, () => 9);
    for (const vendor of ['hubspot', 'zendesk'] as const) {
      world[vendor].disturb({ kind: 'poison', contactId: poisoned[vendor] });
    }
    await api(world).change('pause', { writing: false });
    for (const customer of others) await ratingStands(world, customer, 9, 90_000);
    await eventually(
      'the poisoned record is parked in both systems',
      async () => {
        const { items } = await api(world).read('connections');
        return items.every(({ backlog }) => backlog.recordsParked === 1 && backlog.recordsToWrite === 0);
      },
      150_000,
    );
    const [response] = (await api(world).read(`responses?email=${poisoned.email}`)).items;
    for (const { outcome } of response?.records ?? []) expect(outcome?.code).toBe('given_up');
    expect(response?.records).toHaveLength(2);
    expect(recordOf(world, 'hubspot', poisoned).nps_latest_rating).toBeUndefined();
    expect(world.service.logged('record.failed')).toHaveLength(2);
  });
});
