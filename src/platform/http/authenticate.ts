import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { ErrorMessage } from '../../model/messages/error-message.ts';
import type { Caller, Identification, SignedIn } from './caller.ts';
import { answerError } from './failures.ts';
import type { Route } from './route.ts';
import type { Scope } from './scopes.ts';

/** Why a caller is refused. */
type Refusal = { status: 401 | 403; message: ErrorMessage };

/** Finds out who calls, before anything that they sent is read. */
export function identify(access: Identification, log: Logger): RequestHandler {
  return async (request, response, next) => {
    const caller = await access.identify(request.headers);
    response.locals.caller = caller;
    // A browser sends the cookie along whoever's page makes it ask.
    const changes = !['GET', 'HEAD'].includes(request.method);
    if (caller?.user && changes && !access.isOurs(request.headers.origin)) {
      const refusal: Refusal = { status: 403, message: { code: 'foreign_origin', params: {} } };
      refuse({ request, response, log }, refusal, request.method);
      return;
    }
    next();
  };
}

/** @throws when nobody was identified: `allow` stands before it */
export function readCaller(response: Response): Caller {
  const caller: unknown = response.locals.caller;
  if (!caller) throw new Error('a route was reached by nobody');
  return caller as Caller;
}

/** Who signed in. @throws when it is a key: `allow` stands before it */
export function signedIn({ user }: Caller): SignedIn {
  if (!user) throw new Error('a route about a contact was reached by a key');
  return user;
}

/** What of a route says who may. */
type Guarding = Pick<Route, 'method' | 'path' | 'scope' | 'isSensitive'>;

/** Lets in who may do this, and tells the others what they lack. Each refusal leaves a log line. */
export function allow(route: Guarding, isFresh: Identification['isFresh'], log: Logger): RequestHandler {
  return (request, response, next) => {
    const caller = response.locals.caller as Caller | undefined;
    const refusal = refusalOf(caller, route, isFresh);
    if (!refusal) {
      next();
      return;
    }
    if (refusal.status === 401) response.set('WWW-Authenticate', 'Bearer');
    refuse({ request, response, log }, refusal, route.method.toUpperCase(), route.path);
  };
}

function refusalOf(
  caller: Caller | undefined,
  { scope, isSensitive = false }: Guarding,
  isFresh: Identification['isFresh'],
): Refusal | undefined {
  if (!caller) return { status: 401, message: { code: 'unauthorized', params: {} } };
  if (scope === 'self' && !caller.user) return forbidden({ code: 'forbidden', params: { kind: 'self' } });
  if (scope !== null && scope !== 'self' && !caller.scopes.has(scope)) return forbidden(lackOf(caller, scope));
  if (isSensitive && !isFresh(caller)) return forbidden({ code: 'fresh_sign_in_required', params: {} });
  return undefined;
}

const forbidden = (message: ErrorMessage): Refusal => ({ status: 403, message });

function lackOf({ user }: Caller, scope: Scope): ErrorMessage {
  if (user?.twoFactorMissing) return { code: 'two_factor_required', params: {} };
  const params = user ? ({ kind: 'role', scope, role: user.role } as const) : ({ kind: 'key', scope } as const);
  return { code: 'forbidden', params };
}

/** The route's pattern, never the path: a path may hold what is nobody's business. */
function refuse(
  { request: from, response, log }: { request: Request; response: Response; log: Logger },
  { status, message }: Refusal,
  method: string,
  route?: string,
): void {
  const { requestId: request, caller } = response.locals;
  const actor = (caller as Caller | undefined)?.actor;
  const { code: reason, params } = message;
  log.info(
    { code: 'api.refused', reason, params, status, actor, request, method, route },
    'A call of the API was refused.',
  );
  answerError(from, response, status, message);
}
