import type { RequestHandler, Response } from 'express';
import type { Disturbance } from '../../../src/connector.ts';
import { overLimit, showExhausted } from './rate-limits.ts';
import { invalid, unauthenticated } from './refusals.ts';

export type Disturbances = {
  order(disturbance: Disturbance): void;
  calm(): void;
  /** The first order of one of these kinds that means this call, used up by one. */
  take(kinds: readonly Disturbance['kind'][], path: string, contactIds?: readonly string[]): Disturbance | undefined;
};

export function createDisturbances(): Disturbances {
  let orders: { disturbance: Disturbance; left: number }[] = [];
  return {
    order: (disturbance) => void orders.push({ disturbance, left: disturbance.times ?? Number.POSITIVE_INFINITY }),
    calm() {
      orders = [];
    },
    take(kinds, path, contactIds = []) {
      const order = orders.find(
        ({ disturbance: { kind, path: part, contactId }, left }) =>
          left > 0 &&
          kinds.includes(kind) &&
          path.includes(part ?? '') &&
          (kind !== 'poison' || contactIds.some((id) => id === contactId)),
      );
      if (order) order.left -= 1;
      return order?.disturbance;
    },
  };
}

/**
 * Spoils API calls as ordered. A dropped call is carried out and only its answer is lost, which is the worse of the
 * two things that a closed connection can mean; a hung one is not.
 */
export function disturbCalls(disturbances: Disturbances, hung: Set<Response>): RequestHandler {
  return (request, response, next) => {
    const disturbance = disturbances.take(['throttle', 'fail', 'drop', 'hang', 'revoke'], request.path);
    if (disturbance?.kind === 'throttle') {
      const { retryAfterSeconds } = disturbance;
      if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
      showExhausted(response, request.path);
      throw overLimit(request.path);
    }
    if (disturbance?.kind === 'revoke') throw unauthenticated('The access token has been revoked.');
    if (disturbance?.kind === 'fail') {
      response.status(502).type('html').send('<html><body><h1>502 Bad Gateway</h1></body></html>');
      return;
    }
    if (disturbance?.kind === 'hang') {
      hung.add(response);
      response.on('close', () => hung.delete(response));
      return;
    }
    if (disturbance?.kind === 'drop') response.end = () => response.destroy();
    next();
  };
}

/** Refuses a whole write that holds a poisoned contact, as a validation rule of the account's admins would. */
export function verifyUnpoisoned(disturbances: Disturbances, path: string, contactIds: readonly string[]): void {
  if (disturbances.take(['poison'], path, contactIds)) {
    throw invalid('Property values were not valid: a validation rule of this account refuses one of the records.');
  }
}
