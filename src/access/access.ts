import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import { findUser, hasUsers, membershipsOf, type UserRow, updateUser } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import type { Sealing } from '../store/sealing.ts';
import { type Accounts, createAccounts, openPaths, type SessionFound, singleSignOnPaths } from './accounts.ts';
import type { Caller } from './caller.ts';
import { createJoining } from './joining.ts';
import { findCallerByKey, makeKey, type NewKey, sameKey } from './keys.ts';
import { createPasswords } from './passwords.ts';
import { role, scope, scopesOf } from './scopes.ts';
import { setUp, setupLink } from './setup.ts';
import type { SingleSignOn } from './single-sign-on.ts';
import { createTeam } from './team.ts';

/** Who may do what here. */
export type Access = ReturnType<typeof createAccess>;

export type AccessOptions = {
  database: Database;
  sealing: Sealing;
  clock: () => Date;
  log: Logger;
  publicUrl: string;
  /** What signs the sessions' cookies is made of it; replacing it makes everybody sign in again. */
  secretKey: string;
  /** The key that the settings hold: it may do everything, in the workspace of the settings. */
  apiKey: string | undefined;
  workspaceId: string;
  /** Absent without an identity provider. */
  singleSignOn?: SingleSignOn | undefined;
};

/** How exactly it is kept when somebody was last here. */
const seenToTheMinute = 60_000;

export function createAccess(options: AccessOptions) {
  const { database, clock, apiKey, workspaceId } = options;
  const origins = originsOf(options.publicUrl);
  const accounts: Accounts = createAccounts({ ...options, origins });

  async function callerOf({ id: sessionId, userId, workspaceId: chosen }: SessionFound): Promise<Caller | undefined> {
    const memberships = await membershipsOf(database.db, userId);
    const membership = memberships.find((of) => of.workspaceId === chosen) ?? memberships[0];
    const held = membership && role.safeParse(membership.role).data;
    const user = held && (await findUser(database.db, userId));
    if (!user) return undefined;
    await noteSeen(user);
    const { id, name, email, twoFactorEnabled: twoFactor, language, colourScheme } = user;
    return {
      workspaceId: membership.workspaceId,
      actor: id,
      scopes: scopesOf(held),
      user: { id, name, email, role: held, sessionId, twoFactor, language, colourScheme },
    };
  }

  async function noteSeen({ id, lastSeenAt }: UserRow): Promise<void> {
    const now = clock();
    if (lastSeenAt !== null && now.getTime() - lastSeenAt.getTime() < seenToTheMinute) return;
    await updateUser(database.db, id, { lastSeenAt: now });
  }

  return {
    serveAccounts: accounts.serve,
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
      if (headers.cookie === undefined) return undefined;
      const session = await accounts.findSession(headers);
      return session && callerOf(session);
    },
    /** Who is signed in, whether they work anywhere or not. */
    async findSignedIn(headers: IncomingHttpHeaders): Promise<UserRow | undefined> {
      const session = headers.cookie === undefined ? undefined : await accounts.findSession(headers);
      return session && findUser(database.db, session.userId);
    },
    hasUsers: () => hasUsers(database.db),
    /** What stands on the button; nothing without a provider. */
    singleSignOnName: options.singleSignOn?.name,
    team: createTeam(options),
    joining: createJoining(options),
    passwords: createPasswords(options),
    makeKey: (wanted: NewKey) => makeKey(database, wanted, clock()),
    setupLink: () => setupLink(options),
    setUp: (owner: { token: string; email: string; password: string; name: string }) =>
      setUp(options, { workspaceId, ...owner }),
  };
}

/** This machine has two names, and a browser takes them for two origins. */
function originsOf(publicUrl: string): readonly string[] {
  const { origin, hostname, protocol, port } = new URL(publicUrl);
  const local = ['127.0.0.1', 'localhost', '[::1]'];
  if (!local.includes(hostname)) return [origin];
  return local.map((name) => `${protocol}//${name}${port === '' ? '' : `:${port}`}`);
}
