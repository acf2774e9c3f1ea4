import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Access } from '../../access/access.ts';
import type { Caller, SignedIn } from '../../access/caller.ts';
import type { Scope } from '../../access/scopes.ts';
import { answerProblem } from '../failures.ts';
import type { Route } from './route.ts';

/** Why a caller is refused: a constant for log lines and programs, and a sentence for people. */
type Refusal = { status: 401 | 403; code: string; detail: string };

/** Finds out who calls, before anything that they sent is read. */
export function identify(access: Access, log: Logger): RequestHandler {
  return async (request, response, next) => {
    const caller = await access.identify(request.headers);
    response.locals.caller = caller;
    // A browser sends the cookie along whoever's page makes it ask.
    const changes = !['GET', 'HEAD'].includes(request.method);
    if (caller?.user && changes && !access.isOurs(request.headers.origin)) {
      const detail = 'With a session, only pages of this service itself may change something.';
      refuse(response, log, { status: 403, code: 'foreign_origin', detail }, request.method);
      return;
    }
    next();
  };
}

/** @throws when nobody was identified: `allow` stands before it */
export function callerOf(response: Response): Caller {
  const caller: unknown = response.locals.caller;
  if (!caller) throw new Error('a route was reached by nobody');
  return caller as Caller;
}

/** Who signed in. @throws when it is a key: `allow` stands before it */
export function signedIn({ user }: Caller): SignedIn {
  if (!user) throw new Error('a route about a person was reached by a key');
  return user;
}

/** Lets in who may do this, and tells the others what they lack. Each refusal leaves a log line. */
export function allow(route: Route, isFresh: Access['isFresh'], log: Logger): RequestHandler {
  return (_request, response, next) => {
    const caller = response.locals.caller as Caller | undefined;
    const refusal = refusalOf(caller, route, isFresh);
    if (!refusal) {
      next();
      return;
    }
    if (refusal.status === 401) response.set('WWW-Authenticate', 'Bearer');
    refuse(response, log, refusal, route.method.toUpperCase(), route.path);
  };
}

function refusalOf(
  caller: Caller | undefined,
  { scope, isSensitive = false }: Route,
  isFresh: Access['isFresh'],
): Refusal | undefined {
  if (!caller) {
    const detail = 'Sign in, or send a key as "Authorization: Bearer …".';
    return { status: 401, code: 'unauthorized', detail };
  }
  if (scope === 'self' && !caller.user) {
    return { status: 403, code: 'forbidden', detail: 'This is about a person, and a key is none.' };
  }
  if (scope !== null && scope !== 'self' && !caller.scopes.has(scope)) return lackOf(caller, scope);
  if (isSensitive && !isFresh(caller)) {
    const detail = 'Give your password or second factor again (POST /api/confirm), then repeat this within 15 minutes.';
    return { status: 403, code: 'fresh_sign_in_required', detail };
  }
  return undefined;
}

function lackOf({ user }: Caller, scope: Scope): Refusal {
  if (user?.twoFactorMissing) {
    const detail = 'This workspace requires two-factor authentication of admins: turn it on in your account first.';
    return { status: 403, code: 'two_factor_required', detail };
  }
  const lacking = user ? `the role ${user.role} does not have` : 'this key does not have';
  return { status: 403, code: 'forbidden', detail: `This needs the scope "${scope}", which ${lacking}.` };
}

/** The route's pattern, never the path: a path may hold what is nobody's business. */
function refuse(response: Response, log: Logger, refusal: Refusal, method: string, route?: string): void {
  const { requestId: request, caller } = response.locals;
  const actor = (caller as Caller | undefined)?.actor;
  const { status, code: reason } = refusal;
  log.info({ code: 'api.refused', reason, status, actor, request, method, route }, 'A call of the API was refused.');
  answerProblem(response, refusal);
}
