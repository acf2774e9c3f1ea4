import type { RequestHandler } from 'express';
import type { Consents } from './oauth.ts';
import { unauthenticated } from './refusals.ts';

/** Lets in who carries the static token of the app, or one that came of a consent. */
export function authenticate(token: string, consents: Consents): RequestHandler {
  return (request, _response, next) => {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      throw unauthenticated(
        'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
      );
    }
    const sent = authorization.replace(/^Bearer /u, '');
    if (authorization !== `Bearer ${token}` && !consents.accepts(sent)) {
      throw unauthenticated('The access token is expired or invalid.');
    }
    next();
  };
}
