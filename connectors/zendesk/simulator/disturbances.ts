import type { Request, RequestHandler, Response } from 'express';
import type { Disturbance } from '../../../src/connector.ts';
import { isObject } from './reading.ts';
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

const badGateway = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

export function createDisturbances(): Disturbances {
  let orders: { disturbance: Disturbance; left: number }[] = [];
  const hanging = new Set<Response>();

  /** The first order that applies; one of its times is used up. */
  function take(applies: (disturbance: Disturbance) => boolean): Disturbance | undefined {
    const order = orders.find(({ disturbance }) => applies(disturbance));
    if (!order) return undefined;
    order.left -= 1;
    if (order.left <= 0) orders = orders.filter((other) => other !== order);
    return order.disturbance;
  }

  return {
    add(disturbance) {
      orders.push({ disturbance, left: disturbance.times ?? Number.POSITIVE_INFINITY });
    },
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
          throw new Refusal(500, { error: 'InternalError', description: 'Something went wrong' });
        case 'fail':
          response.status(502).type('html').send(badGateway);
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
  return kind !== 'poison' || (recordId !== undefined && writesUser(request, recordId));
}

function writesUser(request: Request, id: string): boolean {
  if (request.method === 'GET' || !request.path.includes('/users')) return false;
  const body: unknown = request.body;
  const rows = isObject(body) && Array.isArray(body.users) ? body.users : [];
  const named = new URL(request.url, 'http://zendesk.invalid').searchParams.get('ids')?.split(',') ?? [];
  return (
    request.path.split(/[/.]/).includes(id) ||
    named.includes(id) ||
    rows.some((row: unknown) => isObject(row) && String(row.id) === id)
  );
}
