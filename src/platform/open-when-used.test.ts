import { expect, test } from 'vitest';
import { openWhenUsed } from './open-when-used.ts';

function start(open: () => Promise<void> = async () => {}) {
  const closed: number[] = [];
  let openings = 0;
  const used = openWhenUsed(
    async () => {
      openings += 1;
      const number = openings;
      await open();
      return number;
    },
    (number) => void closed.push(number),
  );
  return { ...used, closed, openings: () => openings };
}

test('opens once, when it is first used', async () => {
  const { get, openings } = start();
  expect(openings()).toBe(0);

  expect(await Promise.all([get(), get()])).toEqual([1, 1]);
  expect(openings()).toBe(1);
});

test('opens again after an opening failed', async () => {
  let fails = true;
  const { get } = start(async () => {
    if (fails) throw new Error('the file cannot be read');
  });
  await expect(get()).rejects.toThrow('the file cannot be read');
  fails = false;

  expect(await get()).toBe(2);
});

test('closes what is open, and opens nothing to close it', async () => {
  const [used, unused] = [start(), start()];
  await used.get();

  expect(await used.close()).toBe(1);
  expect(used.closed).toEqual([1]);
  expect(await unused.close()).toBeUndefined();
  expect(unused.openings()).toBe(0);
});

test('is closed for whoever uses it for the first time afterwards', async () => {
  const { get, close, closed } = start();
  await close();

  expect(await get()).toBe(1);
  expect(closed).toEqual([1]);
});
