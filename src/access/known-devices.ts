import { randomBytes } from 'node:crypto';
import type { createAuthMiddleware } from 'better-auth/api';
import type { AccountHash } from './account-hash.ts';

type HookContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** As long as browsers keep a cookie. */
const lasts = 400 * 24 * 3600;

/** Of so many accounts a browser is remembered. */
const mostAccounts = 5;

const cookieName = 'device';

/**
 * Remembers in a signed cookie which accounts a browser has signed in to: nothing is kept here, and nobody can make one.
 */
export function createKnownDevices(accountHash: AccountHash) {
  async function read(context: HookContext): Promise<readonly string[]> {
    const { createAuthCookie, secret } = context.context;
    const value = await context.getSignedCookie(createAuthCookie(cookieName).name, secret);
    return value ? value.split('~') : [];
  }

  return {
    /** @returns what names this browser, empty when it never signed in to this account */
    async find(context: HookContext, email: string): Promise<string> {
      const [device = '', ...accounts] = await read(context);
      return accounts.includes(accountHash(email)) ? device : '';
    },
    async remember(context: HookContext, email: string): Promise<void> {
      const [device = randomBytes(16).toString('base64url'), ...accounts] = await read(context);
      const account = accountHash(email);
      const kept = [account, ...accounts.filter((other) => other !== account)].slice(0, mostAccounts);
      const { createAuthCookie, secret } = context.context;
      const { name, attributes } = createAuthCookie(cookieName, { maxAge: lasts });
      await context.setSignedCookie(name, [device, ...kept].join('~'), secret, attributes);
    },
  };
}
