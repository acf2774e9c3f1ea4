import type { TicketMark, TicketMarkOutcome, Tickets } from '../../src/connector.ts';
import { claimed } from './question.ts';

/** How often a mark is asked for again before it counts as never ending. */
const mostRounds = 10;

/** Marks that are asked for until none of them is unfinished, as whoever wants them does it. */
export type EndedMarks = {
  mark(marks: readonly TicketMark[]): Promise<readonly TicketMarkOutcome[]>;
  unmark(ids: readonly string[]): Promise<readonly TicketMarkOutcome[]>;
};

/** @param passes lets the time pass that the vendor wants, in milliseconds */
export function untilEnded(tickets: Tickets, passes: (milliseconds: number) => void): EndedMarks {
  const { mark, unmark } = { mark: claimed(tickets.mark), unmark: claimed(tickets.unmark) };

  async function repeat<Item>(
    items: readonly Item[],
    { idOf, work }: { idOf(item: Item): string; work(items: readonly Item[]): Promise<readonly TicketMarkOutcome[]> },
  ): Promise<readonly TicketMarkOutcome[]> {
    const ended: TicketMarkOutcome[] = [];
    let left = items;
    for (let round = 0; left.length > 0; round += 1) {
      if (round === mostRounds) throw new Error('some marks never end');
      const outcomes = await work(left);
      const unfinished = outcomes.filter((outcome) => outcome.result === 'unfinished');
      ended.push(...outcomes.filter((outcome) => outcome.result !== 'unfinished'));
      left = left.filter((item) => unfinished.some(({ id }) => id === idOf(item)));
      if (left.length > 0) passes(Math.max(1000, ...unfinished.map(({ retryAfter = 0 }) => retryAfter)));
    }
    return ended;
  }

  return {
    mark: (marks) => repeat(marks, { idOf: ({ id }) => id, work: mark }),
    unmark: (ids) => repeat(ids, { idOf: (id) => id, work: unmark }),
  };
}
