import { hourMs } from '../../model/time-units.ts';
/** Since when an email server takes fewer emails than we would send, and how many. */
export type Throttled = {
  since: Date;
  /** When it last said so. */
  at: Date;
  perSecond: number;
};

/** Above this it is as good as unlimited. */
const unlimited = 50;
const slowest = 1 / 60;
const cut = 0.7;
const raise = 0.05;
const measuredFor = 10_000;
/** Milliseconds after which nobody need be told any more of a limit that was not met again. */
const toldForMs = hourMs;

/**
 * The rate that an email server bears, found by trying: down to seven tenths each time it says that this is too much,
 * and a little up with each email that it takes.
 *
 * @param apply is given the milliseconds between two emails, 0 where there is no limit
 */
export function createRate({ clock, apply }: { clock: () => Date; apply: (minTime: number) => void }) {
  let throttled: Throttled | undefined;
  let takenSinceCut = 0;
  let taken: number[] = [];
  let changes = 0;

  function set(to: Throttled | undefined): void {
    throttled = to;
    apply(to === undefined ? 0 : Math.round(1000 / to.perSecond));
  }

  /** How many a second it took lately. */
  function measured(now: number): number | undefined {
    taken = taken.filter((at) => at > now - measuredFor);
    const [first] = taken;
    return first === undefined ? undefined : taken.length / Math.max(1, (now - first) / 1000);
  }

  return {
    accepted(): void {
      takenSinceCut += 1;
      const now = clock().getTime();
      if (!throttled) {
        taken.push(now);
        if (taken.length > 2 * unlimited * (measuredFor / 1000)) taken = taken.filter((at) => at > now - measuredFor);
        return;
      }
      const perSecond = throttled.perSecond + raise * Math.min(1, throttled.perSecond);
      const isLimited = perSecond < unlimited;
      set(isLimited ? { ...throttled, perSecond } : undefined);
      if (!isLimited) changes += 1;
    },
    /** It takes no more for now. A limit that was met before anything was taken since says nothing new. */
    throttled(): void {
      const now = clock();
      const before = throttled?.perSecond ?? measured(now.getTime());
      if (before === undefined || (throttled && takenSinceCut === 0)) {
        if (throttled) throttled = { ...throttled, at: now };
        return;
      }
      takenSinceCut = 0;
      taken = [];
      const perSecond = Math.max(slowest, Math.min(unlimited, before) * cut);
      set({ since: throttled?.since ?? now, at: now, perSecond });
      changes += 1;
    },
    /** How many may leave in so many milliseconds; one at least. */
    within: (milliseconds: number) =>
      throttled ? Math.max(1, Math.floor((throttled.perSecond * milliseconds) / 1000)) : Number.POSITIVE_INFINITY,
    state: () => (throttled && clock().getTime() - throttled.at.getTime() < toldForMs ? throttled : undefined),
    restore: set,
    get changes() {
      return changes;
    },
  };
}
