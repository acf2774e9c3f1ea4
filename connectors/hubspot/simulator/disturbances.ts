import type { RequestHandler, Response } from 'express';
import type { Disturbance } from '../../../src/connector.ts';
import { overLimit, showExhausted } from './rate-limits.ts';
import { badRefreshToken, invalid, Refusal, unauthenticated } from './refusals.ts';

/** Also what HubSpot alone does: `lock` answers 423 as after too many writes at once, `migrate` 477 as during a move. */
export type HubspotDisturbance = Disturbance | (Omit<Disturbance, 'kind'> & { kind: 'lock' | 'migrate' });

export type Disturbances = {
  order(disturbance: HubspotDisturbance): void;
  calm(): void;
  /** The first order of one of these kinds that means this call, used up by one. */
  take(
    kinds: readonly HubspotDisturbance['kind'][],
    path: string,
    recordIds?: readonly string[],
  ): HubspotDisturbance | undefined;
};

export function createDisturbances(): Disturbances {
  let orders: { disturbance: HubspotDisturbance; left: number }[] = [];
  return {
    order: (disturbance) => void orders.push({ disturbance, left: disturbance.times ?? Number.POSITIVE_INFINITY }),
    calm() {
      orders = [];
    },
    take(kinds, path, recordIds = []) {
      const order = orders.find(
        ({ disturbance: { kind, path: part, recordId }, left }) =>
          left > 0 &&
          kinds.includes(kind) &&
          path.includes(part ?? '') &&
          (kind !== 'poison' || recordIds.some((id) => id === recordId)),
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
    const disturbance = disturbances.take(
      ['throttle', 'fail', 'drop', 'hang', 'revoke', 'lock', 'migrate'],
      request.path,
    );
    const { retryAfterSeconds } = disturbance ?? {};
    if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
    if (disturbance?.kind === 'lock') throw new Refusal(423, 'The resource is locked.', { category: 'LOCKED' });
    if (disturbance?.kind === 'migrate') throw new Refusal(477, 'This account is being migrated.');
    if (disturbance?.kind === 'throttle') {
      showExhausted(response, request.path);
      throw overLimit(request.path);
    }
    if (disturbance?.kind === 'revoke') {
      throw request.path.startsWith('/oauth/')
        ? badRefreshToken()
        : unauthenticated('The access token has been revoked.');
    }
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
export function verifyUnpoisoned(disturbances: Disturbances, path: string, recordIds: readonly string[]): void {
  if (disturbances.take(['poison'], path, recordIds)) {
    throw invalid('Property values were not valid: a validation rule of this account refuses one of the records.');
  }
}
