import { minuteMs } from '../../src/model/time-units.ts';

/**
 * Updates of one user are limited apart from everything else, to 5 a minute for each user and 1 a second for the
 * account: https://developer.zendesk.com/api-reference/ticketing/users/users/#update-user
 */
const perUser = { calls: 5, window: minuteMs };
const perAccount = { calls: 1, window: 1000 };

/** Whether a single update would be let through, as far as this process can know. */
export type SingleWrites = {
  /** Takes one update of this user from the allowance, if there is one. */
  take(userId: string): boolean;
};

export function createSingleWrites(clock: () => Date): SingleWrites {
  let recent: { userId: string; at: number }[] = [];
  return {
    take(userId) {
      const now = clock().getTime();
      recent = recent.filter(({ at }) => now - at < perUser.window);
      const ofUser = recent.filter((write) => write.userId === userId);
      const ofAccount = recent.filter(({ at }) => now - at < perAccount.window);
      if (ofUser.length >= perUser.calls || ofAccount.length >= perAccount.calls) return false;
      recent.push({ userId, at: now });
      return true;
    },
  };
}
