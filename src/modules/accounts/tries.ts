import { TooManyRequests } from '../../model/errors.ts';

/** Counts what somebody may try only so often, in this process. */
export type Tries = {
  /** @returns whether this one is still allowed */
  spend(who: string): boolean;
  /**
   * @param network of a visitor's address: of IPv6 the whole /64
   * @throws TooManyRequests when they have tried too often, with the time until they may again
   */
  verify(network: string): void;
};

/** How many are remembered at most: whoever has more addresses than that is let go early. */
const mostRemembered = 10_000;

/** @param window milliseconds, from the first try on */
export function createTries({ most, window }: { most: number; window: number }, clock: () => Date): Tries {
  const spent = new Map<string, { since: number; count: number }>();

  function spend(who: string): boolean {
    const now = clock().getTime();
    const known = spent.get(who);
    if (known && now - known.since < window) {
      known.count += 1;
      return known.count <= most;
    }
    // The oldest stand first, because who begins anew goes to the end.
    spent.delete(who);
    if (spent.size >= mostRemembered) spent.delete(spent.keys().next().value ?? '');
    spent.set(who, { since: now, count: 1 });
    return true;
  }

  return {
    spend,
    verify(network) {
      if (spend(network)) return;
      const since = spent.get(network)?.since ?? 0;
      throw new TooManyRequests(since + window - clock().getTime());
    },
  };
}
