import { Agent, request } from 'node:http';
import { createDelivery, type Delivery } from './delivery.ts';
import { quantile } from './numbers.ts';

/** What to send, and when to stop: at so many requests, or after so long, whichever comes first. */
export type LoadOrder = {
  /** The server's address; deliveries go to its `/webhooks/hubspot`. */
  url: string;
  secret: string;
  /** What the events are about, in turn. */
  tickets: readonly string[];
  connections: number;
  requests: number;
  milliseconds: number;
};

/** Milliseconds; `p50` and `p99` are of a request's way there and back. */
export type LoadReport = { accepted: number; refused: number; milliseconds: number; p50: number; p99: number };

/**
 * A sender of webhooks as a program of its own: keeps every connection busy with one delivery after the other, each
 * about another event.
 */
process.on('message', async (order: LoadOrder) => {
  process.send?.(await run(order));
});

let events = 0;

async function run(order: LoadOrder): Promise<LoadReport> {
  // All of them are signed before the clock starts.
  const deliveries = Array.from({ length: order.requests }, () => nextDelivery(order)).values();
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const durations: number[] = [];
  let refused = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: order.connections }, async () => {
      while (performance.now() - started < order.milliseconds) {
        const { value: delivery } = deliveries.next();
        if (!delivery) return;
        const sent = performance.now();
        if ((await deliver(agent, delivery)) === 200) durations.push(performance.now() - sent);
        else refused += 1;
      }
    }),
  );
  const milliseconds = performance.now() - started;
  agent.destroy();
  const accepted = durations.length;
  return { accepted, refused, milliseconds, p50: quantile(durations, 0.5), p99: quantile(durations, 0.99) };
}

function nextDelivery({ tickets, ...receiver }: LoadOrder): Delivery {
  events += 1;
  return createDelivery({ eventId: events, ticket: tickets[events % tickets.length] ?? '' }, receiver);
}

/** @returns the status */
function deliver(agent: Agent, { url, headers, body }: Delivery): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    })
      .once('error', reject)
      .end(body);
  });
}
