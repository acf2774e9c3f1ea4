import { expect } from 'vitest';
import type { TicketMark } from '../../src/connector.ts';
import type { TicketSnapshot } from '../../src/model/ticket.ts';
import { failureQuestions } from './failures.ts';
import type { ConnectorHarness, ExpectedTicket, TicketsHarness } from './harness.ts';
import { claimed, type Question } from './question.ts';
import { now, personal } from './tools.ts';

const anHourAgo = new Date(now.getTime() - 3_600_000);

const mark: TicketMark = {
  ...{ id: '4711', metric: 'nps', rating: 9, scale: 10, category: 'promoter' },
  ...{ comment: personal.comment, answeredAt: anHourAgo, note: true },
};

/** What is asked of a connection's `tickets`. */
export function ticketQuestions(tickets: TicketsHarness, harness: ConnectorHarness): Question[] {
  return [
    {
      title: 'finds nothing under an id that does not exist',
      async ask({ vendor, connection }) {
        expect(await claimed(connection.tickets).find([tickets.unknown(vendor)])).toEqual([]);
        expect(vendor.requests.length).toBeGreaterThan(0);
      },
    },
    {
      title: 'shows an open ticket, with its requester',
      async ask({ vendor, connection }) {
        const expected = tickets.open(vendor);
        expect(expected.state).toBe('open');
        shows(await claimed(connection.tickets).find([expected.id]), expected);
      },
    },
    {
      title: 'shows a resolved ticket, with its requester',
      async ask({ vendor, connection }) {
        const expected = tickets.resolved(vendor);
        expect(expected.state).toBe('resolved');
        shows(await claimed(connection.tickets).find([expected.id]), expected);
      },
    },
    {
      title: 'shows several tickets at once, without those that do not exist',
      async ask({ vendor, connection }) {
        const { find, batchSize } = claimed(connection.tickets);
        expect(Number.isInteger(batchSize)).toBe(true);
        expect(batchSize).toBeGreaterThan(1);
        const { resolved, merged, unknown } = tickets.several(vendor);
        const found = await find([resolved.id, ...(merged === undefined ? [] : [merged]), unknown]);
        shows(
          found.filter(({ id }) => id !== merged),
          resolved,
        );
        if (merged === undefined) return;
        const lost = found.filter(({ id }) => id === merged);
        expect(lost).toMatchObject([{ state: 'gone', merged: true }]);
      },
    },
    {
      title: 'asks nothing about no tickets, and takes no more than its batch',
      async ask({ vendor, connection }) {
        const { find, batchSize } = claimed(connection.tickets);
        expect(await find([])).toEqual([]);
        await expect(find(Array.from({ length: batchSize + 1 }, (_, id) => `${id + 1}`))).rejects.toThrow();
        expect(vendor.requests).toEqual([]);
      },
    },
    {
      title: 'pages through what has changed, oldest first, and says up to when that is everything',
      async ask({ vendor, connection }) {
        const capability = claimed(connection.tickets);
        const [firstIds, secondIds] = tickets.twoPages(vendor, anHourAgo);

        const first = await capability.changedSince(anHourAgo);
        expect(first.changes.map(({ id }) => id)).toEqual(firstIds);
        expect(first.more).toBe(true);
        expect(first.cursor).toBeTypeOf('string');

        const second = await capability.changedSince(anHourAgo, first.cursor);
        expect(second.changes.map(({ id }) => id)).toEqual(secondIds);
        expect(second.more).toBe(false);

        const times = [...first.changes, ...second.changes].map(({ changedAt }) => changedAt.getTime());
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(first.completeUntil.getTime()).toBeLessThanOrEqual(second.completeUntil.getTime());
        // Vendors index late: what changes in this very moment cannot already be known to be in.
        expect(second.completeUntil.getTime()).toBeLessThan(now.getTime());
        expect(second.completeUntil.getTime()).toBeGreaterThanOrEqual(anHourAgo.getTime());
      },
    },
    ...failureQuestions({ doing: 'looking at a ticket', call: ({ tickets }) => tickets?.find(['4711']) }, harness),
    ...failureQuestions(
      { doing: 'looking at several tickets', call: ({ tickets }) => tickets?.find(['4711', '4712']) },
      harness,
    ),
    ...failureQuestions({ doing: 'polling', call: ({ tickets }) => tickets?.changedSince(anHourAgo) }, harness),
    ...(harness.also.includes('tickets.mark')
      ? [
          ...failureQuestions(
            { doing: 'marking a ticket', call: ({ tickets }) => tickets?.mark?.([mark]), concernsOneRecord: true },
            harness,
          ),
          ...failureQuestions(
            {
              doing: 'unmarking a ticket',
              call: ({ tickets }) => tickets?.unmark?.([mark.id]),
              concernsOneRecord: true,
            },
            harness,
          ),
        ]
      : []),
  ];
}

function shows(found: readonly TicketSnapshot[], expected: ExpectedTicket): void {
  expect(found).toHaveLength(1);
  const [ticket] = found;
  expect(ticket).toMatchObject(expected);
  expect(ticket).toHaveProperty('requester.id', expect.any(String));
  expect(ticket).toHaveProperty('requester.emails', expect.any(Array));
  expect(ticket).toHaveProperty('tags', expect.any(Array));
}
