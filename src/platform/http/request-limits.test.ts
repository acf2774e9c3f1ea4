import { expect, test } from 'vitest';
import { TooManyRequests } from '../../model/errors.ts';
import { createRequestLimiter, networkPrefix } from './request-limits.ts';

/** A bucket and a clock of its own. */
function limiterOf(perMinute: number) {
  let now = Date.UTC(2026, 10, 2);
  const limiter = createRequestLimiter(perMinute, () => new Date(now));
  const wait = (name: string, tokens?: number): number => {
    try {
      limiter.spend(name, tokens);
      return 0;
    } catch (failure) {
      if (!(failure instanceof TooManyRequests)) throw failure;
      return failure.retryAfter;
    }
  };
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { wait, pass };
}

test('lets through what a bucket holds, then one whenever a token has flowed in', () => {
  const { wait, pass } = limiterOf(60);
  for (let index = 0; index < 60; index += 1) expect(wait('a')).toBe(0);
  expect(wait('a')).toBe(1000);
  pass(999);
  expect(wait('a')).toBeGreaterThan(0);
  pass(1);
  expect(wait('a')).toBe(0);
  expect(wait('a')).toBe(1000);
});

test('keeps callers apart', () => {
  const { wait } = limiterOf(1);
  expect([wait('a'), wait('b'), wait('a'), wait('b')]).toEqual([0, 0, 60_000, 60_000]);
});

test('takes many tokens for what costs much, and never more than a bucket holds', () => {
  const { wait } = limiterOf(60);
  expect([wait('a', 40), wait('a', 40), wait('a', 20), wait('b', 1000)]).toEqual([0, 20_000, 0, 0]);
});

test('lets everything through without a limit', () => {
  const { wait } = limiterOf(0);
  expect(wait('a', 1_000_000)).toBe(0);
});

test('forgets who has been away longest, so that many names take no more memory', () => {
  const { wait } = limiterOf(1);
  wait('first');
  for (let index = 0; index < 50_000; index += 1) wait(`name ${index}`);
  expect([wait('name 49999'), wait('first')]).toEqual([60_000, 0]);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  [undefined, ''],
])('counts %s with its network', (address, network) => {
  expect(networkPrefix(address)).toBe(network);
});
