import { expect, test } from 'vitest';
import { createGathering } from './gathering.ts';

function start() {
  let now = 1000;
  const gathering = createGathering(() => now);
  return {
    ...gathering,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test('lets two small batches of a key run at once, and gathers for six seconds before each further one', () => {
  const { waitMs, noteBatch, pass } = start();
  for (let n = 0; n < 2; n += 1) {
    expect(waitMs('connection')).toBe(0);
    noteBatch('connection');
  }

  expect(waitMs('connection')).toBe(6000);
  pass(5999);
  expect(waitMs('connection')).toBe(1);
  pass(1);
  expect(waitMs('connection')).toBe(0);
  noteBatch('connection');
  expect(waitMs('connection')).toBe(6000);
});

test('never keeps one waiting that comes every six seconds', () => {
  const { waitMs, noteBatch, pass } = start();
  for (let n = 0; n < 100; n += 1) {
    expect(waitMs('connection')).toBe(0);
    noteBatch('connection');
    pass(6000);
  }
});

test('gathers for each key by itself', () => {
  const { waitMs, noteBatch } = start();
  for (let n = 0; n < 100; n += 1) noteBatch('busy');

  expect(waitMs('busy')).toBe(6000);
  expect(waitMs('alone')).toBe(0);
});

test('forgets the keys that were used longest ago', () => {
  const { waitMs, noteBatch } = start();
  for (let n = 0; n < 3; n += 1) noteBatch('first');
  for (let n = 0; n < 1000; n += 1) noteBatch(`key ${n}`);

  expect(waitMs('first')).toBe(0);
});
