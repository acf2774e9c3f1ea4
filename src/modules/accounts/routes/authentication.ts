import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { invalidField } from '../../../model/errors.ts';
import { noteChange } from '../../../platform/audit/queries.ts';
import type { PlatformContext } from '../../../platform/context.ts';
import type { Caller } from '../../../platform/http/caller.ts';
import { requestLanguage } from '../../../platform/http/messages.ts';
import type { Access } from '../access.ts';
import { addressHeader, requestHeader } from '../account-paths.ts';
import type { AccountAlert } from '../account-record.ts';

/** Nothing of it is longer than a name and a password; read before anything looks at who it is. */
const body = express.text({ type: () => true, limit: '10kb' });

/** No host name is longer than 253 characters. */
const longestOrigin = 300;

/** What of it changes something, and what the audit log calls that. */
const changes: Readonly<Record<string, string>> = {
  '/change-password': 'password.change',
  '/two-factor/enable': 'twofactor.begin',
  '/two-factor/verify-totp': 'twofactor.enable',
  '/two-factor/generate-backup-codes': 'twofactor.renew',
  '/two-factor/disable': 'twofactor.disable',
};

/** Which of these the owner of the account is told by email. */
const events: Readonly<Record<string, AccountAlert>> = {
  'password.change': 'password_changed',
  'twofactor.enable': 'factor_on',
  'twofactor.disable': 'factor_off',
};

/** Signing in and out, and whatever else of accounts better-auth does itself. */
export function authentication(context: PlatformContext, access: Access): Router {
  const serve: RequestHandler = async (request, response) => {
    if ((request.headers.origin ?? '').length > longestOrigin) {
      throw invalidField('Origin', { code: 'field.too_long', params: { max: longestOrigin } });
    }
    // Whom the visitor's address was believed from is settled already; what else they send in it is not.
    request.headers[addressHeader] = request.ip ?? '';
    request.headers[requestHeader] = String(response.locals.requestId ?? '');
    const action = changes[request.path];
    // Before it is done: afterwards this session may be another one. One that was not used for too long ends here.
    const caller = await access.identify(request.headers);
    // Its answers are in the language that every other answer to this caller is in.
    request.headers['accept-language'] = requestLanguage(request, caller);
    await access.serveAccounts(request, response);
    if (action !== undefined && caller?.user && response.statusCode === 200 && !isNoChange(action, caller)) {
      const { workspaceId, actor } = caller;
      await noteChange(context.database.db, { workspaceId, actor, action, subject: actor, at: context.clock() });
      const event = events[action];
      if (event) access.notify(event, actor);
    }
  };

  const router = express.Router();
  router.use((request: Request, response: Response, next) => {
    if (access.openPaths.includes(request.path)) body(request, response, next);
    else next('router');
  }, serve);
  return router;
}

/** A code of a second factor that is in use already proves something, and changes nothing. */
function isNoChange(action: string, { user }: Caller): boolean {
  return action === 'twofactor.enable' && user?.twoFactor === true;
}
