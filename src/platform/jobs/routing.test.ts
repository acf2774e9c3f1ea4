import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import type { Database } from '../database/database.ts';
import { createJobs, type JobHandler, type JobName, type Jobs, jobNames } from './jobs.ts';

const eventually = { timeout: 15_000, interval: 10 };

describeOnEachDatabase('jobs of several workers', (open) => {
  const log = pino({ level: 'silent' });
  /** Who has a key, and who may not begin anything under it, because it is being handed over. */
  const holders = new Map<string, string>();
  const leaving = new Set<string>();
  /** What a worker believes of others, if that is out of date. */
  const beliefs = new Map<string, string>();
  let database: Database;
  let first: Worker;
  let second: Worker;

  type Worker = Jobs & { id: string; done: string[] };

  async function startWorker(): Promise<Worker> {
    const id = randomUUID();
    const done: string[] = [];
    const jobs = await createJobs(database, log, {
      self: id,
      holderOf: (key) => beliefs.get(key) ?? holders.get(key),
      async claim(key) {
        if (!holders.has(key)) holders.set(key, id);
        return holders.get(key) === id && !leaving.has(key);
      },
      findHolder: async (key) => holders.get(key),
    });
    const handler: JobHandler = async (key) => void done.push(key);
    await jobs.start(Object.fromEntries(jobNames.map((name) => [name, handler])) as Record<JobName, JobHandler>);
    return { ...jobs, id, done };
  }

  beforeAll(async () => {
    database = await open();
    [first, second] = [await startWorker(), await startWorker()];
  });
  afterAll(() => Promise.all([first.stop(100), second.stop(100)]));

  const isDone = (by: Worker, key: string) => vi.waitFor(() => expect(by.done).toContain(key), eventually);

  test('are done by the one that has the key, whoever woke them', async () => {
    const keys = Array.from({ length: 6 }, () => randomUUID());
    for (const [n, key] of keys.entries()) holders.set(key, n % 2 === 0 ? first.id : second.id);
    for (const key of keys) await first.wake('dispatch', key);
    for (const [n, key] of keys.entries()) await isDone(n % 2 === 0 ? first : second, key);

    expect(first.done.filter((key) => second.done.includes(key))).toEqual([]);
  });

  test('are passed on where a worker believes that another has the key', async () => {
    const key = randomUUID();
    holders.set(key, first.id);
    beliefs.set(key, second.id);
    await first.wake('write', key);
    await isDone(first, key);

    expect(second.done).not.toContain(key);
  });

  test('are done by whoever takes the key where nobody has it', async () => {
    const key = randomUUID();
    await first.wake('recheck', key);
    await vi.waitFor(() => expect([...first.done, ...second.done]).toContain(key), eventually);

    expect(holders.get(key)).toBe(first.done.includes(key) ? first.id : second.id);
  });

  test('wait while a key is handed over, and are done by its next holder', async () => {
    const key = randomUUID();
    holders.set(key, first.id);
    leaving.add(key);
    await first.wake('dispatch', key);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([...first.done, ...second.done]).not.toContain(key);
    holders.set(key, second.id);
    leaving.delete(key);

    await isDone(second, key);
    expect(first.done).not.toContain(key);
  });

  test('for later go to whoever has the key by then', async () => {
    const key = randomUUID();
    holders.set(key, first.id);
    await first.wake('dispatch', key, new Date(Date.now() + 1500));
    holders.set(key, second.id);
    await isDone(second, key);

    expect(first.done).not.toContain(key);
  });

  test('that need no key are done by any of them', async () => {
    const key = randomUUID();
    await first.wake('dry-run', key);
    await vi.waitFor(() => expect([...first.done, ...second.done]).toContain(key), eventually);

    expect(holders.has(key)).toBe(false);
  });

  test('of a worker that is gone, and forgotten, are done by another', async () => {
    const key = randomUUID();
    const ended = await startWorker();
    await ended.stop(100);
    await first.forgetWorker(ended.id);
    beliefs.set(key, ended.id);
    holders.set(key, second.id);
    await first.wake('dispatch', key);

    await isDone(second, key);
  });
});
