import { expect, test, vi } from 'vitest';
import { type DueWork, runDue, startBudget } from './run-due.ts';

/** Work of which each piece takes ten milliseconds, of a clock that stands still otherwise. */
function workOn(pieces: readonly string[], changes: Partial<DueWork<string>> = {}) {
  const stopping = new AbortController();
  const left = [...pieces];
  const handled: string[] = [];
  const again = vi.fn(async () => {});
  let time = 0;
  const work: DueWork<string> = {
    claim: async () => left.shift(),
    async handle(piece) {
      handled.push(piece);
      time += 10;
      return undefined;
    },
    again,
    signal: stopping.signal,
    monotonic: () => time,
    budgetMs: 1000,
    ...changes,
  };
  return { run: () => runDue(work), handled, left, again, stopping };
}

test('handles all that is due, in order, and asks for no further run', async () => {
  const { run, handled, again } = workOn(['a', 'b', 'c']);
  await run();

  expect(handled).toEqual(['a', 'b', 'c']);
  expect(again).not.toHaveBeenCalled();
});

test('handles nothing when nothing is due', async () => {
  const { run, handled, again } = workOn([]);
  await run();

  expect(handled).toEqual([]);
  expect(again).not.toHaveBeenCalled();
});

test('asks for one further run once the budget is spent, and claims no more', async () => {
  const { run, handled, left, again } = workOn(['a', 'b', 'c', 'd'], { budgetMs: 15 });
  await run();

  expect(handled).toEqual(['a', 'b']);
  expect(left).toEqual(['c', 'd']);
  expect(again).toHaveBeenCalledTimes(1);
});

test('handles one piece even when that takes longer than the budget', async () => {
  const { run, handled, again } = workOn(['a', 'b'], { budgetMs: 0 });
  await run();

  expect(handled).toEqual(['a']);
  expect(again).toHaveBeenCalledTimes(1);
});

test('ends without a further run when a piece says stop', async () => {
  const { run, left, again } = workOn(['a', 'b'], { handle: async () => 'stop', budgetMs: -1 });
  await run();

  expect(left).toEqual(['b']);
  expect(again).not.toHaveBeenCalled();
});

test('claims nothing more when the process stops', async () => {
  const { run, left, again, stopping } = workOn(['a', 'b'], {
    async handle() {
      stopping.abort();
      return undefined;
    },
  });
  await run();
  await run();

  expect(left).toEqual(['b']);
  expect(again).not.toHaveBeenCalled();
});

test('lets a failure through to the caller', async () => {
  const failure = new Error('the database is gone');
  const { run, again } = workOn(['a'], { handle: () => Promise.reject(failure) });

  await expect(run()).rejects.toBe(failure);
  expect(again).not.toHaveBeenCalled();
});

test('a budget is spent once more time than it has passed since its start', () => {
  let time = 500;
  const isSpent = startBudget(() => time, 100);
  const spentAt = [500, 600, 601].map((at) => {
    time = at;
    return isSpent();
  });

  expect(spentAt).toEqual([false, false, true]);
});
