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
import { invalidInput, UpstreamBusy, UpstreamRefused } from '../model/errors.ts';

onStillClock();

describe('a pace after a failure', () => {
  it('waits exactly as long as the vendor says', async () => {
    const running = rateLimiter();
    const started = Date.now();
    await outcome(running, failing(throttled(7000)));
    const failedAt = (running.state().waitingUntil?.getTime() ?? 0) - 7000;
    expect(failedAt).toBeGreaterThanOrEqual(started);
    expect(failedAt).toBeLessThanOrEqual(Date.now());

    const call = vi.fn(answering);
    await passes(failedAt + 6999 - Date.now());
    await expect(running.run('read', call)).rejects.toMatchObject({ name: 'UpstreamBusy', retryAfter: 1 });
    expect(call).not.toHaveBeenCalled();

    await passes(1);
    expect(await outcome(running, call)).toBe('an answer');
    expect(running.state()).toEqual({});
  });

  it('waits twice as long after each further one, up to half a minute', async () => {
    const running = rateLimiter();
    const waits: number[] = [];
    for (let failure = 0; failure < 8; failure += 1) {
      await outcome(running, failing(new UpstreamBusy(vendorSays('server_failed'))));
      const wait = (running.state().waitingUntil?.getTime() ?? 0) - Date.now();
      waits.push(Math.ceil(wait / 1000));
      await passes(wait);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    await outcome(running, answering);
    await outcome(running, failing(new UpstreamBusy(vendorSays('server_failed'))));
    expect((running.state().waitingUntil?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(1000);
  });

  it('counts the failures of calls that were under way together as one', async () => {
    const running = rateLimiter();
    const down = vendor();
    const all = Promise.allSettled(Array.from({ length: 6 }, () => running.run('read', down.call)));
    await passes(100);
    expect(down.calls).toBe(6);
    for (let call = 0; call < 6; call += 1) down.fails(call, new UpstreamBusy(vendorSays('server_failed')));
    await settled(all);
    expect((running.state().waitingUntil?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(1000);
    await passes(1000);
    await outcome(running, failing(new UpstreamBusy(vendorSays('server_failed'))));
    expect((running.state().waitingUntil?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(2000);
  });

  it('sends nothing that was queued before it', async () => {
    const running = rateLimiter({ ...roomy, atOnce: 1 });
    const queued = vi.fn(answering);
    const first = outcome(running, failing(throttled(5000)));
    const others = Promise.allSettled([running.run('read', queued), running.run('write', queued)]);
    await first;
    await passes(100);
    expect((await others).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(queued).not.toHaveBeenCalled();
  });

  it('tries again with a single call, and opens when that is answered', async () => {
    const running = rateLimiter();
    await outcome(running, failing(throttled(1000)));
    await passes(1000);
    const recovering = vendor();
    const probe = running.run('read', recovering.call);
    const others = Promise.allSettled([running.run('read', recovering.call), running.run('write', recovering.call)]);
    await passes(100);
    expect(recovering.calls).toBe(1);
    for (const other of await others) {
      expect(other).toMatchObject({ status: 'rejected', reason: { name: 'UpstreamBusy', outcome: 'not_done' } });
    }
    recovering.answers(0);
    await passes(100);
    expect(await probe).toBe('an answer');
    expect(await Promise.all([outcome(running, answering), outcome(running, answering)])).toEqual([
      'an answer',
      'an answer',
    ]);
  });

  it('is not opened by an answer to a call from before it', async () => {
    const running = rateLimiter();
    const slow = vendor();
    const early = running.run('read', slow.call);
    await passes(100);
    await outcome(running, failing(throttled(1000)));
    slow.answers(0);
    expect(await settled(early)).toBe('an answer');
    await passes(1000);
    const probing = vendor();
    const both = Promise.allSettled([running.run('read', probing.call), running.run('read', probing.call)]);
    await passes(100);
    expect(probing.calls).toBe(1);
    probing.answers(0);
    await settled(both);
  });

  it('takes a refused request for a sign of life', async () => {
    const running = rateLimiter();
    await outcome(running, failing(throttled(1000)));
    await passes(1000);
    const refusal = new UpstreamRefused(vendorSays('refused'), { concerns: 'request' });
    expect(await outcome(running, failing(refusal))).toBe(refusal);
    const open = vendor();
    const both = Promise.all([running.run('read', open.call), running.run('read', open.call)]);
    await passes(100);
    expect(open.calls).toBe(2);
    open.answers(0);
    open.answers(1);
    await settled(both);
  });

  it('goes on as before when the failure concerns one request, or is a fault of ours', async () => {
    const running = rateLimiter();
    const one = new UpstreamBusy(vendorSays('locked'), { concerns: 'request', retryAfter: 60_000 });
    for (const failure of [one, invalidInput([]), new TypeError('a bug')]) {
      expect(await outcome(running, failing(failure))).toBe(failure);
      expect(running.state()).toEqual({});
    }
    expect(await outcome(running, answering)).toBe('an answer');
  });
});

describe('a pace after a refusal of the connection', () => {
  it('makes no further call, and says why each time', async () => {
    const running = rateLimiter();
    expect(await outcome(running, failing(revoked))).toBe(revoked);
    const call = vi.fn(answering);
    await passes(3_600_000);
    for (const lane of ['read', 'write', 'search'] as const)
      await expect(running.run(lane, call)).rejects.toBe(revoked);
    expect(call).not.toHaveBeenCalled();
    expect(running.state()).toEqual({ refusal: revoked });
  });

  it('sends nothing that was queued before it', async () => {
    const running = rateLimiter({ ...roomy, atOnce: 1 });
    const queued = vi.fn(answering);
    const first = outcome(running, failing(revoked));
    const other = running.run('read', queued).catch((failure: unknown) => failure);
    await first;
    await passes(100);
    expect(await other).toBe(revoked);
    expect(queued).not.toHaveBeenCalled();
  });

  it('goes on at full speed once it is resumed', async () => {
    const running = rateLimiter();
    const closing = vendor();
    const stopping = Promise.allSettled([running.run('read', closing.call), running.run('read', closing.call)]);
    await passes(100);
    closing.fails(0, throttled(60_000));
    closing.fails(1, revoked);
    await settled(stopping);
    expect(running.state()).toEqual({ refusal: revoked, waitingUntil: expect.any(Date) });
    running.resume();
    expect(running.state()).toEqual({});
    const open = vendor();
    const both = Promise.all([running.run('read', open.call), running.run('read', open.call)]);
    await passes(100);
    expect(open.calls).toBe(2);
    open.answers(0);
    open.answers(1);
    await settled(both);
  });

  it('does not wait for a call that was probing when it is resumed', async () => {
    const running = rateLimiter();
    await outcome(running, failing(throttled(1000)));
    await passes(1000);
    const hanging = vendor();
    const probe = running.run('read', hanging.call);
    await passes(100);
    running.resume();
    expect(await outcome(running, answering)).toBe('an answer');
    hanging.answers(0);
    await settled(probe);
  });

  it('is not stopped again by a call from before it was resumed', async () => {
    const running = rateLimiter();
    const slow = vendor();
    const early = running.run('read', slow.call).catch((failure: unknown) => failure);
    await passes(100);
    running.resume();
    slow.fails(0, revoked);
    expect(await settled(early)).toBe(revoked);
    expect(running.state()).toEqual({});
  });
});
