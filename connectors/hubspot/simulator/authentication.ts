import type { RequestHandler } from 'express';
import { unauthenticated } from './refusals.ts';

/** Lets in who carries the static token of the app. */
export function authenticate(token: string): RequestHandler {
  return (request, _response, next) => {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      throw unauthenticated(
        'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
      );
    }
    if (authorization !== `Bearer ${token}`) throw unauthenticated('The access token is invalid.');
    next();
  };
}
