import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, minute, second, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { TicketSnapshot } from '../../model/ticket.ts';
import type { Database } from '../../platform/database/database.ts';

describeOnEachDatabase('looking at tickets', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('asks about a new resolution, and says when', async () => {
    const world = await createWorld(database);
    const { ticket, email } = await world.resolvedTicket();
    expect(await world.decisions(ticket.id)).toMatchObject([
      { verdict: 'asked', reason: 'asked', survey: 'after-ticket', resolution: 1 },
    ]);
    expect(await world.invitations(ticket.id)).toMatchObject([
      { status: 'scheduled', email, dueAt: new Date(world.clock().getTime() + hour) },
    ]);
    expect(world.wakes).toContainEqual({
      job: 'recheck',
      key: world.connectionId(),
      at: new Date(world.clock().getTime() + hour),
    });
  });

  it('asks a contact of whom the system knows nothing but the address', async () => {
    const world = await createWorld(database);
    const requester = world.vendor.addContact();
    const { ticket } = await world.resolvedTicket({ requester });
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
  });

  it('leaves one row where no survey listens', async () => {
    const world = await createWorld(database, { surveys: [{ status: 'draft' }] });
    const { ticket } = await world.resolvedTicket();
    await world.event(ticket.id);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'no_survey', survey: null }]);
    expect(await world.invitations(ticket.id)).toEqual([]);
  });

  it('lets the first survey that asks have the ticket', async () => {
    const surveys = [
      { key: 'draft', status: 'draft' },
      { key: 'first' },
      { key: 'second', metric: 'csat' },
      { key: 'third' },
    ];
    const world = await createWorld(database, { surveys });
    const { ticket } = await world.resolvedTicket();
    const said = (await world.decisions(ticket.id)).map(({ survey, reason }) => [survey, reason]);
    expect(Object.fromEntries(said)).toEqual({
      first: 'asked',
      second: 'another_survey',
      third: 'another_survey',
    });
    expect(await world.invitations(ticket.id)).toMatchObject([{ survey: 'first' }]);
  });

  it('gives the ticket to the next survey where the first may not ask', async () => {
    const world = await createWorld(database, {
      surveys: [
        { key: 'long', quietPeriod: 'P90D' },
        { key: 'short', metric: 'csat', quietPeriod: 'P1D' },
      ],
    });
    const { requester } = await world.asked();
    await world.pass(10 * day);
    const { ticket } = await world.resolvedTicket({ requester });
    const said = (await world.decisions(ticket.id)).map(({ survey, reason }) => [survey, reason]);
    expect(Object.fromEntries(said)).toEqual({ long: 'quiet_period', short: 'asked' });
  });

  describe('counts a resolution', () => {
    type Step = { shows: Partial<TicketSnapshot> | 'gone'; at?: number; resolvedAt?: number };
    const resolved = { state: 'resolved' as const };
    const reopened = { state: 'open' as const };

    const sequences: readonly { title: string; steps: readonly Step[]; n: number }[] = [
      {
        title: 'once when nothing changes',
        steps: [
          { shows: resolved, resolvedAt: 0 },
          { shows: resolved, resolvedAt: 0 },
        ],
        n: 1,
      },
      {
        title: 'once when it is then closed',
        steps: [
          { shows: resolved, resolvedAt: 0 },
          { shows: { ...resolved, archived: true }, at: day, resolvedAt: 0 },
        ],
        n: 1,
      },
      {
        title: 'again after it was seen open',
        steps: [{ shows: resolved, resolvedAt: 0 }, { shows: reopened }, { shows: resolved, resolvedAt: 0 }],
        n: 2,
      },
      {
        title: "again when the vendor's time is 61 seconds later",
        steps: [
          { shows: resolved, resolvedAt: 0 },
          { shows: resolved, at: minute, resolvedAt: 61 * second },
        ],
        n: 2,
      },
      {
        title: "once when the vendor's time is 59 seconds later",
        steps: [
          { shows: resolved, resolvedAt: 0 },
          { shows: resolved, at: minute, resolvedAt: 59 * second },
        ],
        n: 1,
      },
      {
        title: 'once when the vendor tells no time and it is only touched',
        steps: [{ shows: resolved }, { shows: { ...resolved, subject: 'touched' }, at: day }],
        n: 1,
      },
      {
        title: 'again when the vendor tells no time and it was seen open',
        steps: [{ shows: resolved }, { shows: reopened, at: day }, { shows: resolved, at: 2 * day }],
        n: 2,
      },
      {
        title: 'once when it is gone and comes back',
        steps: [{ shows: resolved, resolvedAt: 0 }, { shows: 'gone' }, { shows: resolved, resolvedAt: 0 }],
        n: 1,
      },
      { title: 'once when it was gone at first', steps: [{ shows: 'gone' }, { shows: resolved, resolvedAt: 0 }], n: 1 },
    ];

    it.each(sequences.map((sequence) => [sequence.title, sequence] as const))('%s', async (_title, { steps, n }) => {
      const world = await createWorld(database);
      const { ticket } = await world.openTicket();
      const began = world.clock().getTime();
      for (const { shows, at = 0, resolvedAt } of steps) {
        world.jump(began + at - world.clock().getTime());
        if (shows === 'gone') world.vendor.tickets.delete(ticket.id);
        else
          world.vendor.tickets.set(ticket.id, {
            ...ticket,
            ...shows,
            ...(resolvedAt === undefined ? {} : { resolvedAt: new Date(began + resolvedAt) }),
            updatedAt: world.clock(),
          });
        await world.event(ticket.id);
      }
      const resolutions = (await world.decisions(ticket.id)).map(({ resolution }) => resolution ?? 0);
      expect(Math.max(...resolutions)).toBe(n);
      expect(resolutions).toHaveLength(n);
    });

    it('not by an answer of the vendor that is older than what was seen', async () => {
      const world = await createWorld(database);
      const { ticket } = await world.openTicket();
      const stale = { ...ticket, updatedAt: world.clock() };
      world.jump(minute);
      await world.resolve(ticket.id);
      const current = world.vendor.tickets.get(ticket.id);
      world.vendor.tickets.set(ticket.id, stale);
      await world.event(ticket.id);
      if (current) world.vendor.tickets.set(ticket.id, current);
      await world.event(ticket.id);
      expect(await world.decisions(ticket.id)).toMatchObject([{ resolution: 1, verdict: 'asked' }]);
      expect(await world.invitations(ticket.id)).toMatchObject([{ status: 'scheduled' }]);
    });
  });

  describe('before the email has left', () => {
    it.each([
      ['reopened', 'reopened', (world: World, id: string): unknown => world.vendor.show(id, { state: 'open' })],
      [
        'merged away',
        'gone',
        (world: World, id: string): unknown => world.vendor.show(id, { state: 'gone', merged: true }),
      ],
      ['deleted', 'gone', (world: World, id: string): unknown => world.vendor.tickets.delete(id)],
    ] as const)('takes the invitation back when the ticket is %s', async (_title, reason, happens) => {
      const world = await createWorld(database);
      const { ticket } = await world.resolvedTicket();
      happens(world, ticket.id);
      await world.event(ticket.id);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason }]);
      expect(await world.invitations(ticket.id)).toMatchObject([{ status: 'withdrawn', dueAt: null }]);
      await world.pass(2 * hour);
      expect(world.fakeEmailServer.sentEmails).toEqual([]);
    });

    it('decides anew when the requester changes, and asks the new one alone', async () => {
      const world = await createWorld(database);
      const { ticket } = await world.resolvedTicket();
      const other = world.vendor.addContact();
      world.vendor.show(ticket.id, { requester: other });
      await world.event(ticket.id);
      await world.pass(hour);
      expect(world.fakeEmailServer.sentEmails.map(({ sentEmail }) => sentEmail.to.address)).toEqual([other.email]);
      const [decision] = await world.decisions(ticket.id);
      expect(decision?.history.map(({ reason }) => reason)).toEqual(['asked', 'requester_changed', 'asked', 'asked']);
    });
  });

  it('leaves the answer with who was asked when the requester changes afterwards', async () => {
    const world = await createWorld(database);
    const { ticketId } = await world.asked();
    world.vendor.show(ticketId, { requester: world.vendor.addContact() });
    await world.event(ticketId);
    await world.pass(2 * hour);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    expect(await world.invitations(ticketId)).toMatchObject([{ status: 'sent' }]);
  });

  it('keeps the link alive when the ticket is reopened after the email, and sends no second one', async () => {
    const world = await createWorld(database);
    const { ticketId, sentEmail } = await world.asked();
    world.vendor.show(ticketId, { state: 'open' });
    await world.event(ticketId);
    await world.pass(day);
    await world.resolve(ticketId);
    await world.pass(day);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    const byResolution = (await world.decisions(ticketId)).map(({ resolution, reason }) => [resolution, reason]);
    expect(Object.fromEntries(byResolution)).toEqual({ 1: 'asked', 2: 'quiet_period' });
    await world.answer(sentEmail, 9);
    expect(await world.responses()).toMatchObject([{ rating: 9 }]);
  });

  it.each([
    ['too_late', { resolvedAt: -8 * day, connectedFor: 30 * day }],
    ['before_connection', { resolvedAt: -hour, connectedFor: 0 }],
    ['unknown_time', { resolvedAt: undefined, connectedFor: 0 }],
  ])('withholds as %s', async (reason, { resolvedAt, connectedFor }) => {
    const world = await createWorld(database);
    world.jump(connectedFor);
    const now = world.clock().getTime();
    const ticket = world.vendor.addTicket({
      state: 'resolved',
      requester: world.vendor.addContact(),
      createdAt: new Date(now - 60 * day),
      ...(resolvedAt === undefined ? { archived: true } : { resolvedAt: new Date(now + resolvedAt) }),
    });
    await world.event(ticket.id);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason }]);
  });

  it('waits for a requester who is associated a moment later', async () => {
    const world = await createWorld(database);
    const requester = world.vendor.addContact();
    const ticket = world.vendor.addTicket({ state: 'resolved', resolvedAt: world.clock() });
    await world.event(ticket.id);
    expect(await world.decisions(ticket.id)).toEqual([]);
    world.vendor.show(ticket.id, { requester });
    await world.pass(2 * second);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
  });

  it('decides without a requester when none ever comes', async () => {
    const world = await createWorld(database);
    const ticket = world.vendor.addTicket({ state: 'resolved', resolvedAt: world.clock() });
    await world.event(ticket.id);
    await world.pass(minute);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'no_requester' }]);
    expect(world.vendor.calls.filter(({ call }) => call === 'find ticket')).toHaveLength(5);
  });

  describe('when the vendor fails', () => {
    it('waits as long as it says, without trying the others one by one', async () => {
      const world = await createWorld(database);
      for (let count = 0; count < 6; count += 1) {
        await world.leaveEvent(world.vendor.addTicket({ requester: world.vendor.addContact() }).id);
      }
      world.vendor.before = () => {
        throw new UpstreamBusy(vendorSays('throttled'), { retryAfter: 20 * second });
      };
      await world.work('dispatch', world.connectionId());
      const reads = () => world.vendor.calls.filter(({ call }) => call === 'find ticket').map(({ ids }) => ids.length);
      expect(reads()).toEqual([6]);
      world.vendor.before = () => {};
      await world.pass(19 * second);
      expect(reads()).toEqual([6]);
      await world.pass(2 * second);
      expect(reads()).toEqual([6, 6]);
    });

    it('backs off from one bad ticket alone, and gives it up after its last try', async () => {
      const world = await createWorld(database);
      // Too long ago for the poll to bring it up as well.
      const bad = world.vendor.addTicket({ updatedAt: new Date(0) });
      world.vendor.before = (call, ids) => {
        if (call === 'find ticket' && ids.includes(bad.id)) throw new Error('not what was expected');
      };
      await world.leaveEvent(bad.id);
      const { ticket } = await world.resolvedTicket();
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
      await world.pass(hour);
      const tries = world.vendor.calls.filter(({ ids }) => ids.length === 1 && ids.includes(bad.id));
      expect(tries).toHaveLength(8);
      expect(world.complaints()).toContain('event.given_up');
    });

    it('finds the one ticket of a batch that the vendor refuses, and looks at the others at once', async () => {
      const world = await createWorld(database);
      const [bad, ...good] = Array.from({ length: 20 }, () => world.vendor.addTicket({ updatedAt: new Date(0) }).id);
      world.vendor.before = (call, ids) => {
        if (call === 'find ticket' && ids.includes(bad ?? ''))
          throw new UpstreamRefused(vendorSays('refused'), { concerns: 'request' });
      };
      for (const id of [...good, bad ?? '']) await world.leaveEvent(id);
      await world.work('dispatch', world.connectionId());
      expect((await world.tickets()).map(({ externalId }) => externalId).toSorted()).toEqual(good.toSorted());
      // Halved until it stands alone.
      expect(world.vendor.calls.filter(({ call }) => call === 'find ticket').length).toBeLessThanOrEqual(11);
    });

    it('finds the one ticket of a batch that makes the server fail, and gives only that one up', async () => {
      const world = await createWorld(database);
      const [bad, ...good] = Array.from({ length: 20 }, () => world.vendor.addTicket({ updatedAt: new Date(0) }).id);
      world.vendor.before = (call, ids) => {
        if (call === 'find ticket' && ids.includes(bad ?? ''))
          throw new UpstreamBusy(vendorSays('server_failed'), { serverFailed: true });
      };
      for (const id of [bad ?? '', ...good]) await world.leaveEvent(id);
      await world.pass(5 * minute);
      expect((await world.tickets()).map(({ externalId }) => externalId).toSorted()).toEqual(good.toSorted());
    });

    it('gives no ticket up while the server fails on all of them', async () => {
      const world = await createWorld(database);
      const ids = Array.from({ length: 20 }, () => world.vendor.addTicket({ updatedAt: new Date(0) }).id);
      world.vendor.before = (call) => {
        if (call === 'find ticket') throw new UpstreamBusy(vendorSays('server_failed'), { serverFailed: true });
      };
      for (const id of ids) await world.leaveEvent(id);
      await world.pass(5 * minute);
      expect(world.complaints()).not.toContain('event.given_up');
      world.vendor.before = () => {};
      await world.pass(2 * minute);
      expect((await world.tickets()).map(({ externalId }) => externalId).toSorted()).toEqual(ids.toSorted());
    });

    it('stops a refused connection and tells the operator once', async () => {
      const world = await createWorld(database);
      for (let count = 0; count < 6; count += 1) await world.leaveEvent(world.vendor.addTicket({}).id);
      world.vendor.before = (call) => {
        if (call === 'find ticket')
          throw new UpstreamRefused(vendorSays('credentials_refused'), { concerns: 'connection' });
      };
      await world.work('dispatch', world.connectionId());
      await world.work('dispatch', world.connectionId());
      const told = world.complaints().filter((code) => code === 'connection.unauthorized');
      expect(told).toHaveLength(1);
      world.vendor.before = () => {};
      await world.pass(16 * minute);
      await world.pass(minute);
      const read = world.vendor.calls.filter(({ call }) => call === 'find ticket').map(({ ids }) => ids.length);
      expect(read).toEqual([6, 6]);
    });
  });

  it('reads the tickets of events that come one by one together, and a lone one at once', async () => {
    const world = await createWorld(database, { gathers: true });
    const tickets = Array.from({ length: 12 }, () =>
      world.vendor.addTicket({ requester: world.vendor.addContact({}) }),
    );
    const reads = () => world.vendor.calls.filter(({ call }) => call === 'find ticket').map(({ ids }) => ids.length);
    for (const { id } of tickets) {
      await world.event(id);
      world.jump(100);
    }
    expect(reads()).toEqual([1, 1]);
    await world.pass(6 * second);
    expect(reads()).toEqual([1, 1, 10]);
    await world.pass(minute);
    await world.event(tickets[0]?.id ?? '');
    expect(reads()).toEqual([1, 1, 10, 1]);
  });

  it('reads a full batch of tickets without gathering more, and gathers the rest', async () => {
    const world = await createWorld(database, { gathers: true });
    const contact = world.vendor.addContact({});
    for (let n = 0; n < 3; n += 1) await world.event(world.vendor.addTicket({ requester: contact }).id);
    const reads = () => world.vendor.calls.filter(({ call }) => call === 'find ticket').map(({ ids }) => ids.length);
    expect(reads()).toEqual([1, 1]);
    for (let n = 0; n < 129; n += 1) await world.leaveEvent(world.vendor.addTicket({ requester: contact }).id);
    await world.work('dispatch', world.connectionId());
    expect(reads()).toEqual([1, 1, 100]);
  });
});
