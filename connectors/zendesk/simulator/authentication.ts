import { randomBytes } from 'node:crypto';
import { type NextFunction, type RequestHandler, type Response, Router } from 'express';
import type { Account, User } from './account.ts';
import { isObject } from './reading.ts';
import { forbidden, invalidRequest, Refusal, unauthenticated } from './refusals.ts';

/** Words that nobody can take for a real secret, another set in each instance. */
export type Credentials = { clientId: string; clientSecret: string; apiToken: string };

type IssuedToken = { scopes: readonly string[]; expiresAt: number };

const defaultLifeSeconds = 1800;

export function inventCredentials(): Credentials {
  const invented = (what: string) => `fake-zendesk-${what}-${randomBytes(8).toString('hex')}`;
  return { clientId: 'scoreback_sandbox', clientSecret: invented('client-secret'), apiToken: invented('api-token') };
}

export function createAuthentication(
  account: Account,
  credentials: Credentials,
): { tokens: Router; authenticate: RequestHandler; expireTokens: () => void } {
  const issued = new Map<string, IssuedToken>();

  const tokens = Router();
  tokens.post('/oauth/tokens', (request, response) => {
    const body: unknown = request.body;
    if (!isObject(body)) throw oauthRefusal(400, 'invalid_request', 'The body has to be JSON.');
    if (body.grant_type !== 'client_credentials') {
      throw oauthRefusal(400, 'unsupported_grant_type', 'The authorization grant type is not supported.');
    }
    if (body.client_id !== credentials.clientId || body.client_secret !== credentials.clientSecret) {
      throw oauthRefusal(401, 'invalid_client', 'Client authentication failed due to unknown client or wrong secret.');
    }
    const life = readLife(body.expires_in);
    const scope = typeof body.scope === 'string' ? body.scope : '';
    const token = `fake-zendesk-access-token-${randomBytes(16).toString('hex')}`;
    // A scope that does not exist is only noticed when the token is used.
    issued.set(token, { scopes: scope.split(' '), expiresAt: account.clock().getTime() + life * 1000 });
    response.status(201).json({ access_token: token, token_type: 'bearer', scope, expires_in: life });
  });

  function findBearer(token: string, method: string, path: string): User {
    const known = issued.get(token);
    if (!known || known.expiresAt <= account.clock().getTime()) {
      throw oauthRefusal(401, 'invalid_token', 'The access token provided is expired, revoked or malformed.');
    }
    if (!allows(known.scopes, method, path)) throw forbidden('The token has no scope for this.');
    return account.admin;
  }

  function findByApiToken(encoded: string): User {
    const [login, secret] = splitOnce(Buffer.from(encoded, 'base64').toString('utf8'), '/token:');
    const user = login === undefined ? undefined : account.findUsersByEmail(login)[0];
    if (secret !== credentials.apiToken || !user || user.role === 'end-user') throw unauthenticated();
    return user;
  }

  const authenticate: RequestHandler = (request, response, next) => {
    const [scheme, proof] = splitOnce(request.get('authorization') ?? '', ' ');
    if (proof === undefined) throw unauthenticated();
    if (scheme?.toLowerCase() === 'bearer') response.locals.actor = findBearer(proof, request.method, request.path);
    else if (scheme?.toLowerCase() === 'basic') response.locals.actor = findByApiToken(proof);
    else throw unauthenticated();
    next();
  };

  return { tokens, authenticate, expireTokens: () => issued.clear() };
}

/** Who makes this call. */
export function signedInUser(response: Response): User {
  return response.locals.actor as User;
}

/** Fields are made, webhooks kept and exports taken by admins only. */
export function admitAdmins(_request: unknown, response: Response, next: NextFunction): void {
  if (signedInUser(response).role !== 'admin') throw forbidden();
  next();
}

/** Only some resources have a scope of their own; the rest (user fields, jobs, exports) needs the broad ones. */
function allows(scopes: readonly string[], method: string, path: string): boolean {
  const deed = method === 'GET' ? 'read' : 'write';
  const resource = path.split('/')[1];
  const named = resource === 'tickets' || resource === 'users' || resource === 'webhooks';
  return scopes.includes(deed) || (named && scopes.includes(`${resource}:${deed}`));
}

function readLife(raw: unknown): number {
  if (raw === undefined) return defaultLifeSeconds;
  if (typeof raw !== 'number' || raw < 300 || raw > 172_800) {
    throw invalidRequest('expires_in', 'It has to be between 300 and 172800.');
  }
  return raw;
}

function oauthRefusal(status: number, error: string, description: string): Refusal {
  return new Refusal(status, { error, error_description: description });
}

function splitOnce(text: string, separator: string): [string | undefined, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [undefined, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
