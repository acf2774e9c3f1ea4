import type { Request, RequestHandler, Response } from 'express';
import type { Disturbance } from '../../../src/connector.ts';
import { Refusal, tooManyRequests, unauthenticated } from './refusals.ts';

export type Disturbances = {
  add(disturbance: Disturbance): void;
  calm(): void;
  /** Spoils the calls that an order is about. */
  disturbCall: RequestHandler;
  /** What happens to a webhook for this address before it is sent. */
  obstacle(url: string): 'mute' | 'reorder' | undefined;
  /** Hangs up on those who were left without an answer. */
  stop(): void;
};

export function createDisturbances(): Disturbances {
  let orders: { disturbance: Disturbance; left: number }[] = [];
  const hanging = new Set<Response>();

  /** The first order that applies; one of its times is used up. */
  function take(applies: (disturbance: Disturbance) => boolean): Disturbance | undefined {
    const order = orders.find(({ disturbance }) => applies(disturbance));
    if (!order) return undefined;
    order.left -= 1;
    orders = orders.filter(({ left }) => left > 0);
    return order.disturbance;
  }

  return {
    add: (disturbance) => void orders.push({ disturbance, left: disturbance.times ?? Number.POSITIVE_INFINITY }),
    calm() {
      orders = [];
    },
    disturbCall(request, response, next) {
      const order = take((disturbance) => concernsCall(disturbance, request));
      switch (order?.kind) {
        case 'throttle':
          throw tooManyRequests(order.retryAfterSeconds ?? 1);
        case 'revoke':
          throw unauthenticated();
        case 'poison':
          throw new Refusal(500, { message: 'Internal Server Error' });
        case 'fail':
          response.status(502).type('html').send('<html><body><h1>502 Bad Gateway</h1></body></html>');
          return;
        case 'drop':
          request.socket.destroy();
          return;
        case 'hang':
          hanging.add(response);
          return;
        default:
          next();
      }
    },
    obstacle(url) {
      const order = take(({ kind, path }) => (kind === 'mute' || kind === 'reorder') && url.includes(path ?? ''));
      return order?.kind === 'mute' || order?.kind === 'reorder' ? order.kind : undefined;
    },
    stop() {
      for (const response of hanging) response.destroy();
      hanging.clear();
    },
  };
}

function concernsCall({ kind, path = '', recordId }: Disturbance, request: Request): boolean {
  if (kind === 'mute' || kind === 'reorder' || !request.path.includes(path)) return false;
  return kind !== 'poison' || (request.method === 'PUT' && request.path.endsWith(`/contacts/${recordId}`));
}
