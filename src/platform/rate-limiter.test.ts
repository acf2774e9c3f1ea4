import { describe, expect, it, vi } from 'vitest';
import {
  answering,
  failing,
  onStillClock,
  outcome,
  passes,
  rateLimiter,
  revoked,
  roomy,
  settled,
  throttled,
  vendor,
} from '../../test/rate-limiting.ts';
import { vendorSays } from '../../test/vendor-says.ts';
import { UpstreamBusy } from '../model/errors.ts';
import type { ControlledRateLimiter, Lane } from './rate-limiter.ts';

onStillClock();

describe('a pace within the limits', () => {
  /** When each of so many calls went out, in milliseconds from now. */
  function departures(running: ControlledRateLimiter, count: number, lane: Lane = 'read'): number[] {
    const sent: number[] = [];
    const started = Date.now();
    for (let call = 0; call < count; call += 1) {
      running.run(lane, async () => void sent.push(Date.now() - started)).catch(() => {});
    }
    return sent;
  }

  it('never makes more calls in any stretch as long as the window', async () => {
    const running = rateLimiter({ calls: 3, window: 2000, atOnce: 3 });
    await passes(1900);
    const sent = departures(running, 9);
    await passes(10_000);
    expect(sent).toHaveLength(9);
    for (const [index, timestamp] of sent.slice(3).entries()) {
      expect(timestamp - (sent[index] ?? 0)).toBeGreaterThanOrEqual(2000);
    }
    expect(sent.at(-1)).toBeLessThan(5000);
  });

  it('never has more calls under way at once', async () => {
    const running = rateLimiter({ ...roomy, atOnce: 2 });
    const busy = vendor();
    const all = Promise.all(Array.from({ length: 3 }, () => running.run('read', busy.call)));
    await passes(100);
    expect(busy.calls).toBe(2);
    busy.answers(0);
    await passes(100);
    expect(busy.calls).toBe(3);
    busy.answers(1);
    busy.answers(2);
    await settled(all);
  });

  it('keeps a lane within its own limit, and the others out of it', async () => {
    const running = rateLimiter({ ...roomy, lanes: { search: { calls: 2, window: 1000, atOnce: 2 } } });
    const searches = departures(running, 4, 'search');
    const reads = departures(running, 4, 'read');
    await passes(500);
    expect([searches.length, reads.length]).toEqual([2, 4]);
    await passes(1000);
    expect(searches).toHaveLength(4);
  });

  it('counts a lane towards the common limit', async () => {
    const running = rateLimiter({
      calls: 2,
      window: 5000,
      atOnce: 5,
      lanes: { search: { calls: 5, window: 1000, atOnce: 5 } },
    });
    const searches = departures(running, 5, 'search');
    await passes(4000);
    expect(searches).toHaveLength(2);
  });

  it('lets writes go before reads that wait', async () => {
    const running = rateLimiter({ ...roomy, atOnce: 1 });
    const order: string[] = [];
    const noting = (word: string) => async () => {
      order.push(word);
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    void running.run('read', noting('first read'));
    await passes(10);
    void running.run('read', noting('second read'));
    void running.run('write', noting('write'));
    await passes(1000);
    expect(order).toEqual(['first read', 'write', 'second read']);
  });

  it('holds while the vendor counts no calls left, for a window', async () => {
    const running = rateLimiter({ calls: 100, window: 5000, atOnce: 5 });
    await outcome(running, async () => running.observe({ remaining: 0 }));
    expect(running.state()).toEqual({ remaining: 0 });
    const sent = departures(running, 3);
    await passes(4800);
    expect(sent).toEqual([]);
    await passes(5000);
    expect(sent).toHaveLength(3);
  });

  it('goes on refilling after the vendor has been heard', async () => {
    const running = rateLimiter({ calls: 2, window: 1000, atOnce: 5 });
    for (let call = 0; call < 10; call += 1) {
      await outcome(running, async () => running.observe({ remaining: 1, calls: 2, window: 1000 }));
      await passes(1000);
    }
    const sent = departures(running, 6);
    await passes(4000);
    expect(sent).toHaveLength(6);
  });

  it('takes over a larger or smaller allowance', async () => {
    const larger = rateLimiter({ calls: 2, window: 60_000, atOnce: 20 });
    await outcome(larger, async () => larger.observe({ remaining: 9, calls: 10 }));
    const nine = departures(larger, 20);
    await passes(1000);
    expect(nine).toHaveLength(9);

    const smaller = rateLimiter({ calls: 50, window: 60_000, atOnce: 20 });
    await outcome(smaller, async () => smaller.observe({ remaining: 4, calls: 5 }));
    const four = departures(smaller, 20);
    await passes(1000);
    expect(four).toHaveLength(4);
  });

  it('takes over a longer window', async () => {
    const running = rateLimiter({ calls: 2, window: 1000, atOnce: 5 });
    running.observe({ remaining: 2, window: 30_000 });
    const sent = departures(running, 3);
    await passes(29_000);
    expect(sent).toHaveLength(2);
    await passes(2000);
    expect(sent).toHaveLength(3);
  });

  it('spends nothing on calls that it refuses', async () => {
    const running = rateLimiter({ calls: 3, window: 60_000, atOnce: 1 });
    const queued = [1, 2, 3, 4].map(() => running.run('read', failing(throttled(1000))).catch(() => undefined));
    await passes(100);
    await Promise.all(queued);
    await passes(1000);
    expect(await outcome(running, answering)).toBe('an answer');
    expect(await outcome(running, answering)).toBe('an answer');
  });
});

describe('one pace beside others', () => {
  it('never slows another one down', async () => {
    const [stopped, other] = [rateLimiter({ calls: 1, window: 60_000, atOnce: 1 }), rateLimiter()];
    await outcome(stopped, failing(revoked));
    stopped.observe({ remaining: 0 });
    expect(await outcome(other, answering)).toBe('an answer');
    expect(other.state()).toEqual({});
  });

  it('asks before each call, and goes without it when it may not go', async () => {
    let mine = false;
    const elsewhere = new UpstreamBusy(vendorSays('server_failed'), { retryAfter: 5000 });
    const running = rateLimiter(roomy, {
      async admit() {
        if (!mine) throw elsewhere;
      },
    });
    const call = vi.fn(answering);
    expect(await outcome(running, call)).toBe(elsewhere);
    expect(call).not.toHaveBeenCalled();
    mine = true;
    expect(await outcome(running, call)).toBe('an answer');
  });

  it('does not go when a failure came while it asked', async () => {
    const asking = Promise.withResolvers<void>();
    let asked = 0;
    const running = rateLimiter(roomy, {
      async admit() {
        asked += 1;
        if (asked === 1) await asking.promise;
      },
    });
    const call = vi.fn(answering);
    const slow = running.run('read', call).catch((failure: unknown) => failure);
    await passes(100);
    await outcome(running, failing(revoked));
    asking.resolve();
    expect(await settled(slow)).toBe(revoked);
    expect(call).not.toHaveBeenCalled();
  });

  it('tells what still waits that it will not go out, when it stops', async () => {
    const running = rateLimiter({ ...roomy, atOnce: 1, lanes: { search: { calls: 1, window: 60_000, atOnce: 1 } } });
    const hanging = vendor();
    running.run('read', hanging.call).catch(() => {});
    await passes(100);
    const waiting = (['read', 'write', 'search'] as const).map((lane) =>
      running.run(lane, hanging.call).catch((failure: unknown) => failure),
    );
    await passes(100);
    const stopping = running.stop();
    await passes(100);
    await stopping;
    for (const failure of await Promise.all(waiting)) expect(failure).toBeInstanceOf(UpstreamBusy);
    await expect(running.run('read', hanging.call)).rejects.toBeInstanceOf(UpstreamBusy);
    expect(hanging.calls).toBe(1);
  });
});
