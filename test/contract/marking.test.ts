import { expect, it } from 'vitest';
import type { TicketMark } from '../../src/connector.ts';
import { UpstreamBusy } from '../../src/model/errors.ts';
import { describeOnSimulators, type Meeting } from './on-simulators.ts';
import { personal } from './tools.ts';
import { untilEnded } from './until-ended.ts';

const ada = { email: personal.email, name: personal.name };

/** A provisioned account with one resolved ticket, and a hand to mark it. */
async function prepare({ tickets, ensured, simulator, clock }: Meeting) {
  const { mark, unmark } = tickets;
  await ensured();
  const recordId = simulator.addContact(ada);
  const id = simulator.addTicket({ requesterId: recordId, subject: 'A lamp' });
  simulator.resolve(id);
  const promoter: TicketMark = {
    ...{ id, metric: 'nps', rating: 9, scale: 10, category: 'promoter', comment: personal.comment },
    ...{ answeredAt: clock(), note: true },
  };
  return {
    id,
    recordId,
    mark: (change: Partial<TicketMark> = {}) => mark({ ...promoter, ...change }),
    unmark,
    /** What stands on the ticket, by the vendor's own account. */
    standing: () => JSON.stringify(simulator.marks?.(id) ?? expect.unreachable()),
  };
}

describeOnSimulators('marks', aboutMarks, ({ also }) => also.includes('tickets.mark'));

function aboutMarks(meeting: () => Meeting): void {
  it('an answer marked twice stands there once', async () => {
    const { mark, standing } = await prepare(meeting());
    expect(standing()).not.toContain('promoter');
    expect(await mark()).toEqual({ result: 'marked' });
    const once = standing();
    expect(once).toContain('promoter');
    expect(once.split(personal.comment)).toHaveLength(2);
    expect(await mark()).toEqual({ result: 'marked' });
    expect(standing()).toBe(once);
  });

  it('a changed answer takes the place of the former one', async () => {
    const { mark, standing } = await prepare(meeting());
    await mark({ note: false });
    expect(standing()).toContain('promoter');
    meeting().passes(60_000);
    const changed = { rating: 2, category: 'detractor', comment: null, answeredAt: meeting().clock() } as const;
    expect(await mark({ ...changed, note: false })).toEqual({ result: 'marked' });
    expect(standing()).toContain('detractor');
    expect(standing()).not.toContain('promoter');
  });

  it('the status of a ticket, and when it was resolved, are as they were', async () => {
    const { id, mark } = await prepare(meeting());
    const { tickets, simulator, passes } = meeting();
    const resolved = await tickets.find(id);
    passes(60_000);
    await mark();
    expect(await tickets.find(id)).toMatchObject({ state: 'resolved', resolvedAt: resolved?.resolvedAt });
    simulator.reopen(id);
    await mark({ rating: 10 });
    expect(await tickets.find(id)).toMatchObject({ state: 'open' });
  });

  it('a mark taken away is gone, as often as it is taken away, and leaves the status as it was', async () => {
    const { id, mark, unmark, standing } = await prepare(meeting());
    const { tickets, passes } = meeting();
    const [unmarked, resolved] = [standing(), await tickets.find(id)];
    await mark({ note: false });
    passes(60_000);
    for (let time = 0; time < 2; time += 1) {
      expect(await unmark(id)).toEqual({ result: 'unmarked' });
      expect(standing()).toBe(unmarked);
    }
    expect(await tickets.find(id)).toMatchObject({ state: 'resolved', resolvedAt: resolved?.resolvedAt });
    expect(await mark({ note: false, rating: 2, category: 'detractor' })).toEqual({ result: 'marked' });
    expect(standing()).toContain('detractor');
  });

  it('a mark of another metric is taken away as well', async () => {
    const { id, mark, unmark, standing } = await prepare(meeting());
    const unmarked = standing();
    await mark({ note: false, metric: 'ces', scale: 7, rating: 1, category: 'hard' });
    expect(standing()).toContain('hard');
    await unmark(id);
    expect(standing()).toBe(unmarked);
  });

  it('a closed ticket refuses, and says why', async ({ skip }) => {
    const { id, mark, unmark, standing } = await prepare(meeting());
    const { simulator, tickets } = meeting();
    if (!simulator.close) skip('a resolved ticket is never closed for good');
    simulator.close?.(id);
    const before = standing();
    expect(await mark()).toEqual({ result: 'refused', why: { code: 'locked', params: { kind: 'closed' } } });
    expect(await unmark(id)).toEqual({ result: 'refused', why: { code: 'locked', params: { kind: 'closed' } } });
    expect(standing()).toBe(before);
    expect(await tickets.find(id)).toMatchObject({ state: 'resolved' });
  });

  it('a ticket that is gone, or was never there, takes no mark', async () => {
    const { id, mark, unmark } = await prepare(meeting());
    expect(await mark({ id: `${id}9` })).toEqual({ result: 'gone' });
    expect(await unmark(`${id}9`)).toEqual({ result: 'gone' });
    meeting().simulator.removeTicket?.(id);
    expect(await mark()).toEqual({ result: 'gone' });
    expect(await unmark(id)).toEqual({ result: 'gone' });
  });

  it('several tickets are marked and unmarked together, each with an outcome of its own', async () => {
    const { id, recordId, standing } = await prepare(meeting());
    const { simulator, ticketBatches, clock, passes } = meeting();
    const { mark, unmark } = untilEnded(ticketBatches, passes);
    const second = simulator.addTicket({ requesterId: recordId, subject: 'Another lamp' });
    const unmarked = standing();
    const answer = { metric: 'nps', scale: 10, comment: null, answeredAt: clock(), note: false } as const;
    const outcomes = await mark([
      { id, ...answer, rating: 9, category: 'promoter' },
      { id: `${id}9`, ...answer, rating: 9, category: 'promoter' },
      { id: second, ...answer, rating: 2, category: 'detractor' },
    ]);
    const marked = (one: string) => ({ id: one, result: 'marked' });
    expect(outcomes).toHaveLength(3);
    expect(outcomes).toEqual(expect.arrayContaining([marked(id), { id: `${id}9`, result: 'gone' }, marked(second)]));
    expect(standing()).toContain('promoter');
    expect(JSON.stringify(simulator.marks?.(second))).toContain('detractor');

    const undone = await unmark([id, second, `${id}9`]);
    const unmarkedOne = (one: string) => ({ id: one, result: 'unmarked' });
    expect(undone).toHaveLength(3);
    expect(undone).toEqual(
      expect.arrayContaining([unmarkedOne(id), unmarkedOne(second), { id: `${id}9`, result: 'gone' }]),
    );
    expect(standing()).toBe(unmarked);
  });

  it.each(['fail', 'drop'] as const)('a mark met by: %s is made good by the next', async (kind) => {
    const { mark, standing } = await prepare(meeting());
    const { simulator, failureOf, passes } = meeting();
    simulator.disturb({ kind, times: 1 });
    expect(await failureOf(() => mark())).toBeInstanceOf(UpstreamBusy);
    passes(60_000);
    expect(await mark()).toEqual({ result: 'marked' });
    expect(standing().split(personal.comment)).toHaveLength(2);
  });

  it('what marks need is looked at and made only where they are wanted', async () => {
    await prepare(meeting());
    const { provisioning } = meeting();
    for (const ticketMarks of [true, false]) {
      const { findings } = await provisioning.check({ ticketMarks });
      expect(findings.filter(({ state }) => state !== 'fine')).toEqual([]);
    }
  });
}
