import { createHmac, randomUUID } from 'node:crypto';
import type { Simulator } from '../../../src/connector.ts';
import type { VendorEvent } from './events.ts';
import { type DeliveryAnswer, waitBeforeRetry } from './retry-rules.ts';
import { extraHeaders } from './webhook-definitions.ts';
import type { Webhook } from './webhooks.ts';

/** Carries events to the webhooks that subscribe, with Zendesk's signature, patience and retries. */
export type Courier = {
  /** Every attempt that has ended, in this order. */
  attempts: Simulator['deliveries'];
  announce(event: VendorEvent): void;
  /** Sends what was held back, newest first. */
  release(): void;
  redeliver(times: number): Promise<void>;
  /** Sends the retries that have come due by the clock, which tests may move faster than time. */
  sendDue(): void;
  settled(): Promise<void>;
  stop(): void;
};

type Delivery = { webhook: Webhook; body: string; accountId: number; invocationId: string; attempts: number };

type Retry = {
  delivery: Delivery;
  dueAt: number;
  timer: NodeJS.Timeout;
  /** Until its time has passed for real, by whatever clock. */
  rest: Promise<void> | undefined;
  endRest(): void;
};

/** Zendesk gives a receiver this long, in milliseconds. */
const patience = 12_000;

export function createCourier(options: {
  clock: () => Date;
  webhooks: ReadonlyMap<string, Webhook>;
  /** What stands between this event and its receiver. */
  obstacle: (url: string) => 'mute' | 'reorder' | undefined;
  /** Milliseconds, in place of Zendesk's own. */
  timeout?: number;
}): Courier {
  const { clock, webhooks, obstacle, timeout = patience } = options;
  const attempts: { url: string; status: number; attempt: number }[] = [];
  const underWay = new Set<Promise<void>>();
  const waiting = new Set<Retry>();
  const delayed: Delivery[] = [];
  const stopping = new AbortController();
  let last: Delivery | undefined;

  async function attempt(delivery: Delivery): Promise<void> {
    if (stopping.signal.aborted) return;
    last = delivery;
    const { attempts: before } = delivery;
    delivery.attempts += 1;
    const answer = await post(delivery, AbortSignal.any([stopping.signal, AbortSignal.timeout(timeout)]), clock());
    const status = answer.kind === 'answered' ? answer.status : 0;
    attempts.push({ url: delivery.webhook.definition.endpoint, status, attempt: before });
    const wait = waitBeforeRetry(answer, delivery.attempts);
    if (wait !== undefined && !stopping.signal.aborted) postpone(delivery, wait);
  }

  function launch(work: Promise<void>): void {
    const tracked = work.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  }

  function postpone(delivery: Delivery, wait: number): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    // A little late, because a timer may fire just before the clock agrees.
    const timer = setTimeout(() => {
      retry.rest = undefined;
      sendDue();
      resolve();
    }, wait + 5).unref();
    const retry: Retry = { delivery, dueAt: clock().getTime() + wait, timer, rest: promise, endRest: resolve };
    waiting.add(retry);
  }

  function sendDue(): void {
    for (const retry of waiting) {
      if (retry.dueAt > clock().getTime()) continue;
      clearTimeout(retry.timer);
      waiting.delete(retry);
      launch(attempt(retry.delivery));
      retry.endRest();
    }
  }

  async function sendInTurn(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries) await attempt(delivery);
  }

  return {
    attempts,
    announce(event) {
      for (const webhook of webhooks.values()) {
        const { status, subscriptions, endpoint } = webhook.definition;
        if (status !== 'active' || !subscriptions.includes(event.type)) continue;
        const obstructed = obstacle(endpoint);
        if (obstructed === 'mute') continue;
        const body = JSON.stringify(event);
        const delivery = { webhook, body, accountId: event.account_id, invocationId: randomUUID(), attempts: 0 };
        if (obstructed === 'reorder') delayed.push(delivery);
        else launch(attempt(delivery));
      }
    },
    release() {
      launch(sendInTurn(delayed.splice(0).reverse()));
    },
    async redeliver(times) {
      if (!last) throw new Error('no webhook was delivered yet');
      const again = last;
      await sendInTurn(Array.from({ length: times }, () => again));
    },
    sendDue,
    async settled() {
      for (;;) {
        sendDue();
        const soon = [...waiting].filter(({ dueAt }) => dueAt - clock().getTime() <= 1000);
        const busy = [...underWay, ...soon.flatMap(({ rest }) => rest ?? [])];
        if (busy.length === 0) return;
        await Promise.all(busy);
      }
    },
    stop() {
      stopping.abort();
      for (const { timer, endRest } of waiting) {
        clearTimeout(timer);
        endRest();
      }
      waiting.clear();
    },
  };
}

/** The signature is over the timestamp and the body, with nothing between them. Each attempt is signed anew. */
async function post(delivery: Delivery, signal: AbortSignal, now: Date): Promise<DeliveryAnswer> {
  const { webhook, body, accountId, invocationId } = delivery;
  const signedAt = `${now.toISOString().slice(0, 19)}Z`;
  try {
    const response = await fetch(webhook.definition.endpoint, {
      method: 'POST',
      body,
      signal,
      redirect: 'manual',
      headers: {
        ...extraHeaders(webhook.definition),
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Zendesk Webhook',
        'x-zendesk-account-id': String(accountId),
        'x-zendesk-webhook-id': webhook.id,
        'x-zendesk-webhook-invocation-id': invocationId,
        'x-zendesk-webhook-signature': createHmac('sha256', webhook.secret)
          .update(signedAt)
          .update(body)
          .digest('base64'),
        'x-zendesk-webhook-signature-timestamp': signedAt,
      },
    });
    await response.arrayBuffer();
    return { kind: 'answered', status: response.status, retryAfter: response.headers.get('retry-after') };
  } catch (failure) {
    return { kind: failure instanceof DOMException && failure.name === 'TimeoutError' ? 'timed_out' : 'unreachable' };
  }
}
