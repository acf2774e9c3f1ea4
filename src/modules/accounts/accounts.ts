import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { isAPIError } from 'better-auth/api';
import { type BetterAuthOptions, betterAuth } from 'better-auth/minimal';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import { createAccessControl } from 'better-auth/plugins/access';
import { organization } from 'better-auth/plugins/organization';
import { adminAc, defaultStatements, ownerAc } from 'better-auth/plugins/organization/access';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Logger } from 'pino';
import { answersProblems, codeOfMessage, refusalFrom } from './account-answers.ts';
import { accountGuards, type GuardOptions } from './account-guards.ts';
import { addressHeader, singleSignOnPaths } from './account-paths.ts';
import { sessionTimes } from './fresh-sign-in.ts';
import { knownDevices } from './known-devices.ts';
import { type PasswordHashing, slowHashing } from './password-hashing.ts';
import { longestPassword, shortestPassword } from './password-rules.ts';
import { accountTables } from './queries/accounts.ts';
import { type SingleSignOn, singleSignOnOptions } from './single-sign-on.ts';

export type SessionFound = {
  id: string;
  userId: string;
  createdAt: Date;
  verifiedAt: Date | undefined;
  seenAt: Date | undefined;
  /** The workspace that the session looks at; nothing when it has not chosen. */
  workspaceId: string | undefined;
};

/** People with passwords and sessions. */
export type Accounts = {
  /** Serves the open paths of `/api/auth/*`. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  findSession(headers: IncomingHttpHeaders): Promise<SessionFound | undefined>;
  /**
   * Whether this is the password, or a code of the second factor, of whoever is signed in.
   *
   * @throws RequestError when it is not, or was tried too often
   */
  verify(headers: IncomingHttpHeaders, given: { password: string } | { code: string }): Promise<void>;
  /**
   * Makes a browser known to an account, for whoever has just chosen its password by a link: their sign-in is counted
   * apart from strangers' guesses then.
   *
   * @param headers what the browser sent
   * @returns the cookies to set, as `Set-Cookie` has them
   */
  rememberDevice(headers: IncomingHttpHeaders, email: string): Promise<readonly string[]>;
};

export type AccountOptions = GuardOptions & {
  publicUrl: string;
  /** The origins that pages of our own are loaded from. */
  origins: readonly string[];
  /** Milliseconds after which a session ends, however much it is used. */
  longestSession: number;
  passwordHashing?: PasswordHashing | undefined;
  singleSignOn?: SingleSignOn | undefined;
  /** Where people of the provider's domains work. */
  workspaceId: string;
  clock: () => Date;
  log: Logger;
};

/** Better-auth, with workspaces as its organizations. */
export function createAccounts(options: AccountOptions): Accounts {
  const auth = betterAuth(settingsOf(options));
  const serve = toNodeHandler(answersProblems(auth.handler));
  const serveSingleSignOn = createSingleSignOn(options);

  return {
    serve: (request, response) => {
      const path = request.url?.split('?', 1)[0] ?? '';
      return serveSingleSignOn && singleSignOnPaths.includes(path)
        ? serveSingleSignOn(request, response)
        : serve(request, response);
    },
    async findSession(headers) {
      const found = await auth.api.getSession({ headers: fromNodeHeaders(headers), query: { disableRefresh: true } });
      if (!found) return undefined;
      const { id, userId, createdAt, verifiedAt, seenAt, activeOrganizationId } = found.session;
      return {
        id,
        userId,
        createdAt,
        verifiedAt: verifiedAt ?? undefined,
        seenAt: seenAt ?? undefined,
        workspaceId: activeOrganizationId ?? undefined,
      };
    },
    async verify(incoming, given) {
      const headers = fromNodeHeaders(incoming);
      try {
        if ('password' in given) await auth.api.verifyPassword({ headers, body: given });
        else if (/^\d{6}$/u.test(given.code)) await auth.api.verifyTOTP({ headers, body: given });
        else await auth.api.verifyBackupCode({ headers, body: given });
      } catch (failure) {
        if (isAPIError(failure)) throw refusalFrom(failure, Object.keys(given)[0] ?? '');
        throw failure;
      }
    },
    async rememberDevice(incoming, email) {
      const sent = { headers: fromNodeHeaders(incoming), body: { email }, returnHeaders: true as const };
      return (await auth.api.rememberDevice(sent)).headers.getSetCookie();
    },
  };
}

/**
 * It asks the provider before it answers anything, so it stands apart, and begins when somebody first comes that way: a
 * provider that is down keeps out nobody who has a password.
 */
function createSingleSignOn({ singleSignOn, ...options }: AccountOptions): Accounts['serve'] | undefined {
  if (!singleSignOn) return undefined;
  let serve: Accounts['serve'] | undefined;
  return (request, response) => {
    if (!serve) {
      const { plugin, ...own } = singleSignOnOptions({ ...options, singleSignOn });
      const settings = settingsOf({ ...options, singleSignOn });
      const databaseHooks = { ...settings.databaseHooks, ...own.databaseHooks };
      const auth = betterAuth({ ...settings, ...own, databaseHooks, plugins: [plugin, ...settings.plugins] });
      serve = toNodeHandler(answersProblems(auth.handler));
    }
    return serve(request, response);
  };
}

function settingsOf(options: AccountOptions) {
  const { database, publicUrl, origins, secrets, longestSession, clock, log } = options;
  const { db, tables } = accountTables(database);
  const isSecure = publicUrl.startsWith('https:');
  return {
    appName: 'Scoreback',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secrets: secrets.versioned,
    secret: secrets.legacy,
    trustedOrigins: [...origins],
    database: drizzleAdapter(db, { provider: 'pg', schema: tables }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      password: options.passwordHashing ?? slowHashing,
    },
    session: {
      expiresIn: Math.floor(longestSession / 1000),
      disableSessionRefresh: true,
      additionalFields: {
        verifiedAt: { type: 'date', required: false, input: false },
        seenAt: { type: 'date', required: false, input: false },
      },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (made: object, request) => ({ data: { ...made, ...sessionTimes(request, clock()) } }),
        },
      },
    },
    plugins: [
      organization({ allowUserToCreateOrganization: false, roles }),
      twoFactor({ issuer: 'Scoreback' }),
      knownDevices(options.accountHash),
      accountGuards(options),
    ],
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/*': { window: 60, max: 10 },
        '/change-password': { window: 60, max: 5 },
        '/two-factor/*': { window: 60, max: 10 },
      },
    },
    advanced: {
      // Better-auth's own prefix for https is __Secure-, which a subdomain may set as well.
      cookiePrefix: isSecure ? '__Host-scoreback' : 'scoreback',
      useSecureCookies: false,
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/', secure: isSecure },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // Said because better-auth leaves both out where it believes to be in a test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    telemetry: { enabled: false },
    // Neither its message nor what stands beside it: both may hold what the caller sent.
    logger: {
      level: 'warn',
      log: (_level, message) =>
        log.warn({ code: 'auth.warning', warning: codeOfMessage(message) }, 'better-auth warns.'),
    },
    onAPIError: {
      errorURL: `${publicUrl}/sign-in`,
      onError(failure) {
        if (!isAPIError(failure)) log.error({ code: 'auth.failed', err: failure }, 'better-auth failed.');
      },
    },
  } satisfies BetterAuthOptions;
}

const control = createAccessControl(defaultStatements);
const roles = {
  owner: control.newRole({ ...ownerAc.statements }),
  admin: control.newRole({ ...adminAc.statements }),
  viewer: control.newRole({}),
};
