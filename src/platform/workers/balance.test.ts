import { expect, test } from 'vitest';
import { fairCounts, type KeysByKind } from './balance.ts';

const names = (many: number) => Array.from({ length: many }, (_, n) => `${n}`);
const workers = ['a', 'b', 'c'];
const shares = (keys: KeysByKind, alive: readonly string[]) => alive.map((self) => fairCounts(keys, alive, self));

test('gives one worker everything', () => {
  expect(fairCounts({ connections: names(8), servers: names(4) }, ['a'], 'a')).toEqual({ connections: 8, servers: 4 });
});

test('gives all workers about as many, in every kind together', () => {
  expect(shares({ connections: names(8), servers: names(4) }, workers)).toEqual([
    { connections: 3, servers: 1 },
    { connections: 3, servers: 1 },
    { connections: 2, servers: 2 },
  ]);
});

test.each([
  [0, 0, 1],
  [1, 1, 2],
  [7, 5, 3],
  [2, 9, 4],
  [100, 3, 7],
])('gives away %d connections and %d servers once, to %d workers', (connections, servers, many) => {
  const keys = { connections: names(connections), servers: names(servers) };
  const given = shares(keys, names(many));
  const sum = (kind: keyof typeof keys) => given.reduce((total, one) => total + (one[kind] ?? 0), 0);
  const all = given.map((one) => (one.connections ?? 0) + (one.servers ?? 0));

  expect([sum('connections'), sum('servers')]).toEqual([connections, servers]);
  expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
});

test('is the same whatever the order in which the workers are seen', () => {
  const keys = { connections: names(5) };

  expect(fairCounts(keys, ['c', 'a', 'b'], 'b')).toEqual(fairCounts(keys, workers, 'b'));
});

test('gives nothing to who does not work', () => {
  expect(fairCounts({ connections: names(5) }, workers, 'web')).toEqual({ connections: 0 });
});
