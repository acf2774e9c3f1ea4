import type { Simulator } from '../../../src/connector.ts';
import { statuses, type Ticket } from './account.ts';

/** Carries out the automation rule that the README has an admin make: it calls us when a ticket's status changes. */
export type Deliveries = {
  attempts: Simulator['deliveries'];
  announce(ticket: Ticket): void;
  /** Sends what was held back, newest first. */
  release(): void;
  redeliver(times: number): Promise<void>;
  settled(): Promise<void>;
  stop(): void;
};

/** Milliseconds that a receiver is given. Freshdesk does not say how many. */
const patience = 10_000;

/** Milliseconds to wait after each failure: three more attempts, then an email to the admins. */
const waits = [5, 30, 60].map((minutes) => minutes * 60_000);

const names = Object.fromEntries(Object.entries(statuses).map(([name, status]) => [status, name]));

type Delivery = { body: string; attempts: number };

export function createDeliveries(options: {
  url: string;
  secret: string;
  obstacle: (url: string) => 'mute' | 'reorder' | undefined;
}): Deliveries {
  const { url, secret, obstacle } = options;
  const attempts: { url: string; status: number; attempt: number }[] = [];
  const underWay = new Set<Promise<void>>();
  const waiting = new Set<NodeJS.Timeout>();
  const delayed: Delivery[] = [];
  const stopping = new AbortController();
  let last: Delivery | undefined;

  async function attempt(delivery: Delivery): Promise<void> {
    if (stopping.signal.aborted) return;
    last = delivery;
    delivery.attempts += 1;
    const made = { url, status: 0, attempt: delivery.attempts };
    attempts.push(made);
    made.status = await post(delivery.body);
    const wait = waits[delivery.attempts - 1];
    if (wait === undefined || (made.status >= 200 && made.status < 300)) return;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      launch(attempt(delivery));
    }, wait).unref();
    waiting.add(timer);
  }

  async function post(body: string): Promise<number> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(patience)]),
        headers: { 'content-type': 'application/json', 'x-scoreback-secret': secret },
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  function launch(work: Promise<void>): void {
    const tracked = work.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  }

  async function sendInTurn(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries) await attempt(delivery);
  }

  return {
    attempts,
    announce(ticket) {
      const obstructed = obstacle(url);
      if (obstructed === 'mute') return;
      const delivery = { body: bodyOf(ticket), attempts: 0 };
      if (obstructed === 'reorder') delayed.push(delivery);
      else launch(attempt(delivery));
    },
    release: () => launch(sendInTurn(delayed.splice(0).reverse())),
    async redeliver(times) {
      if (!last) throw new Error('no webhook was delivered yet');
      const { body } = last;
      await sendInTurn(Array.from({ length: times }, () => ({ body, attempts: 0 })));
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop() {
      stopping.abort();
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
    },
  };
}

/** The rule's content with its placeholders filled in. */
function bodyOf({ id, status, updatedAt }: Ticket): string {
  const happenedAt = `${updatedAt.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return JSON.stringify({
    type: 'ticket.changed',
    ticket_id: String(id),
    status: names[status],
    happened_at: happenedAt,
  });
}
