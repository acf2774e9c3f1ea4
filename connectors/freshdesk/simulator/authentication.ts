import type { RequestHandler } from 'express';
import { unauthenticated } from './refusals.ts';

/** Lets in whoever has the key as the name; the password may be anything, but it has to be there. */
export function authenticate(apiKey: string): RequestHandler {
  return (request, _response, next) => {
    const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ');
    const [name, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    if (scheme !== 'Basic' || name !== apiKey || password.join(':') === '') throw unauthenticated();
    next();
  };
}
