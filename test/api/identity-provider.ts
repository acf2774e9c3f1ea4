import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the provider says of whoever signs in there. */
export type Claims = {
  sub: string;
  email?: string;
  email_verified?: boolean | string | undefined;
  xms_edov?: boolean | string | number;
  name?: string;
};

export const client = { id: 'scoreback', secret: 'a-secret-of-the-provider' };

/** A small OpenID Connect provider: the authorization code flow with PKCE, and everybody signs in at once. */
export type IdentityProvider = Awaited<ReturnType<typeof openIdentityProvider>>;

export async function openIdentityProvider() {
  const keys = {
    right: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    wrong: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  };
  const codes = new Map<string, { claims: Claims; nonce: string | null; challenge: string | null; redirect: string }>();
  /** How it behaves; the tests change it. */
  const state = {
    claims: { sub: 'unknown' } as Claims,
    down: false,
    signsWith: 'right' as keyof typeof keys,
    audience: client.id,
    /** In the place of the one that was sent. */
    nonce: undefined as string | undefined,
  };
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    const json = (body: object, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (state.down) return void json({ error: 'temporarily_unavailable' }, 503);
    if (url.pathname === '/.well-known/openid-configuration') return void json(discovery());
    if (url.pathname === '/jwks')
      return void json({
        keys: [{ ...keys.right.publicKey.export({ format: 'jwk' }), kid: 'a', alg: 'RS256', use: 'sig' }],
      });
    if (url.pathname === '/authorize') return authorize(url, response);
    if (url.pathname === '/token') return void json(...exchange(new URLSearchParams(await text(request)), request));
    if (url.pathname === '/userinfo') return void json(state.claims);
    json({ error: 'not_found' }, 404);
  }

  const discovery = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  });

  function authorize({ searchParams: asked }: URL, response: ServerResponse): void {
    const redirect = asked.get('redirect_uri') ?? '';
    const code = randomUUID();
    codes.set(code, {
      claims: state.claims,
      nonce: asked.get('nonce'),
      challenge: asked.get('code_challenge'),
      redirect,
    });
    const back = new URL(redirect);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  }

  function exchange(sent: URLSearchParams, { headers }: IncomingMessage): [object, number?] {
    const given = codes.get(sent.get('code') ?? '');
    codes.delete(sent.get('code') ?? '');
    const basic = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
    const isKnown = headers.authorization === basic || sent.get('client_secret') === client.secret;
    const challenge = createHash('sha256')
      .update(sent.get('code_verifier') ?? '')
      .digest('base64url');
    if (!given || !isKnown || challenge !== given.challenge || sent.get('redirect_uri') !== given.redirect) {
      return [{ error: 'invalid_grant' }, 400];
    }
    const now = Math.floor(Date.now() / 1000);
    const nonce = state.nonce ?? given.nonce ?? undefined;
    const claims = { iss: issuer, aud: state.audience, iat: now, exp: now + 300, nonce, ...given.claims };
    return [{ access_token: 'an-access-token', token_type: 'Bearer', expires_in: 300, id_token: signed(claims) }];
  }

  function signed(claims: object): string {
    const part = (of: object) => Buffer.from(JSON.stringify(of)).toString('base64url');
    const head = `${part({ alg: 'RS256', kid: 'a', typ: 'JWT' })}.${part(claims)}`;
    return `${head}.${sign('sha256', Buffer.from(head), keys[state.signsWith].privateKey).toString('base64url')}`;
  }

  return {
    issuer,
    state,
    signed,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
