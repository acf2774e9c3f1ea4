import { hkdfSync } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { isAPIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import { organization } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import { adminAc, defaultStatements, ownerAc } from 'better-auth/plugins/organization/access';
import type { Logger } from 'pino';
import { accountTables } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';

export const shortestPassword = 10;
export const longestPassword = 128;

/** In which header the visitor's address stands for better-auth; whatever a visitor sends in it is replaced. */
export const addressHeader = 'x-visitor-address';

/** What of better-auth can be reached from outside; whatever is not here is closed, signing up above all. */
export const openPaths: readonly string[] = [
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
  '/change-password',
  '/update-user',
  '/organization/set-active',
];

export type SessionFound = {
  user: { id: string; name: string; email: string };
  /** The workspace that the session looks at; nothing when it has not chosen. */
  workspaceId: string | undefined;
};

/** People with passwords and sessions. */
export type Accounts = {
  /** Serves `/api/auth/*`. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  findSession(headers: IncomingHttpHeaders): Promise<SessionFound | undefined>;
};

export type AccountOptions = {
  database: Database;
  publicUrl: string;
  /** The origins that pages of our own are loaded from. */
  origins: readonly string[];
  /** What signs the cookies is made of it. */
  secretKey: string;
  log: Logger;
};

/** Better-auth, with workspaces as its organizations. */
export function createAccounts({ database, publicUrl, origins, secretKey, log }: AccountOptions): Accounts {
  const { db, tables } = accountTables(database);
  const auth = betterAuth({
    appName: 'Scoreback',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: Buffer.from(hkdfSync('sha256', secretKey, '', 'scoreback sessions', 32)).toString('base64url'),
    trustedOrigins: [...origins],
    database: drizzleAdapter(db, { provider: 'pg', schema: tables }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
    plugins: [organization({ allowUserToCreateOrganization: false, roles })],
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': { window: 60, max: 10 }, '/change-password': { window: 60, max: 5 } },
    },
    advanced: {
      cookiePrefix: 'scoreback',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // Said because better-auth leaves both out where it believes to be in a test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    telemetry: { enabled: false },
    // Only the constant message: what stands beside it may hold an address or a token.
    logger: {
      level: 'warn',
      log: (_level, message) => log.warn({ reason: message }, 'better-auth has something to say'),
    },
    onAPIError: {
      onError(failure) {
        if (!isAPIError(failure)) log.error({ err: failure }, 'better-auth failed');
      },
    },
  });

  return {
    serve: toNodeHandler(auth),
    async findSession(headers) {
      const found = await auth.api.getSession({ headers: fromNodeHeaders(headers), query: { disableRefresh: true } });
      if (!found) return undefined;
      const { id, name, email } = found.user;
      return { user: { id, name, email }, workspaceId: found.session.activeOrganizationId ?? undefined };
    },
  };
}

const control = createAccessControl(defaultStatements);
const roles = {
  owner: control.newRole({ ...ownerAc.statements }),
  admin: control.newRole({ ...adminAc.statements }),
  viewer: control.newRole({}),
};
