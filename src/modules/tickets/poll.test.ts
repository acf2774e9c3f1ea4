import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, minute, second, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import { UpstreamBusy } from '../../model/errors.ts';
import type { Database } from '../../platform/database/database.ts';
import { findConnection } from '../connections/queries/connections.ts';

describeOnEachDatabase('polling', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const poll = async (world: World) => {
    await world.work('poll', world.connectionId());
    await world.work('dispatch', world.connectionId());
  };
  const asked = (world: World) => world.vendor.calls.filter(({ call }) => call === 'changes').map(({ ids }) => ids);
  const reads = (world: World) =>
    world.vendor.calls.filter(({ call }) => call === 'find ticket').flatMap(({ ids }) => ids);

  it('finds what no webhook told, and looks at it once', async () => {
    const world = await createWorld(database);
    world.jump(minute);
    const requester = world.vendor.addContact();
    const ticket = world.vendor.addTicket({ requester, state: 'resolved', resolvedAt: world.clock() });
    await poll(world);
    await poll(world);
    world.jump(minute);
    await poll(world);
    expect(reads(world)).toEqual([ticket.id]);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
  });

  it('does not look at what a webhook has just shown', async () => {
    const world = await createWorld(database);
    world.jump(minute);
    const { ticket } = await world.openTicket();
    await poll(world);
    expect(reads(world)).toEqual([ticket.id]);
  });

  it('looks back two minutes over what it saw, but never before the connection', async () => {
    const world = await createWorld(database);
    const began = world.clock();
    world.jump(minute);
    await poll(world);
    world.jump(10 * minute);
    await poll(world);
    world.jump(10 * minute);
    await poll(world);
    const minutes = asked(world).map(([since]) => (Date.parse(since ?? '') - began.getTime()) / minute);
    expect(minutes).toEqual([0, 0, 9]);
  });

  it('goes on in the middle of the pages where it was interrupted', async () => {
    const world = await createWorld(database);
    const tickets = Array.from({ length: 3 }, () => world.vendor.addTicket({}).id);
    const [first = '', second_ = '', third = ''] = tickets;
    const completeUntil = world.clock();
    world.vendor.pages.push({ ids: [first], cursor: 'page 2', more: true, completeUntil });
    let calls = 0;
    world.vendor.before = (call) => {
      if (call === 'changes' && ++calls === 2)
        throw new UpstreamBusy(vendorSays('throttled'), { retryAfter: 10 * second });
    };
    await poll(world);
    world.jump(10 * second);
    world.vendor.pages.push({ ids: [second_], cursor: 'page 3', more: true, completeUntil });
    world.vendor.pages.push({ ids: [third], cursor: 'end', more: false, completeUntil });
    await poll(world);
    expect(asked(world).map(([, cursor]) => cursor)).toEqual(['', 'page 2', 'page 2', 'page 3']);
    expect(reads(world).sort()).toEqual(tickets.sort());
    expect(await findConnection(database.db, world.connectionId())).toMatchObject({ pollCursor: null });
  });

  it('comes back when the vendor wants it, and otherwise after its interval', async () => {
    const world = await createWorld(database);
    const due = async () => {
      const row = await findConnection(database.db, world.connectionId());
      return (row?.pollDueAt.getTime() ?? 0) - world.clock().getTime();
    };
    await poll(world);
    expect(await due()).toBe(5 * minute);
    world.vendor.before = () => {
      throw new UpstreamBusy(vendorSays('throttled'), { retryAfter: 20 * second });
    };
    await poll(world);
    expect(await due()).toBe(20 * second);
  });
});
