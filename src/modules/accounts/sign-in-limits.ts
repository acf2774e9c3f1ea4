import { hourMs, minuteMs } from '../../model/time-units.ts';
import type { Database } from '../../platform/database/database.ts';
import {
  countSignInFailure,
  ensureSignInFailures,
  forgetSignInFailures,
  lockSignInFailures,
  removeOldSignInFailures,
} from './queries/sign-in-failures.ts';

/** So many wrong passwords in a row cost nothing but themselves. */
const free = 4;

/** Milliseconds after the fifth one; twice as long after each further one. */
const firstWait = 1000;

/** With this, some 70 attempts fit into the first hour and 60 into each later one. */
const longestWaitMs = minuteMs;

/** Milliseconds without a failure after which counting starts anew. */
const forgottenAfterMs = hourMs;

/** Limits guesses at one account, in the database: from however many addresses and through however many processes. */
export type SignInLimits = {
  /**
   * Counts an attempt before the password is looked at, so that of many at the same time none goes uncounted.
   *
   * @param account as `AccountHash` makes it
   * @param from a browser that has signed in to this account before, or a session: counted apart, so that strangers
   *   cannot keep the owner out
   * @returns milliseconds to wait; 0 when it may go on
   */
  begin(account: string, from?: string): Promise<number>;
  /** It was the right password. */
  succeed(account: string, from?: string): Promise<void>;
  /** A new password was set by a link. */
  forget(account: string): Promise<void>;
  /** Removes what no longer counts; the sweep calls it. */
  tidy(): Promise<void>;
};

export function createSignInLimits({ database, clock }: { database: Database; clock: () => Date }): SignInLimits {
  const keyOf = (account: string, from: string) => `${account}/${from}`;

  return {
    async begin(account, from = '') {
      const key = keyOf(account, from);
      const now = clock();
      await ensureSignInFailures(database.db, key, now);
      return database.transaction(async (tx) => {
        const found = await lockSignInFailures(tx, key);
        if (!found) return 0;
        const wait = found.blockedUntil.getTime() - now.getTime();
        if (wait > 0) return wait;
        const isOld = now.getTime() - found.lastAt.getTime() >= forgottenAfterMs;
        const count = (isOld ? 0 : found.count) + 1;
        const blockedUntil = new Date(now.getTime() + waitAfter(count));
        await countSignInFailure(tx, { key, count, lastAt: now, blockedUntil });
        return 0;
      });
    },
    succeed: (account, from = '') => forgetSignInFailures(database.db, keyOf(account, from)),
    forget: (account) => forgetSignInFailures(database.db, keyOf(account, '')),
    tidy: () => removeOldSignInFailures(database.db, new Date(clock().getTime() - forgottenAfterMs)),
  };
}

function waitAfter(failures: number): number {
  return failures <= free ? 0 : Math.min(firstWait * 2 ** (failures - free - 1), longestWaitMs);
}
