import type { ConnectionTools, Tickets } from '../../../src/connector.ts';
import { exampleConnector as sound } from '../example/connector.ts';
import { connecting, type Fault } from './fault.ts';

const inTickets = (change: (tickets: Tickets, tools: ConnectionTools) => Partial<Tickets>) =>
  connecting(({ tickets }, tools) => (tickets ? { tickets: { ...tickets, ...change(tickets, tools) } } : {}));

const withTools = (change: (tools: ConnectionTools) => Partial<ConnectionTools>) => ({
  connect: (settings: Parameters<typeof sound.connect>[0], tools: ConnectionTools) =>
    sound.connect(settings, { ...tools, ...change(tools) }),
});

export const faultyTickets: readonly Fault[] = [
  {
    fault: 'throws about unknown tickets',
    foundBy: /^finds nothing under an id/u,
    breaks: inTickets((tickets) => ({
      async find(id) {
        const ticket = await tickets.find(id);
        if (!ticket) throw new Error('unknown');
        return ticket;
      },
    })),
  },
  {
    fault: 'takes every ticket for open',
    foundBy: /^shows a resolved ticket/u,
    breaks: inTickets((tickets) => ({
      find: async (id) => tickets.find(id).then((found) => found && { ...found, state: 'open' as const }),
    })),
  },
  {
    fault: 'ends its pages early',
    foundBy: /^pages through/u,
    breaks: inTickets((tickets) => ({
      changedSince: async (since, cursor) => ({ ...(await tickets.changedSince(since, cursor)), more: false }),
    })),
  },
  {
    fault: 'claims to be complete up to now',
    foundBy: /^pages through/u,
    breaks: inTickets((tickets, { clock }) => ({
      changedSince: async (...where) => ({ ...(await tickets.changedSince(...where)), completeUntil: clock() }),
    })),
  },
  {
    fault: 'swallows failures',
    foundBy: /^looking at a ticket: a failing server/u,
    breaks: inTickets((tickets) => ({ find: (id) => tickets.find(id).catch(() => undefined) })),
  },
  {
    fault: 'tries again by itself',
    foundBy: /^looking at a ticket: a failing server/u,
    breaks: inTickets((tickets) => ({
      async find(id) {
        for (let time = 0; time < 2; time += 1) {
          const found = await tickets.find(id).catch(() => undefined);
          if (found) return found;
        }
        return tickets.find(id);
      },
    })),
  },
  {
    fault: 'goes past the pace',
    foundBy: /^shows an open ticket/u,
    breaks: withTools(() => ({ pace: { run: (_lane, call) => call(), observe() {} } })),
  },
  {
    fault: 'sends past the guarded way out',
    foundBy: /^shows an open ticket/u,
    breaks: withTools(() => ({
      async send({ url, method, headers, body }) {
        const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
        return { status: response.status, headers: response.headers, text: await response.text() };
      },
    })),
  },
  {
    fault: 'waits for the pace within the pace',
    foundBy: /^shows an open ticket/u,
    breaks: withTools(({ pace }) => ({
      pace: { ...pace, run: (lane, call) => pace.run(lane, () => pace.run(lane, call)) },
    })),
  },
  {
    fault: 'asks the vendor more than needed',
    foundBy: /^shows an open ticket/u,
    breaks: inTickets((tickets) => ({
      async find(id) {
        await tickets.find(`${id}0`).catch(() => undefined);
        return tickets.find(id);
      },
    })),
  },
];
