import { beforeAll, expect, it } from 'vitest';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { zendesk } from '../../connectors/zendesk/index.ts';
import type { Connector } from '../../src/connector.ts';
import { backlogs } from '../../src/modules/connections/queries/connections.ts';
import { listResponses } from '../../src/modules/responses/queries/list-responses.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { pauseWorkspace } from '../../src/platform/workspaces/queries.ts';
import { addWaiting, benchAddress, benchRating } from '../bench/apparatus/waiting.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { besideSimulators, type RealSystem } from './real-system.ts';
import { hour, minute, type World } from './world.ts';

type Customer = { email: string; records: ReadonlyMap<RealSystem, string> };

describeOnEachDatabase('many waiting scores', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  async function start() {
    const { world, systems } = await besideSimulators(database, [hubspot, zendesk] as readonly Connector[]);
    const [toHubspot, toZendesk] = systems;
    if (!toHubspot || !toZendesk) throw new Error('both are connected');
    return { world, systems, hubspot: toHubspot, zendesk: toZendesk };
  }

  const pauseWriting = ({ workspaceId, clock }: World, paused: boolean) =>
    pauseWorkspace(database.db, workspaceId, 'writing', paused ? clock() : null);

  /** So many customers whom both systems know, and who were asked. */
  async function askedCustomers(world: World, systems: readonly RealSystem[], count: number): Promise<Customer[]> {
    const customers = Array.from({ length: count }, (_, index) => {
      const contact = { name: 'Cora Customer', email: `customer-${index}@shop.example` };
      const requester = world.vendor.addContact(contact);
      const resolved = {
        state: 'resolved',
        resolvedAt: world.clock(),
        publicReplies: 1,
        handler: 'human_agent',
      } as const;
      const ticket = world.vendor.addTicket({ requester, ...resolved });
      const records = new Map(systems.map((system) => [system, system.simulator.addContact(contact)]));
      return { email: contact.email, records, ticket: ticket.id };
    });
    for (const { ticket } of customers) await world.leaveEvent(ticket);
    await world.pass(hour + minute);
    return customers;
  }

  /** So many more, whose scores wait as if they had answered: asking each of them would take longer than all the rest. */
  async function addOthers(world: World, systems: readonly RealSystem[], count: number): Promise<Customer[]> {
    const customers = Array.from({ length: count }, (_, n) => {
      const contact = { name: 'Oscar Other', email: benchAddress(n) };
      return { email: contact.email, records: new Map(systems.map((one) => [one, one.simulator.addContact(contact)])) };
    });
    const known = Object.fromEntries(
      systems.map((system) => [system.connector, (n: number) => customers[n]?.records.get(system)]),
    );
    const numbers = [...customers.keys()];
    await addWaiting(database.db, { workspaceId: world.workspaceId, numbers, known, now: world.clock() });
    return customers;
  }

  async function answerAll(world: World, customers: readonly Customer[], rating: (index: number) => number) {
    for (const [index, { email }] of customers.entries()) {
      const [sentEmail] = world.fakeEmailServer.to(email);
      if (!sentEmail) throw new Error(`${email} was not asked`);
      await world.answer(sentEmail, rating(index));
    }
  }

  const ratingsIn = (system: RealSystem, customers: readonly Customer[]) =>
    customers.map(({ records }) => system.simulator.record(records.get(system) ?? '')?.nps_latest_rating);

  const writesSince = ({ simulator }: RealSystem, start: number) =>
    simulator.requests
      .slice(start)
      .filter(
        ({ method, path }) =>
          (method === 'PATCH' || method === 'PUT' || method === 'POST') &&
          /contacts|users/u.test(path) &&
          !path.endsWith('/read'),
      );

  it('210 of them are three update calls to HubSpot and three jobs in Zendesk', async () => {
    const { world, systems, ...at } = await start();
    const asked = await askedCustomers(world, systems, 10);
    await pauseWriting(world, true);
    const before = { hubspot: at.hubspot.simulator.requests.length, zendesk: at.zendesk.simulator.requests.length };
    await answerAll(world, asked, benchRating);
    const others = await addOthers(world, systems, 200);
    await world.pass(10 * minute);
    expect(writesSince(at.hubspot, before.hubspot)).toEqual([]);
    expect(writesSince(at.zendesk, before.zendesk)).toEqual([]);

    await pauseWriting(world, false);
    await world.pass(minute);
    for (const customers of [asked, others]) {
      const ratings = customers.map((_, index) => benchRating(index));
      expect(ratingsIn(at.hubspot, customers)).toEqual(ratings.map(String));
      expect(ratingsIn(at.zendesk, customers)).toEqual(ratings);
    }
    expect(
      writesSince(at.hubspot, before.hubspot).map(
        ({ method, path, status }) => `${method} ${path.split('/').slice(-2).join('/')} ${status}`,
      ),
    ).toEqual(Array(3).fill('POST batch/update 200'));
    expect(
      writesSince(at.zendesk, before.zendesk).map(
        ({ method, path, status }) => `${method} ${path.split('/').at(-1)} ${status}`,
      ),
    ).toEqual(Array(3).fill('PUT update_many 200'));
  });

  it('among which one cannot be written: it is parked and shown, the others are written', async () => {
    const { world, systems, hubspot: inHubspot } = await start();
    const customers = await askedCustomers(world, systems, 6);
    const [poisoned, ...others] = customers;
    if (!poisoned) throw new Error('no email');
    await pauseWriting(world, true);
    await answerAll(world, customers, () => 9);
    await world.runDue();
    for (const system of systems) {
      system.simulator.disturb({ kind: 'poison', recordId: poisoned.records.get(system) ?? '' });
    }
    world.logs.length = 0;
    await pauseWriting(world, false);
    await world.pass(10 * minute);
    for (const system of systems) {
      expect(ratingsIn(system, others).map(String)).toEqual(others.map(() => '9'));
    }
    const waiting = await backlogs(database.db, world.workspaceId);
    for (const { connectionId } of systems) {
      expect(waiting.get(connectionId)).toMatchObject({ recordsFailed: 1, recordsPending: 0 });
    }
    const filter = { email: poisoned.email };
    const [response] = (await listResponses(database.db, world.workspaceId, filter, { limit: 50 })).items;
    expect(response?.records.map(({ connector, outcome }) => [connector, outcome?.code]).toSorted()).toEqual([
      ['acme', 'written'],
      ['hubspot', 'given_up'],
      ['zendesk', 'given_up'],
    ]);
    expect(inHubspot.simulator.record(poisoned.records.get(inHubspot) ?? '')?.nps_latest_rating).toBeUndefined();
    expect(world.logs.filter(({ code }) => code === 'record.failed')).toHaveLength(2);
  });
});
