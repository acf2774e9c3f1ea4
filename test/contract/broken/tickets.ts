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
      async find(ids) {
        const found = await tickets.find(ids);
        if (found.length < ids.length) throw new Error('unknown');
        return found;
      },
    })),
  },
  {
    fault: 'takes every ticket for open',
    foundBy: /^shows a resolved ticket/u,
    breaks: inTickets((tickets) => ({
      find: async (ids) => (await tickets.find(ids)).map((found) => ({ ...found, state: 'open' as const })),
    })),
  },
  {
    fault: 'shows the first of several tickets only',
    foundBy: /^shows several tickets/u,
    breaks: inTickets((tickets) => ({ find: async (ids) => (await tickets.find(ids.slice(-1))).slice(0, 1) })),
  },
  {
    fault: 'asks about no tickets',
    foundBy: /^asks nothing about no tickets/u,
    breaks: inTickets((tickets) => ({ find: (ids) => tickets.find(ids.length === 0 ? ['7'] : ids) })),
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
    breaks: inTickets((tickets) => ({ find: (ids) => tickets.find(ids).catch(() => []) })),
  },
  {
    fault: 'tries again by itself',
    foundBy: /^looking at a ticket: a failing server/u,
    breaks: inTickets((tickets) => ({
      async find(ids) {
        for (let time = 0; time < 2; time += 1) {
          const found = await tickets.find(ids).catch(() => undefined);
          if (found) return found;
        }
        return tickets.find(ids);
      },
    })),
  },
  {
    fault: 'goes past the pace',
    foundBy: /^shows an open ticket/u,
    breaks: withTools(() => ({ rateLimiter: { run: (_lane, call) => call(), observe() {} } })),
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
    breaks: withTools(({ rateLimiter }) => ({
      rateLimiter: { ...rateLimiter, run: (lane, call) => rateLimiter.run(lane, () => rateLimiter.run(lane, call)) },
    })),
  },
  {
    fault: 'asks the vendor more than needed',
    foundBy: /^shows an open ticket/u,
    breaks: inTickets((tickets) => ({
      async find(ids) {
        await tickets.find([`${ids[0]}0`]).catch(() => undefined);
        return tickets.find(ids);
      },
    })),
  },
];
