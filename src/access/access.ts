import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import { membershipsOf } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import type { Sealing } from '../store/sealing.ts';
import { type Accounts, createAccounts, type SessionFound } from './accounts.ts';
import type { Caller } from './caller.ts';
import { findCallerByKey, makeKey, type NewKey, sameKey } from './keys.ts';
import { role, scope, scopesOf } from './scopes.ts';
import { setUp, setupLink } from './setup.ts';

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
};

export function createAccess(options: AccessOptions) {
  const { database, clock, apiKey, workspaceId } = options;
  const origins = originsOf(options.publicUrl);
  const accounts: Accounts = createAccounts({ ...options, origins });

  async function callerOf({ user, workspaceId: chosen }: SessionFound): Promise<Caller | undefined> {
    const memberships = await membershipsOf(database.db, user.id);
    const membership = memberships.find((of) => of.workspaceId === chosen) ?? memberships[0];
    const held = membership && role.safeParse(membership.role).data;
    if (!held) return undefined;
    return {
      workspaceId: membership.workspaceId,
      actor: user.id,
      scopes: scopesOf(held),
      user: { ...user, role: held },
    };
  }

  return {
    serveAccounts: accounts.serve,
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
