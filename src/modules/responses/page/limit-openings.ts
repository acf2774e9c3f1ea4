import type { RequestHandler } from 'express';
import { createRequestLimiter, networkPrefix, type RateLimits } from '../../../platform/http/request-limits.ts';
import type { ResponsesContext } from '../context.ts';

/** Tokens a minute of one link. A scanner that opens every link of an email, and each twice, stays below. */
const perLink = 60;

/** A token begins with the id of its invitation. */
const idLength = 22;

/**
 * Each opening is kept and judged, and whoever received an email can open its links as often as they like: so many a
 * minute from one network, and of one link.
 */
export function limitOpenings({ clock }: ResponsesContext, { page }: RateLimits): RequestHandler {
  const networks = createRequestLimiter(page, clock);
  const links = createRequestLimiter(page === 0 ? 0 : perLink, clock);
  return (request, _response, next) => {
    networks.spend(networkPrefix(request.ip));
    links.spend(`${request.baseUrl.toLowerCase()}/${asRouted(request.path).slice(1, 1 + idLength)}`);
    next();
  };
}

/** As the router reads it: a link spelled otherwise, with `%41` for `A`, is the same link. */
function asRouted(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // The router refuses it.
    return path;
  }
}
