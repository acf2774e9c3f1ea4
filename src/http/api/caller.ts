import type { RequestHandler, Response } from 'express';
import type { Access } from '../../access/access.ts';
import type { Caller, SignedIn } from '../../access/caller.ts';
import type { Scope } from '../../access/scopes.ts';
import { answerProblem } from '../failures.ts';

/** Finds out who calls, before anything that they sent is read. */
export function identify(access: Access): RequestHandler {
  return async (request, response, next) => {
    const caller = await access.identify(request.headers);
    response.locals.caller = caller;
    // A browser sends the cookie along whoever's page makes it ask.
    const changes = !['GET', 'HEAD'].includes(request.method);
    if (caller?.user && changes && !access.isOurs(request.headers.origin)) {
      const detail = 'With a session, only pages of this service itself may change something.';
      answerProblem(response, { status: 403, code: 'foreign_origin', detail });
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

/** Lets in who may do this, and tells the others what they lack. */
export function allow(scope: Scope | 'self'): RequestHandler {
  return (_request, response, next) => {
    const caller = response.locals.caller as Caller | undefined;
    if (!caller) {
      const detail = 'Sign in, or send a key as "Authorization: Bearer …".';
      response.set('WWW-Authenticate', 'Bearer');
      answerProblem(response, { status: 401, code: 'unauthorized', detail });
      return;
    }
    if (scope === 'self') {
      if (caller.user) next();
      else
        answerProblem(response, {
          status: 403,
          code: 'forbidden',
          detail: 'This is about a person, and a key is none.',
        });
      return;
    }
    if (!caller.scopes.has(scope)) {
      const lacking = caller.user ? `the role ${caller.user.role} does not have` : 'this key does not have';
      const detail = `This needs the scope "${scope}", which ${lacking}.`;
      answerProblem(response, { status: 403, code: 'forbidden', detail });
      return;
    }
    next();
  };
}
