import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import { Conflict, invalidField, type RequestError } from '../../model/errors.ts';
import { minuteMs } from '../../model/time-units.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Encryption } from '../../platform/encryption.ts';
import type { Caller, SignedIn } from '../../platform/http/caller.ts';
import { role, roleScopes, scope } from '../../platform/http/scopes.ts';
import { openWhenUsed } from '../../platform/open-when-used.ts';
import { createAccountHash } from './account-hash.ts';
import { openPaths, singleSignOnPaths } from './account-paths.ts';
import { createAccountRecord, type Notify } from './account-record.ts';
import { createAccountSecrets, encryptFactorsAnew } from './account-secrets.ts';
import type { AccountOptions, Accounts, SessionFound } from './accounts.ts';
import { findCallerByKey, makeKey, type NewKey, sameKey } from './api-keys.ts';
import { isFresh } from './fresh-sign-in.ts';
import { createJoining } from './joining.ts';
import type { PasswordHashing } from './password-hashing.ts';
import { createPasswords } from './passwords.ts';
import { findMemberships, findUser, findWaysIn, hasUsers, type UserRow, updateUser } from './queries/accounts.ts';
import { endSession, noteSessionSeen, noteSessionVerified } from './queries/sessions.ts';
import { opensSetup, setUp, setupLink } from './setup.ts';
import { createSignInLimits } from './sign-in-limits.ts';
import type { SingleSignOn } from './single-sign-on.ts';
import { createTeam } from './team.ts';

/** Who may do what here. */
export type Access = ReturnType<typeof createAccess>;

export type AccessOptions = {
  database: Database;
  encryption: Encryption;
  clock: () => Date;
  log: Logger;
  publicUrl: string;
  /** What signs the sessions' cookies is made of the first, which makes everybody sign in again when it changes. */
  secretKeys: readonly [string, ...string[]];
  /** Milliseconds without a request after which a session ends, and the same however much it is used. */
  sessions: { idle: number; longest: number };
  /** Tells the owner of an account what happened to it. */
  notify: Notify;
  /** The key that the settings hold: it may do everything, in the workspace of the settings. */
  apiKey: string | undefined;
  workspaceId: string;
  passwordHashing?: PasswordHashing;
  /** Absent without an identity provider. */
  singleSignOn?: SingleSignOn | undefined;
};

/** How precise the saved time of a session's last request is. */
const seenPrecisionMs = minuteMs;

/** Loads better-auth for the first sign-in, or the first request with a session. A worker never needs it. */
function createLazyAccounts(options: AccountOptions): Accounts {
  const accounts = openWhenUsed(async () => (await import('./accounts.ts')).createAccounts(options));
  return {
    serve: async (request, response) => (await accounts.get()).serve(request, response),
    findSession: async (headers) => (await accounts.get()).findSession(headers),
    verify: async (headers, given) => (await accounts.get()).verify(headers, given),
    rememberDevice: async (headers, email) => (await accounts.get()).rememberDevice(headers, email),
  };
}

export function createAccess(options: AccessOptions) {
  const { database, clock, apiKey, workspaceId } = options;
  const origins = originsOf(options.publicUrl);
  const accountHash = createAccountHash(options.secretKeys[0]);
  const secrets = createAccountSecrets(options.secretKeys);
  const limits = createSignInLimits(options);
  const record = createAccountRecord(options);
  const accounts = createLazyAccounts({
    database,
    clock,
    log: options.log,
    publicUrl: options.publicUrl,
    workspaceId,
    singleSignOn: options.singleSignOn,
    origins,
    accountHash,
    secrets,
    limits,
    record,
    longestSession: options.sessions.longest,
    passwordHashing: options.passwordHashing,
  });

  /** Who is signed in; a session that nobody has used for too long ends here. */
  async function findSession(headers: IncomingHttpHeaders): Promise<SessionFound | undefined> {
    const session = headers.cookie === undefined ? undefined : await accounts.findSession(headers);
    if (!session) return undefined;
    const now = clock();
    const unused = now.getTime() - (session.seenAt ?? session.createdAt).getTime();
    if (unused >= options.sessions.idle) {
      await endSession(database.db, session.userId, session.id);
      return undefined;
    }
    if (unused >= seenPrecisionMs) await noteSessionSeen(database.db, session.id, now);
    return session;
  }

  async function callerOf({
    id: sessionId,
    userId,
    verifiedAt,
    workspaceId: chosen,
  }: SessionFound): Promise<Caller | undefined> {
    const memberships = await findMemberships(database.db, userId);
    const membership = memberships.find((of) => of.workspaceId === chosen) ?? memberships[0];
    const ownRole = membership && role.safeParse(membership.role).data;
    const user = ownRole && (await findUser(database.db, userId));
    if (!user) return undefined;
    await noteSeen(user);
    const { id, name, email, twoFactorEnabled: twoFactor, language, colorScheme } = user;
    const isRequired = membership.requireTwoFactor && ownRole !== 'viewer' && !twoFactor;
    // Who comes from the identity provider alone has no second factor here, but there.
    const twoFactorMissing = isRequired && (await findWaysIn(database.db, id)).includes('credential');
    return {
      workspaceId: membership.workspaceId,
      actor: id,
      scopes: roleScopes(twoFactorMissing ? 'viewer' : ownRole),
      user: {
        id,
        name,
        email,
        role: ownRole,
        sessionId,
        twoFactor,
        twoFactorMissing,
        verifiedAt,
        language,
        colorScheme,
      },
    };
  }

  /** How somebody shows that it is them who sits before the session. */
  async function confirmsBy({ id, twoFactor }: SignedIn): Promise<'code' | 'password' | 'provider'> {
    if (twoFactor) return 'code';
    return (await findWaysIn(database.db, id)).includes('credential') ? 'password' : 'provider';
  }

  async function noteSeen({ id, lastSeenAt }: UserRow): Promise<void> {
    const now = clock();
    if (lastSeenAt !== null && now.getTime() - lastSeenAt.getTime() < seenPrecisionMs) return;
    await updateUser(database.db, id, { lastSeenAt: now });
  }

  return {
    serveAccounts: accounts.serve,
    rememberDevice: accounts.rememberDevice,
    /** What of that is open. */
    openPaths: options.singleSignOn ? [...openPaths, ...singleSignOnPaths] : openPaths,
    /** Whether a page of our own may have sent this, by the `Origin` that browsers add to whatever changes something. */
    isOurs: (origin: string | undefined) => origin !== undefined && origins.includes(origin),
    /** Who sent these headers: a key before a session. Nothing when it is nobody whom we know. */
    async identify(headers: IncomingHttpHeaders): Promise<Caller | undefined> {
      const [, key] = /^Bearer +(\S+)$/iu.exec(headers.authorization ?? '') ?? [];
      if (key !== undefined) {
        if (apiKey !== undefined && sameKey(key, apiKey)) {
          return { workspaceId, actor: 'environment', scopes: new Set(scope.options) };
        }
        return findCallerByKey(database, key, clock());
      }
      const session = await findSession(headers);
      return session && callerOf(session);
    },
    /** Who is signed in, whether they work anywhere or not. */
    async findSignedIn(headers: IncomingHttpHeaders): Promise<UserRow | undefined> {
      const session = await findSession(headers);
      return session && findUser(database.db, session.userId);
    },
    confirmsBy,
    /** Whether it is not long ago that they showed that it is them; a key always is. */
    isFresh: ({ user }: Caller) => !user || isFresh(user.verifiedAt, clock()),
    /**
     * Shows that it is them: by the second factor where there is one, else by the password.
     *
     * @throws RequestError when it is not right, or was tried too often
     */
    async confirm(user: SignedIn, headers: IncomingHttpHeaders, given: { password?: string; code?: string }) {
      const by = await confirmsBy(user);
      const value = by === 'provider' ? undefined : given[by];
      if (value === undefined) throw wrongConfirmation(by);
      await accounts.verify(headers, by === 'code' ? { code: value } : { password: value });
      await noteSessionVerified(database.db, user.sessionId, clock());
    },
    /** Encrypts second factors under the current key, and forgets old failures: the sweep calls it. */
    async sweep(): Promise<void> {
      await encryptFactorsAnew(database.db, secrets);
      await limits.tidy();
    },
    /** Resolves once what strangers were refused is written down. */
    settled: record.settled,
    notify: options.notify,
    hasUsers: () => hasUsers(database.db),
    /** What stands on the button; nothing without a provider. */
    singleSignOnName: options.singleSignOn?.name,
    team: createTeam(options),
    joining: createJoining(options),
    passwords: createPasswords({ ...options, limits, accountHash }),
    async makeKey(newKey: NewKey, maker?: Caller) {
      const made = await makeKey(database, newKey, clock());
      if (maker?.user) options.notify('key_made', maker.user.id);
      return made;
    },
    setupLink: () => setupLink(options),
    opensSetup: (token: string) => opensSetup(options, token),
    setUp: (owner: { token: string; email: string; password: string; name: string }) =>
      setUp(options, { workspaceId, ...owner }),
  };
}

function wrongConfirmation(by: 'code' | 'password' | 'provider'): RequestError {
  if (by === 'provider') return new Conflict({ code: 'single_sign_on_only', params: {} });
  return invalidField(by, { code: 'field.required', params: {} });
}

/** This machine has two names, and a browser takes them for two origins. */
function originsOf(publicUrl: string): readonly string[] {
  const { origin, hostname, protocol, port } = new URL(publicUrl);
  const local = ['127.0.0.1', 'localhost', '[::1]'];
  if (!local.includes(hostname)) return [origin];
  return local.map((name) => `${protocol}//${name}${port === '' ? '' : `:${port}`}`);
}
