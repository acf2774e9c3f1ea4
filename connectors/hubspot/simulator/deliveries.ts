import type { Disturbances } from './disturbances.ts';
import type { WebhookEvent } from './webhook-events.ts';
import { signatureHeaders } from './webhook-signature.ts';

export type Delivery = { url: string; status: number; attempt: number };

export type Deliveries = {
  /** Every attempt that has ended, in this order; `status` 0 is no answer. */
  attempts: readonly Delivery[];
  /** Sends it soon, together with what else happens at the same moment. */
  send(event: WebhookEvent): void;
  /** Sends what was held back, newest first. */
  release(): void;
  redeliver(times: number): Promise<void>;
  settled(): Promise<void>;
  stop(): void;
};

type Batch = { events: readonly WebhookEvent[]; attempt: number };

const largestBatch = 100;
const mostAtOnce = 10;
const mostRetries = 10;
/** How often the clock is looked at while a retry waits, in milliseconds. */
const sendEvery = 25;

/** Milliseconds until this retry. HubSpot spreads its ten over a day; here the first come soon, the last after minutes. */
const retryDelay = (retry: number) => 1000 * 2 ** (retry - 1);

/**
 * The webhooks on their way: batches of up to a hundred, ten at a time, each tried again when it fails.
 *
 * @param patience milliseconds within which the receiver has to answer
 */
export function createDeliveries(options: {
  clock: () => Date;
  url: string;
  secret: string;
  disturbances: Disturbances;
  patience?: number;
}): Deliveries {
  const { clock, url, secret, disturbances, patience = 5000 } = options;
  const attempts: Delivery[] = [];
  let fresh: WebhookEvent[] = [];
  let delayed: WebhookEvent[] = [];
  let ready: Batch[] = [];
  let waiting: { batch: Batch; due: number }[] = [];
  let underWay = 0;
  let last: Batch | undefined;
  let onRest: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const stopped = new AbortController();

  function queue(events: readonly WebhookEvent[]): void {
    for (let start = 0; start < events.length; start += largestBatch) {
      ready.push({ events: events.slice(start, start + largestBatch), attempt: 0 });
    }
    sendReady();
  }

  function sendReady(): void {
    while (ready.length > 0 && underWay < mostAtOnce) {
      const batch = ready.shift();
      if (batch) void sendAndRetry(batch);
    }
    noteRest();
  }

  async function sendAndRetry(batch: Batch): Promise<void> {
    underWay += 1;
    last = batch;
    const status = await attempt(batch);
    underWay -= 1;
    const failed = status === 0 || status >= 400;
    if (failed && batch.attempt < mostRetries && !stopped.signal.aborted) {
      const retry = batch.attempt + 1;
      waiting.push({ batch: { ...batch, attempt: retry }, due: clock().getTime() + retryDelay(retry) });
      timer ??= setInterval(sendDue, sendEvery).unref();
    }
    sendReady();
  }

  function sendDue(): void {
    const now = clock().getTime();
    ready.push(...waiting.filter(({ due }) => due <= now).map(({ batch }) => batch));
    waiting = waiting.filter(({ due }) => due > now);
    if (waiting.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    sendReady();
  }

  async function attempt({ events, attempt: attemptNumber }: Batch): Promise<number> {
    const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber })));
    const status = await post(body).catch(() => 0);
    attempts.push({ url, status, attempt: attemptNumber });
    return status;
  }

  async function post(body: string): Promise<number> {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'HubSpot Connect 2.0 (http://dev.hubspot.com/) - Namespace: webhooks-nio-http-client',
        ...signatureHeaders(secret, url, body, clock()),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(patience), stopped.signal]),
    });
    await response.body?.cancel();
    return response.status;
  }

  function resting(): boolean {
    const soon = clock().getTime() + 1000;
    const idle = fresh.length === 0 && ready.length === 0 && underWay === 0 && waiting.every(({ due }) => due >= soon);
    return idle || stopped.signal.aborted;
  }

  function noteRest(): void {
    if (!resting()) return;
    for (const resolve of onRest) resolve();
    onRest = [];
  }

  return {
    attempts,
    send(event) {
      if (disturbances.take(['mute'], url)) return;
      if (disturbances.take(['reorder'], url)) {
        delayed.push(event);
        return;
      }
      fresh.push(event);
      if (fresh.length > 1) return;
      setImmediate(() => {
        const events = fresh;
        fresh = [];
        queue(events);
      });
    },
    release() {
      const events = delayed.toReversed();
      delayed = [];
      queue(events);
    },
    async redeliver(times) {
      if (!last) throw new Error('Nothing has been delivered yet.');
      const { events, attempt: sent } = last;
      for (let repeat = 1; repeat <= times; repeat += 1) await attempt({ events, attempt: sent + repeat });
    },
    settled: () => (resting() ? Promise.resolve() : new Promise((resolve) => onRest.push(resolve))),
    stop() {
      stopped.abort();
      clearInterval(timer);
      fresh = [];
      ready = [];
      waiting = [];
      noteRest();
    },
  };
}
