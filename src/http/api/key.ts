import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets in who sends the key as `Authorization: Bearer …`; nobody when there is none. */
export function requireKey(apiKey: string | undefined): RequestHandler {
  const expected = apiKey === undefined ? undefined : digest(apiKey);
  return (request, response, next) => {
    const [, sent] = /^Bearer +(\S+)$/iu.exec(request.headers.authorization ?? '') ?? [];
    if (expected && sent !== undefined && timingSafeEqual(digest(sent), expected)) {
      next();
      return;
    }
    const detail = expected
      ? 'Send the key as "Authorization: Bearer <API_KEY>".'
      : 'The API is closed: set API_KEY and restart.';
    const problem = { status: 401, title: 'Unauthorized', detail, code: 'unauthorized' };
    response
      .status(401)
      .set('WWW-Authenticate', 'Bearer')
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  };
}
