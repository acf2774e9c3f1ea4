import { expect } from 'vitest';
import type { MarkOutcome, TicketMark, TicketMarkOutcome, Tickets } from '../../src/connector.ts';
import type { TicketSnapshot } from '../../src/model/ticket.ts';

/** Tickets one by one, for questions about a single ticket: each call is a batch of one. */
export type SingleTickets = {
  find(id: string, requests?: Parameters<Tickets['find']>[1]): Promise<TicketSnapshot | undefined>;
  changedSince: Tickets['changedSince'];
  mark(mark: TicketMark): Promise<MarkOutcome>;
  unmark(id: string): Promise<MarkOutcome>;
};

export function singly(tickets: Tickets): SingleTickets {
  return {
    async find(id, requests) {
      const found = await tickets.find([id], requests);
      expect(found.length).toBeLessThanOrEqual(1);
      for (const ticket of found) expect(ticket.id).toBe(id);
      return found[0];
    },
    changedSince: tickets.changedSince,
    mark: async (mark) => onlyOutcome(mark.id, (await tickets.mark?.([mark])) ?? []),
    unmark: async (id) => onlyOutcome(id, (await tickets.unmark?.([id])) ?? []),
  };
}

function onlyOutcome(asked: string, outcomes: readonly TicketMarkOutcome[]): MarkOutcome {
  expect(outcomes.map(({ id }) => id)).toEqual([asked]);
  const [{ id: _, ...outcome }] = outcomes as [TicketMarkOutcome];
  return outcome;
}
