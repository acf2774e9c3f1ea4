import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { askTogether } from '../../../test/flows/resolve-together.ts';
import { createWorld, day, hour, minute, second, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import type { MarkOutcome } from '../../connector.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { Database } from '../../platform/database/database.ts';
import { updateConnection } from '../connections/queries/connections.ts';
import { ticket } from '../tickets/tables.ts';

const closed = { code: 'locked', params: { kind: 'closed' } } as const;
const tooLarge = { code: 'email.too_large', params: { status: '413' } } as const;

const busy = (retryAfter?: number) => () => {
  const wait = retryAfter === undefined ? {} : { retryAfter };
  throw new UpstreamBusy(vendorSays('locked'), { concerns: 'request', ...wait });
};

describeOnEachDatabase('marking answers on their tickets', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  async function markOf(world: World, externalId: string) {
    const rows = await database.db.select().from(ticket);
    const found = rows.find((row) => row.workspaceId === world.workspaceId && row.externalId === externalId);
    return { outcome: found?.markOutcome, dueAt: found?.markDueAt, attempts: found?.markAttempts };
  }
  const callsOf = (world: World, ...names: string[]) =>
    world.vendor.calls.map(({ call }) => call).filter((call) => names.includes(call));

  /** Somebody who was asked; what it took to ask them does not count. */
  async function someoneAsked(world: World) {
    const someone = await world.asked();
    world.vendor.calls.length = 0;
    return someone;
  }

  it('shows the answer on the ticket, after the record shows the score', async () => {
    const world = await createWorld(database);
    const { sentEmail, ticketId } = await someoneAsked(world);
    await world.answer(sentEmail, 3, 'Too slow');
    await world.runDue();

    expect(callsOf(world, 'write', 'mark')).toEqual(['write', 'mark']);
    expect(world.vendor.marks).toEqual([
      {
        id: ticketId,
        metric: 'nps',
        rating: 3,
        scale: 10,
        category: 'detractor',
        comment: 'Too slow',
        answeredAt: world.clock(),
        note: false,
      },
    ]);
    expect(await markOf(world, ticketId)).toEqual({
      outcome: { code: 'marked', params: {} },
      dueAt: null,
      attempts: 0,
    });
  });

  it('waits for a write that the vendor took as a job', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await someoneAsked(world);
    world.vendor.writing.push(world.vendor.later);
    await world.answer(sentEmail, 3);
    await world.pass(10 * second);
    expect(world.vendor.marks).toEqual([]);

    for (const receipt of world.vendor.jobs.keys()) world.vendor.doJob(receipt);
    await world.pass(minute);
    expect(world.vendor.marks).toMatchObject([{ rating: 3 }]);
  });

  it('marks again when the answer changes, even while it is being marked', async () => {
    const world = await createWorld(database);
    const { sentEmail, ticketId } = await someoneAsked(world);
    world.vendor.marking.push(async () => {
      world.jump(second);
      await world.answer(sentEmail, 9);
      return { result: 'marked' };
    });
    await world.answer(sentEmail, 3);
    await world.runDue();
    expect(world.vendor.marks).toMatchObject([{ id: ticketId, rating: 9, category: 'promoter' }]);

    world.jump(minute);
    await world.answer(sentEmail, 7);
    await world.runDue();
    expect(world.vendor.marks.map(({ rating }) => rating)).toEqual([9, 7]);
    expect(await markOf(world, ticketId)).toMatchObject({ outcome: { code: 'marked', params: {} }, dueAt: null });
  });

  it('changes the ticket for each answer, also for two of one category', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await someoneAsked(world);
    await world.answer(sentEmail, 9);
    await world.runDue();
    world.jump(minute);
    await world.answer(sentEmail, 10);
    await world.runDue();
    expect(callsOf(world, 'mark', 'unmark')).toEqual(['mark', 'unmark', 'mark']);
    expect(world.vendor.marks.map(({ rating }) => rating)).toEqual([9, 10]);
  });

  it('takes the mark away when the ticket is asked about anew, and sets none of an answer from before', async () => {
    const world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S' }] });
    const { sentEmail, ticketId, requester } = await someoneAsked(world);
    await world.answer(sentEmail, 9);
    await world.runDue();
    expect(world.vendor.marked.has(ticketId)).toBe(true);
    await world.pass(100 * day);
    world.vendor.show(ticketId, { state: 'open' });
    await world.event(ticketId);
    world.jump(minute);
    await world.resolve(ticketId);
    expect(await world.invitations(ticketId)).toHaveLength(2);
    await world.runDue();
    expect(world.vendor.marked.has(ticketId)).toBe(false);

    await world.pass(2 * hour);
    const again = world.fakeEmailServer.to(requester.email ?? '').at(-1);
    if (!again) throw new Error('no one was asked again');
    await world.answer(again, 9);
    await world.runDue();
    expect(world.vendor.marked.has(ticketId)).toBe(true);
  });

  it('takes inherited marks from a follow-up that is asked about', async () => {
    const world = await createWorld(database);
    const { ticket } = await world.resolvedTicket({ followUp: true });
    await world.runDue();
    expect(callsOf(world, 'mark', 'unmark')).toEqual(['unmark']);
    expect(await markOf(world, ticket.id)).toMatchObject({ outcome: { code: 'unmarked', params: {} }, dueAt: null });
  });

  it('waits while a failed write is to be made again, and no longer than until it is given up', async () => {
    const world = await createWorld(database);
    const { sentEmail, ticketId } = await someoneAsked(world);
    world.vendor.before = (call) => {
      if (call === 'write') throw new UpstreamRefused(vendorSays('refused'), { concerns: 'request' });
    };
    await world.answer(sentEmail, 3);
    await world.runDue();
    expect(callsOf(world, 'mark')).toEqual([]);
    await world.pass(10 * minute);
    expect(world.vendor.marks).toMatchObject([{ id: ticketId, rating: 3 }]);
    expect((await world.recordLinks())[0]?.failedAt).not.toBeNull();
  });

  it('marks many in one call, and finds the one that makes it fail', async () => {
    const world = await createWorld(database);
    const contacts = await askTogether(world, 4);
    world.vendor.calls.length = 0;
    const [bad, ...good] = contacts.map(({ ticketId }) => ticketId);
    world.vendor.before = (call, ids) => {
      if (call === 'mark' && ids.includes(bad ?? '')) busy()();
    };
    for (const { sentEmail } of contacts) await world.answer(sentEmail, 9);
    await world.runDue();
    expect(world.vendor.calls.find(({ call }) => call === 'mark')?.ids).toHaveLength(4);
    expect([...world.vendor.marked.keys()].toSorted()).toEqual(good.toSorted());
    expect(await markOf(world, bad ?? '')).toMatchObject({ attempts: 1 });
  });

  it('adds a note where the admin chose so', async () => {
    const world = await createWorld(database);
    await updateConnection(database.db, world.connectionId(), { addTicketNotes: true });
    const { sentEmail } = await someoneAsked(world);
    await world.answer(sentEmail, 3);
    await world.runDue();
    expect(world.vendor.marks).toMatchObject([{ note: true }]);
  });

  it('marks nothing where the connection marks no tickets, and says so', async () => {
    const world = await createWorld(database);
    await updateConnection(database.db, world.connectionId(), { tagTickets: false });
    const { sentEmail, ticketId } = await someoneAsked(world);
    await world.answer(sentEmail, 3);
    await world.pass(minute);
    expect(callsOf(world, 'write', 'mark')).toEqual(['write']);
    expect(await markOf(world, ticketId)).toMatchObject({ outcome: { code: 'marks_off', params: {} }, dueAt: null });
  });

  it.each([
    ['a closed ticket', closed, () => ({ result: 'refused' as const, why: closed })],
    [
      'a request that is refused',
      { code: 'failed', params: { why: tooLarge } },
      () => {
        throw new UpstreamRefused(tooLarge, { concerns: 'request' });
      },
    ],
  ])('%s is an outcome that is shown, and no reason to try again', async (_what, outcome, meet) => {
    const world = await createWorld(database);
    const { sentEmail, ticketId } = await someoneAsked(world);
    world.vendor.marking.push(meet);
    await world.answer(sentEmail, 3);
    await world.pass(5 * minute);
    expect(callsOf(world, 'mark')).toEqual(['mark']);
    expect(await markOf(world, ticketId)).toMatchObject({ outcome, dueAt: null });
  });

  it('a ticket that is gone is an outcome', async () => {
    const world = await createWorld(database);
    const { sentEmail, ticketId } = await someoneAsked(world);
    world.vendor.tickets.delete(ticketId);
    await world.answer(sentEmail, 3);
    await world.pass(minute);
    expect(await markOf(world, ticketId)).toMatchObject({ outcome: { code: 'ticket_gone', params: {} }, dueAt: null });
  });

  it('a busy ticket waits as long as the vendor says, and holds up no other', async () => {
    const world = await createWorld(database);
    const [first, second] = await askTogether(world, 2);
    if (!first || !second) throw new Error('no email');
    world.vendor.before = (call, ids) => {
      if (call === 'mark' && ids.includes(first.ticketId)) busy(10 * minute)();
    };
    await world.answer(first.sentEmail, 3);
    await world.answer(second.sentEmail, 9);
    await world.runDue();
    expect(world.vendor.marks).toMatchObject([{ id: second.ticketId }]);
    world.vendor.before = () => {};

    await world.pass(9 * minute);
    expect(world.vendor.marks).toHaveLength(1);
    await world.pass(minute);
    expect(world.vendor.marks).toMatchObject([{ id: second.ticketId }, { id: first.ticketId, rating: 3 }]);
    expect(await markOf(world, first.ticketId)).toEqual({
      outcome: { code: 'marked', params: {} },
      dueAt: null,
      attempts: 0,
    });
  });

  it('asks again for a mark that the vendor has not finished, and counts no try, however often', async () => {
    const world = await createWorld(database);
    const { sentEmail, ticketId } = await someoneAsked(world);
    const later = (): MarkOutcome => ({ result: 'unfinished', retryAfter: 20 * second });
    world.vendor.marking.push(() => ({ result: 'unfinished' }), ...Array.from({ length: 9 }, () => later));
    await world.answer(sentEmail, 3);
    await world.runDue();
    expect(callsOf(world, 'mark')).toHaveLength(1);
    expect(await markOf(world, ticketId)).toMatchObject({ dueAt: new Date(world.clock().getTime() + second) });
    for (let round = 1; round <= 9; round += 1) {
      await world.pass(round === 1 ? second : 20 * second);
      expect(callsOf(world, 'mark')).toHaveLength(round + 1);
      expect(await markOf(world, ticketId)).toMatchObject({ dueAt: expect.any(Date), attempts: 0 });
    }
    expect(world.vendor.marks).toEqual([]);
    await world.pass(20 * second);
    expect(world.vendor.marks).toMatchObject([{ id: ticketId, rating: 3 }]);
    expect(await markOf(world, ticketId)).toEqual({
      outcome: { code: 'marked', params: {} },
      dueAt: null,
      attempts: 0,
    });
  });

  it('sets no mark while the one before is still being taken away', async () => {
    const world = await createWorld(database);
    const { sentEmail, ticketId } = await someoneAsked(world);
    await world.answer(sentEmail, 9);
    await world.runDue();
    world.vendor.unmarking.push(() => ({ result: 'unfinished' }));
    world.jump(minute);
    await world.answer(sentEmail, 10);
    await world.runDue();
    expect(callsOf(world, 'mark', 'unmark')).toEqual(['mark', 'unmark']);
    await world.pass(second);
    expect(callsOf(world, 'mark', 'unmark')).toEqual(['mark', 'unmark', 'unmark', 'mark']);
    expect(world.vendor.marked.get(ticketId)).toMatchObject({ rating: 10 });
  });

  it('a whole system that is busy keeps the mark due, without a try of its own', async () => {
    const world = await createWorld(database);
    const { sentEmail, ticketId } = await someoneAsked(world);
    world.vendor.before = (call) => {
      if (call === 'mark') throw new UpstreamBusy(vendorSays('server_failed'), { serverFailed: true });
    };
    await world.answer(sentEmail, 3);
    await world.runDue();
    expect(await markOf(world, ticketId)).toMatchObject({ dueAt: expect.any(Date), attempts: 0 });
    world.vendor.before = () => {};
    await world.pass(10 * minute);
    expect(world.vendor.marks).toMatchObject([{ id: ticketId }]);
  });

  it('gives up after its last try, and begins anew with a new answer', async () => {
    const world = await createWorld(database);
    const { sentEmail, ticketId } = await someoneAsked(world);
    world.vendor.marking.push(...Array.from({ length: 8 }, () => busy()));
    await world.answer(sentEmail, 3);
    for (let passed = 0; passed < 15; passed += 1) await world.pass(minute);
    expect(callsOf(world, 'mark')).toHaveLength(8);
    expect(await markOf(world, ticketId)).toEqual({ outcome: { code: 'busy', params: {} }, dueAt: null, attempts: 0 });
    expect(world.vendor.marks).toEqual([]);

    await world.pass(day);
    expect(world.vendor.marks).toEqual([]);
    await world.answer(sentEmail, 9);
    await world.runDue();
    expect(world.vendor.marks).toMatchObject([{ id: ticketId, rating: 9 }]);
  });
});
