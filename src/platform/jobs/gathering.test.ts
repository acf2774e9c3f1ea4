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
  const { waitMs, noteSmall, pass } = start();
  for (let n = 0; n < 2; n += 1) {
    expect(waitMs('connection')).toBe(0);
    noteSmall('connection');
  }

  expect(waitMs('connection')).toBe(6000);
  pass(5999);
  expect(waitMs('connection')).toBe(1);
  pass(1);
  expect(waitMs('connection')).toBe(0);
  noteSmall('connection');
  expect(waitMs('connection')).toBe(6000);
});

test('never keeps one waiting that comes every six seconds', () => {
  const { waitMs, noteSmall, pass } = start();
  for (let n = 0; n < 100; n += 1) {
    expect(waitMs('connection')).toBe(0);
    noteSmall('connection');
    pass(6000);
  }
});

test('gathers for each key by itself', () => {
  const { waitMs, noteSmall } = start();
  for (let n = 0; n < 4; n += 1) noteSmall('busy');

  expect(waitMs('busy')).toBe(18_000);
  expect(waitMs('alone')).toBe(0);
});

test('forgets the keys that were used longest ago', () => {
  const { waitMs, noteSmall } = start();
  for (let n = 0; n < 3; n += 1) noteSmall('first');
  for (let n = 0; n < 1000; n += 1) noteSmall(`key ${n}`);

  expect(waitMs('first')).toBe(0);
});
