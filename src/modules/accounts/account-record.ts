import type { Logger } from 'pino';
import { noteRepeated } from '../../platform/audit/queries.ts';
import type { Database } from '../../platform/database/database.ts';
import { findMemberships, findUserByEmail } from './queries/accounts.ts';

/** What the owner of an account is told by email. */
export type AccountAlert =
  | 'password_changed'
  | 'password_reset'
  | 'factor_on'
  | 'factor_off'
  | 'factor_removed'
  | 'backup_code_used'
  | 'new_device'
  | 'role_changed'
  | 'key_made';

/** Tells the owner; never waited for, and throws nothing. */
export type Notify = (event: AccountAlert, userId: string) => void;

/** About whom and which request something is recorded. */
export type Happened = {
  userId?: string | undefined;
  /** A keyed hash, where it is not known whose account it is. */
  account?: string | undefined;
  /** Only to find the account: it is neither logged nor kept. */
  email?: string | undefined;
  request?: string | undefined;
  route?: string | undefined;
};

export type AccountRecord = ReturnType<typeof createAccountRecord>;

/** What came while so many wait to be written down is in the log alone: a flood must not fill the memory. */
const mostWaiting = 1000;

/**
 * Writes down who signed in and who was refused: in the audit log of the account's workspace with a count, once an
 * account and a minute, or an hour for refusals, and as a log line. Neither holds an address.
 *
 * Nobody waits for a refusal to be written down: for an account that exists that takes longer than for one that does
 * not, and whoever measures it would know which do.
 */
export function createAccountRecord({
  database,
  clock,
  log,
  notify,
}: {
  database: Database;
  clock: () => Date;
  log: Logger;
  notify: Notify;
}) {
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;

  async function note(
    userId: string,
    change: { action: string; actor: string; detail: Record<string, string>; at: Date },
  ): Promise<void> {
    const [membership] = await findMemberships(database.db, userId);
    if (!membership) return;
    await noteRepeated(database.db, { ...change, workspaceId: membership.workspaceId, subject: userId });
  }

  /** One after the other, so that each finds the entry on which it counts. */
  function later(work: () => Promise<void>): void {
    waiting += 1;
    last = last
      .then(work)
      .catch((failure: unknown) => {
        log.error({ code: 'account.record_failed', err: failure }, 'A refused sign-in was not written down.');
      })
      .finally(() => {
        waiting -= 1;
      });
  }

  const sayRefused = {
    'session.refused': (line: object) => log.warn({ code: 'session.refused', ...line }, 'A sign-in was refused.'),
    'twofactor.refused': (line: object) =>
      log.warn({ code: 'twofactor.refused', ...line }, 'A second factor was refused.'),
  };

  function refused(code: keyof typeof sayRefused, { email, userId, account, request, route, reason }: Refused): void {
    const at = clock();
    const say = (user: string | undefined) => sayRefused[code]({ user, account, request, route, reason });
    if (waiting >= mostWaiting) {
      say(userId);
      return;
    }
    later(async () => {
      const user = userId ?? (email === undefined ? undefined : (await findUserByEmail(database.db, email))?.id);
      say(user);
      if (user !== undefined) await note(user, { action: code, actor: 'anonymous', detail: { reason }, at });
    });
  }

  return {
    async started({ userId, by, isNew, request, route }: Happened & { userId: string; by: string; isNew: boolean }) {
      log.info({ code: 'session.started', user: userId, request, route, by }, 'Somebody signed in.');
      await note(userId, { action: 'session.started', actor: userId, detail: { by }, at: clock() });
      if (isNew) notify('new_device', userId);
    },
    async ended({ userId, request, route }: Happened & { userId: string }) {
      log.info({ code: 'session.ended', user: userId, request, route }, 'Somebody signed out.');
      await note(userId, { action: 'session.ended', actor: userId, detail: {}, at: clock() });
    },
    refused: (about: Refused) => refused('session.refused', about),
    factorRefused: (about: Refused) => refused('twofactor.refused', about),
    backupCodeUsed: (userId: string) => notify('backup_code_used', userId),
    /** Resolves once every refusal so far is written down. */
    async settled(): Promise<void> {
      for (let seen: Promise<void> | undefined; seen !== last; ) {
        seen = last;
        await seen;
      }
    },
  };
}

type Refused = Happened & { reason: string };
