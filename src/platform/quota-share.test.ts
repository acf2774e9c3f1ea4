import { describe, expect, it } from 'vitest';
import { onStillClock, passes, rateLimiter, throttled } from '../../test/rate-limiting.ts';
import type { CallLimits, ControlledRateLimiter } from './rate-limiter.ts';

onStillClock();

const limits: CallLimits = { calls: 100, window: 10_000, atOnce: 6 };

/** A vendor that counts the calls of all programs in any stretch as long as the window, and says in each answer what is left. */
function vendor(limit: CallLimits) {
  const taken: { at: number; ours: boolean }[] = [];
  let refused = 0;
  const recent = () => taken.filter(({ at }) => at > Date.now() - limit.window);
  return {
    take(ours: boolean): boolean {
      if (recent().length >= limit.calls) {
        refused += 1;
        return false;
      }
      taken.push({ at: Date.now(), ours });
      return true;
    },
    left: () => limit.calls - recent().length,
    refused: () => refused,
    /** The most calls of ours in any window. */
    busiest: () => {
      const ours = taken.filter((call) => call.ours).map(({ at }) => at);
      return Math.max(0, ...ours.map((at) => ours.filter((other) => other <= at && other > at - limit.window).length));
    },
    ours: () => taken.filter((call) => call.ours).length,
  };
}

function call(
  running: ControlledRateLimiter,
  counting: ReturnType<typeof vendor>,
  many: number,
  window = 10_000,
): void {
  for (let n = 0; n < many; n += 1) {
    const answered = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (!counting.take(true)) throw throttled(window);
      running.observe({ remaining: counting.left(), calls: limits.calls, window });
    };
    running.run(n % 3 === 0 ? 'write' : 'read', answered).catch(() => {});
  }
}

describe('a share of the vendor’s limit', () => {
  it('is never exceeded in any window, and used while there is work', async () => {
    const counting = vendor(limits);
    const running = rateLimiter(limits, { share: 0.5 });
    call(running, counting, 400);
    await passes(60_000);

    expect(counting.busiest()).toBe(50);
    expect(counting.ours()).toBeGreaterThan(250);
    expect(running.usage()).toEqual({ allowed: 50, used: 50, window: 10_000 });
  });

  it('leaves the rest to other programs: nobody is refused while they use it', async () => {
    const counting = vendor(limits);
    const running = rateLimiter(limits, { share: 0.5 });
    call(running, counting, 400);
    for (let second = 0; second < 60; second += 1) {
      // Their calls come in bursts.
      if (second % 5 === 0) for (let n = 0; n < 25; n += 1) counting.take(false);
      await passes(1000);
    }

    expect(counting.refused()).toBe(0);
    expect(counting.busiest()).toBeLessThanOrEqual(50);
    expect(counting.ours()).toBeGreaterThan(200);
  });

  it('yields where other programs use more than the rest', async () => {
    const counting = vendor(limits);
    const running = rateLimiter(limits, { share: 0.5 });
    for (let n = 0; n < 90; n += 1) counting.take(false);
    call(running, counting, 40);
    await passes(9000);

    // Those under way together cannot know of each other.
    expect(counting.ours()).toBeLessThanOrEqual(10);
    expect(counting.refused()).toBeLessThanOrEqual(limits.atOnce);
    await passes(10_000);
    // One call tries whether it works again, then the others follow.
    call(running, counting, 1);
    await passes(200);
    call(running, counting, 39);
    await passes(5000);
    expect(counting.ours()).toBe(50);
  });

  it('follows the limit of the account’s plan', async () => {
    const running = rateLimiter(limits, { share: 0.25 });
    running.observe({ remaining: 190, calls: 190 });

    expect(running.usage()).toEqual({ allowed: 47, used: 0, window: 10_000 });
  });

  it('holds for a lane’s own limit, too', async () => {
    const counting = vendor({ calls: 20, window: 1000, atOnce: 2 });
    const lane = { calls: 10, window: 1000, atOnce: 2 };
    const running = rateLimiter({ ...limits, calls: 1000, lanes: { search: lane } }, { share: 0.5 });
    for (let n = 0; n < 30; n += 1) void running.run('search', async () => counting.take(true)).catch(() => {});
    await passes(4000);

    expect(counting.busiest()).toBe(5);
  });

  it('is at least one call', () => {
    expect(rateLimiter({ ...limits, calls: 4 }, { share: 0.05 }).usage().allowed).toBe(1);
  });

  it('can change while calls wait', async () => {
    const counting = vendor(limits);
    const running = rateLimiter(limits, { share: 0.1 });
    call(running, counting, 200);
    await passes(2000);
    expect(counting.ours()).toBe(10);
    running.setShare(0.8);
    await passes(2000);
    expect(counting.ours()).toBe(80);
    running.setShare(0.2);
    await passes(12_000);

    expect(counting.ours()).toBe(80 + 20);
  });

  it('is held back but for a tenth while another process may have used it', async () => {
    const counting = vendor(limits);
    const running = rateLimiter(limits, { share: 0.5 });
    running.noteUsedElsewhere(new Date(Date.now() - 4000));
    call(running, counting, 100);
    await passes(5900);
    expect(counting.ours()).toBe(5);
    await passes(2000);
    expect(counting.ours()).toBe(50);
  });

  it('counts the calls that another process says it made', async () => {
    const counting = vendor(limits);
    const running = rateLimiter(limits, { share: 0.5 });
    running.noteUsedElsewhere(new Date(Date.now() - 1000), { common: 12 });
    expect(running.used()).toEqual({ common: 12 });
    call(running, counting, 100);
    await passes(8000);
    expect(counting.ours()).toBe(38);
    await passes(1500);
    expect(counting.ours()).toBe(50);
  });

  it('is free at once when the other process stopped longer ago than a window', async () => {
    const counting = vendor(limits);
    const running = rateLimiter(limits, { share: 0.5 });
    running.noteUsedElsewhere(new Date(Date.now() - 10_000));
    call(running, counting, 100);
    await passes(5000);

    expect(counting.ours()).toBe(50);
  });
});
