import type { Logger } from 'pino';
import { findUserByEmail, membershipsOf } from '../store/accounts.ts';
import { noteRepeated } from '../store/audit.ts';
import type { Database } from '../store/database.ts';

/** What the owner of an account is told by email. */
export type AccountNotice =
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
export type Notify = (notice: AccountNotice, userId: string) => void;

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

/**
 * Writes down who signed in and who was refused: in the audit log of the account's workspace, once a minute and account
 * with a count, and as a log line. Neither holds an address.
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
  async function note(userId: string, action: string, actor: string, detail: Record<string, string>): Promise<void> {
    const [membership] = await membershipsOf(database.db, userId);
    if (!membership) return;
    const { workspaceId } = membership;
    await noteRepeated(database.db, { workspaceId, actor, action, subject: userId, detail, at: clock() });
  }

  async function refused(code: string, { email, ...about }: Happened & { reason: string }): Promise<void> {
    const userId = about.userId ?? (email === undefined ? undefined : (await findUserByEmail(database.db, email))?.id);
    const { account, request, route, reason } = about;
    log.warn({ code, user: userId, account, request, route, reason }, 'A sign-in was refused.');
    if (userId !== undefined) await note(userId, code, 'nobody', { reason });
  }

  return {
    async started({ userId, by, isNew, request, route }: Happened & { userId: string; by: string; isNew: boolean }) {
      log.info({ code: 'session.started', user: userId, request, route, by }, 'Somebody signed in.');
      await note(userId, 'session.started', userId, { by });
      if (isNew) notify('new_device', userId);
    },
    async ended({ userId, request, route }: Happened & { userId: string }) {
      log.info({ code: 'session.ended', user: userId, request, route }, 'Somebody signed out.');
      await note(userId, 'session.ended', userId, {});
    },
    refused: (about: Happened & { reason: string }) => refused('session.refused', about),
    factorRefused: (about: Happened & { reason: string }) => refused('twofactor.refused', about),
    backupCodeUsed: (userId: string) => notify('backup_code_used', userId),
  };
}
