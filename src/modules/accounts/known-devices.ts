import { randomBytes } from 'node:crypto';
import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint, type createAuthMiddleware } from 'better-auth/api';
import { z } from 'zod';
import type { AccountHash } from './account-hash.ts';

type HookContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** What reading and writing a signed cookie takes of better-auth: its hooks have it, and its endpoints. */
type CookieContext = Pick<HookContext, 'getSignedCookie' | 'setSignedCookie'> & {
  context: Pick<HookContext['context'], 'createAuthCookie' | 'secret'>;
};

/** As long as browsers keep a cookie. */
const lasts = 400 * 24 * 3600;

/** Of so many accounts a browser is remembered. */
const mostAccounts = 5;

const cookieName = 'device';

/**
 * Remembers in a signed cookie which accounts a browser has signed in to: nothing is kept here, and nobody can make one.
 */
export function createKnownDevices(accountHash: AccountHash) {
  async function read(context: CookieContext): Promise<readonly string[]> {
    const { createAuthCookie, secret } = context.context;
    const value = await context.getSignedCookie(createAuthCookie(cookieName).name, secret);
    return value ? value.split('~') : [];
  }

  return {
    /** @returns what names this browser, empty when it never signed in to this account */
    async find(context: CookieContext, email: string): Promise<string> {
      const [device = '', ...accounts] = await read(context);
      return accounts.includes(accountHash(email)) ? device : '';
    },
    async remember(context: CookieContext, email: string): Promise<void> {
      const [device = randomBytes(16).toString('base64url'), ...accounts] = await read(context);
      const account = accountHash(email);
      const remembered = [account, ...accounts.filter((other) => other !== account)].slice(0, mostAccounts);
      const { createAuthCookie, secret } = context.context;
      const { name, attributes } = createAuthCookie(cookieName, { maxAge: lasts });
      await context.setSignedCookie(name, [device, ...remembered].join('~'), secret, attributes);
    },
  };
}

/**
 * `auth.api.rememberDevice` for what happens outside of better-auth: somebody who has just chosen the password of an
 * account by a link of ours is its owner, and their browser is known before they sign in. It has no address.
 */
export function knownDevices(accountHash: AccountHash) {
  const devices = createKnownDevices(accountHash);
  const input = { method: 'POST', body: z.object({ email: z.string() }), requireHeaders: true } as const;
  return {
    id: 'scoreback-known-devices',
    endpoints: {
      rememberDevice: createAuthEndpoint.serverOnly(input, (context) => devices.remember(context, context.body.email)),
    },
  } satisfies BetterAuthPlugin;
}
