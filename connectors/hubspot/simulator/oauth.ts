import { randomUUID } from 'node:crypto';
import express, { Router } from 'express';
import { z } from 'zod';
import { account } from './account.ts';
import { readBody, readQuery } from './inputs.ts';
import { badRefreshToken, Refusal } from './refusals.ts';

/** What the account has let the app do, and the tokens that came of it. */
export type Consents = {
  readonly clientId: string;
  readonly clientSecret: string;
  accepts(token: string): boolean;
  /** The access tokens given so far end now; new ones may be had. */
  expire(): void;
  /** The app is uninstalled: nothing that was ever given is taken. */
  revoke(): void;
  grantCode(redirectUri: string, scopes: readonly string[]): string;
  exchangeCode(code: string, redirectUri: string): object;
  /** Gives another refresh token each time, and takes the old one no more. */
  refresh(refreshToken: string): object;
};

/** Seconds. */
const lifetime = 1800;

export function createConsents(clock: () => Date, client: { clientId: string; clientSecret: string }): Consents {
  const codes = new Map<string, { redirectUri: string; scopes: readonly string[] }>();
  let refreshTokens = new Map<string, readonly string[]>();
  let accessTokens = new Map<string, number>();

  function give(scopes: readonly string[]): object {
    const access = `fake-hubspot-oauth-token-${randomUUID()}`;
    const refresh = `fake-hubspot-refresh-token-${randomUUID()}`;
    accessTokens.set(access, clock().getTime() + lifetime * 1000);
    refreshTokens.set(refresh, scopes);
    return {
      ...{ token_type: 'bearer', refresh_token: refresh, access_token: access, expires_in: lifetime },
      ...{ hub_id: account.portalId, scopes, user_id: 9_104_001, token_use: 'access_token' },
    };
  }

  return {
    ...client,
    accepts: (token) => (accessTokens.get(token) ?? 0) > clock().getTime(),
    expire() {
      accessTokens = new Map();
    },
    revoke() {
      accessTokens = new Map();
      refreshTokens = new Map();
    },
    grantCode(redirectUri, scopes) {
      const code = randomUUID();
      codes.set(code, { redirectUri, scopes });
      return code;
    },
    exchangeCode(code, redirectUri) {
      const granted = codes.get(code);
      codes.delete(code);
      if (granted?.redirectUri !== redirectUri) {
        throw new Refusal(400, 'missing or unknown auth code', { status: 'BAD_AUTH_CODE', error: 'invalid_grant' });
      }
      return give(granted.scopes);
    },
    refresh(refreshToken) {
      const scopes = refreshTokens.get(refreshToken);
      if (!scopes) throw badRefreshToken();
      refreshTokens.delete(refreshToken);
      return give(scopes);
    },
  };
}

const client = { client_id: z.string(), client_secret: z.string() };
const TokenRequest = z.discriminatedUnion('grant_type', [
  z.strictObject({
    ...client,
    grant_type: z.literal('authorization_code'),
    code: z.string(),
    redirect_uri: z.string(),
  }),
  z.strictObject({ ...client, grant_type: z.literal('refresh_token'), refresh_token: z.string() }),
]);

/** Where people consent, here at once, and where the app fetches its tokens. */
export function oauthRoutes(consents: Consents, version: string): Router {
  const router = Router({ caseSensitive: true, strict: true });

  router.get('/oauth/authorize', (request, response) => {
    const query = readQuery(request, ['client_id', 'redirect_uri', 'scope', 'optional_scope', 'state']);
    const [redirectUri, scope] = [query.one('redirect_uri'), query.one('scope')];
    if (query.one('client_id') !== consents.clientId || redirectUri === undefined || scope === undefined) {
      throw new Refusal(400, 'Authorization failed because the app is not known, or the address is incomplete.');
    }
    const back = new URL(redirectUri);
    const scopes = `${scope} ${query.one('optional_scope') ?? ''}`.trim().split(' ');
    back.searchParams.set('code', consents.grantCode(redirectUri, scopes));
    const state = query.one('state');
    if (state !== undefined) back.searchParams.set('state', state);
    response.redirect(302, back.href);
  });

  router.post(`/oauth/${version}/token`, express.urlencoded({ extended: false }), (request, response) => {
    if (!request.is('application/x-www-form-urlencoded')) throw new Refusal(415, 'Unsupported Media Type');
    const asked = readBody(TokenRequest, request);
    if (asked.client_id !== consents.clientId || asked.client_secret !== consents.clientSecret) {
      throw new Refusal(400, 'missing or invalid client secret', {
        status: 'BAD_CLIENT_SECRET',
        error: 'invalid_client',
      });
    }
    response.json(
      asked.grant_type === 'refresh_token'
        ? consents.refresh(asked.refresh_token)
        : consents.exchangeCode(asked.code, asked.redirect_uri),
    );
  });
  return router;
}
