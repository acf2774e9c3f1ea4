import { expect } from 'vitest';
import type { TicketMark } from '../../src/connector.ts';
import type { ConnectorHarness } from './harness.ts';
import type { Meeting, SimulatedQuestion } from './on-simulators.ts';
import { untilEnded } from './until-ended.ts';

const concerns = ({ also }: ConnectorHarness) => also.includes('tickets.mark');

/** A provisioned account with so many resolved tickets, and hands to mark them until nothing is unfinished. */
async function prepare({ ensured, simulator, ticketBatches, clock, passes }: Meeting, count: number) {
  await ensured();
  const recordId = simulator.addContact({ name: 'Ada', email: 'ada@customer.example' });
  const ids = Array.from({ length: count }, (_, place) => {
    const id = simulator.addTicket({ requesterId: recordId, subject: `Lamp ${place}` });
    simulator.resolve(id);
    return id;
  });
  const promoter = (id: string, change: Partial<TicketMark> = {}): TicketMark => ({
    ...{ id, metric: 'nps', rating: 9, scale: 10, category: 'promoter', comment: null },
    ...{ answeredAt: clock(), note: false, ...change },
  });
  const standing = (id: string) => JSON.stringify(simulator.marks?.(id));
  return { ids, promoter, standing, ...untilEnded(ticketBatches, passes) };
}

const detractor = { rating: 2, category: 'detractor' } as const;

/** By ticket; each has exactly one. */
function resultsOf(outcomes: readonly { id: string; result: string }[]): Record<string, string> {
  const results = Object.fromEntries(outcomes.map(({ id, result }) => [id, result]));
  expect(Object.keys(results)).toHaveLength(outcomes.length);
  return results;
}

/** What is asked of marks on tickets that came to an end of their own, and of marks that take their time. */
export const lastingMarkQuestions: readonly SimulatedQuestion[] = [
  {
    title: 'a ticket that was merged away is gone, and its winner keeps its own answer',
    concerns,
    async ask(meeting) {
      const { ids, promoter, standing, mark, unmark } = await prepare(meeting, 3);
      const { simulator, tickets } = meeting;
      const [loser, winner, bystander] = ids as [string, string, string];
      expect(resultsOf(await mark([promoter(winner, detractor)]))).toEqual({ [winner]: 'marked' });
      simulator.mergeTickets?.(loser, winner);
      const before = standing(winner);
      expect(before).toContain('detractor');
      expect(await tickets.mark(promoter(loser))).toEqual({ result: 'gone' });
      expect(standing(winner)).toBe(before);
      const marked = resultsOf(await mark([promoter(loser), promoter(bystander)]));
      expect(marked).toEqual({ [loser]: 'gone', [bystander]: 'marked' });
      expect(standing(winner)).toBe(before);

      expect(await tickets.unmark(loser)).toEqual({ result: 'gone' });
      expect(resultsOf(await unmark([loser, bystander]))).toEqual({ [loser]: 'gone', [bystander]: 'unmarked' });
      expect(standing(winner)).toBe(before);
    },
  },
  {
    title: 'tickets that are gone, closed or were never there hinder none of the others',
    concerns,
    async ask(meeting) {
      const { ids, promoter, standing, mark, unmark } = await prepare(meeting, 4);
      const { simulator } = meeting;
      const [first, removed, closed, last] = ids as [string, string, string, string];
      simulator.removeTicket?.(removed);
      simulator.close?.(closed);
      const never = `${last}9`;
      const fates = (done: string) => ({
        ...{ [first]: done, [removed]: 'gone', [never]: 'gone', [last]: done },
        [closed]: simulator.close ? 'refused' : done,
      });
      const asked = [removed, first, never, closed, last];
      expect(resultsOf(await mark(asked.map((id) => promoter(id))))).toEqual(fates('marked'));
      for (const id of [first, last]) expect(standing(id)).toContain('promoter');
      expect(resultsOf(await unmark(asked))).toEqual(fates('unmarked'));
      for (const id of [first, last]) expect(standing(id)).not.toContain('promoter');
    },
  },
  {
    title: 'tickets that are marked or unmarked together once more stand as they did',
    concerns,
    async ask(meeting) {
      const { ids, promoter, standing, mark, unmark } = await prepare(meeting, 3);
      const bare = ids.map(standing);
      const marks = ids.map((id) => promoter(id));
      const all = (result: string) => Object.fromEntries(ids.map((id) => [id, result]));
      expect(resultsOf(await mark(marks))).toEqual(all('marked'));
      const once = ids.map(standing);
      for (const state of once) expect(state.split('promoter')).toHaveLength(2);
      meeting.passes(60_000);
      expect(resultsOf(await mark(marks))).toEqual(all('marked'));
      expect(ids.map(standing)).toEqual(once);
      for (let time = 0; time < 2; time += 1) {
        expect(resultsOf(await unmark(ids))).toEqual(all('unmarked'));
        expect(ids.map(standing)).toEqual(bare);
      }
    },
  },
  {
    title: 'what is unfinished is told by the same call later, which begins nothing anew',
    concerns,
    async ask(meeting) {
      const { ids, promoter, standing, mark, unmark } = await prepare(meeting, 3);
      const { ticketBatches, simulator } = meeting;
      const marks = ids.map((id) => promoter(id));
      const rounds = [
        { done: 'marked', once: () => ticketBatches.mark?.(marks), inTheEnd: () => mark(marks) },
        { done: 'unmarked', once: () => ticketBatches.unmark?.(ids), inTheEnd: () => unmark(ids) },
      ];
      for (const { done, once, inTheEnd } of rounds) {
        const first = resultsOf((await once()) ?? []);
        expect(Object.keys(first).toSorted()).toEqual(ids.toSorted());
        const before = simulator.requests.length;
        const isUnderWay = Object.values(first).includes('unfinished');
        if (isUnderWay) expect(Object.keys(resultsOf((await once()) ?? []))).toHaveLength(ids.length);
        expect(Object.values(resultsOf(await inTheEnd()))).toEqual(ids.map(() => done));
        const begun = simulator.requests.slice(before).filter(({ method }) => method !== 'GET');
        if (isUnderWay) expect(begun.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
        for (const id of ids) expect(standing(id).includes('promoter')).toBe(done === 'marked');
      }
    },
  },
];
