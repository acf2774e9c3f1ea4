import pino from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { now } from '../../../test/stored.ts';
import type { Database } from '../database/database.ts';
import { lease, worker } from './tables.ts';
import { createWorkers, type Workers } from './workers.ts';

const log = pino({ level: 'silent' });

describeOnEachDatabase('workers that share a database', (open) => {
  let database: Database;
  let at = now;
  const connections = Array.from({ length: 8 }, (_, n) => `connection-${n}`);
  const servers = ['server-0', 'server-1', 'server-2', 'server-3'];
  let keys = { connections, servers };
  let gone: string[] = [];
  let taken: string[] = [];

  beforeEach(async () => {
    database ??= await open();
    await database.db.delete(lease);
    await database.db.delete(worker);
    [at, gone, taken] = [now, [], []];
    keys = { connections, servers };
  });

  function join(works = true): Workers {
    return createWorkers(database, {
      clock: () => at,
      log,
      works,
      listKeys: async () => keys,
      onTaken: async (key) => void taken.push(key),
      onBeat: async () => {},
      onGone: async (id) => void gone.push(id),
    });
  }

  const pass = (ms: number) => {
    at = new Date(at.getTime() + ms);
  };

  /** As many rounds of beats as it takes until everybody has seen the others. */
  async function beat(...all: readonly Workers[]): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      for (const one of all) await one.beat();
      pass(100);
    }
  }

  const keysOf = (of: Workers) => of.ownKeys().toSorted();
  const counts = (of: Workers) => [
    keysOf(of).filter((key) => connections.includes(key)).length,
    keysOf(of).filter((key) => servers.includes(key)).length,
  ];

  test('one alone holds everything, and may use the whole share', async () => {
    const alone = join();
    await beat(alone);

    expect(keysOf(alone)).toEqual([...connections, ...servers].toSorted());
    expect(alone.quotaPart('connection-0')).toBe(1);
    expect(taken).toEqual([]);
  });

  test('spread connections and email servers evenly, each to one of them, and find out where each is', async () => {
    const [first, second] = [join(), join()];
    await first.beat();
    await beat(first, second);

    expect([counts(first), counts(second)]).toEqual([
      [4, 2],
      [4, 2],
    ]);
    expect([...keysOf(first), ...keysOf(second)].toSorted()).toEqual([...connections, ...servers].toSorted());
    for (const key of keysOf(second)) expect(first.holderOf(key)).toBe(second.id);
    for (const key of keysOf(first)) expect(first.holderOf(key)).toBe(first.id);
  });

  test('give a new one its part, without taking what the others have', async () => {
    const all = [join(), join()];
    await beat(...all);
    const before = keysOf(all[0] as Workers);
    all.push(join());
    await beat(...all);

    const loads = all.map((one) => counts(one).reduce((sum, count) => sum + count, 0));
    expect(loads).toEqual([4, 4, 4]);
    for (const key of keysOf(all[0] as Workers)) expect(before).toContain(key);
  });

  test('take over what one that was killed held, within fifteen seconds', async () => {
    const [killed, left] = [join(), join()];
    await beat(killed, left);
    expect(keysOf(left)).toHaveLength(6);
    const begun = at.getTime();
    while (keysOf(left).length < 12 && at.getTime() - begun < 60_000) {
      pass(2500);
      await left.beat();
    }

    expect(keysOf(left)).toHaveLength(12);
    expect(at.getTime() - begun).toBeLessThanOrEqual(15_000);
    expect(taken.toSorted().slice(-6)).toHaveLength(6);
    expect(gone).toEqual([]);
    pass(60_000);
    await left.beat();
    expect(gone).toEqual([killed.id]);
  });

  test('take over at once what one that stopped held', async () => {
    const [stopped, left] = [join(), join()];
    await beat(stopped, left);
    await stopped.stop();
    await left.beat();

    expect(keysOf(left)).toHaveLength(12);
    expect(left.quotaPart('connection-0')).toBe(1);
  });

  test('that only answer requests hold nothing, and have a small part of the quota', async () => {
    const [web, works] = [join(false), join()];
    await beat(web, works);

    expect(keysOf(web)).toEqual([]);
    expect(keysOf(works)).toHaveLength(12);
    expect(await web.leaseFor('connection-0').hold()).toBe(false);
    expect(works.quotaPart('connection-0')).toBeCloseTo(2 / 3);
    expect(web.quotaPart('connection-0')).toBeCloseTo(1 / 3);
  });

  test('that only answer requests know whether any process works', async () => {
    const [web, works] = [join(false), join()];
    await beat(web, works);
    expect(web.isWorkedOn()).toBe(true);
    await works.stop();
    await web.beat();
    expect(web.isWorkedOn()).toBe(false);
    await beat(web, join());
    expect(web.isWorkedOn()).toBe(true);
  });

  test('never use more of a quota together than there is', async () => {
    const all = [join(), join(), join(false), join()];
    await beat(...all);

    for (const key of connections) {
      expect(all.reduce((sum, one) => sum + one.quotaPart(key), 0)).toBeCloseTo(1);
    }
  });

  test('take what was added since, whoever comes first, and even it out', async () => {
    const [first, second] = [join(), join()];
    await beat(first, second);
    expect(await first.leaseFor('connection-8').hold()).toBe(true);
    expect(await first.leaseFor('connection-9').hold()).toBe(true);
    keys = { connections: [...connections, 'connection-8', 'connection-9'], servers };
    await beat(first, second);

    expect([counts(first)[1], counts(second)[1]]).toEqual([2, 2]);
    expect([keysOf(first).length, keysOf(second).length]).toEqual([7, 7]);
  });

  test('hold no more than their part, also when a job asks for it', async () => {
    const [first, second] = [join(), join()];
    await beat(first, second);
    const [theirs = ''] = keysOf(second);
    await second.stop();

    // It has not seen yet that the other one is gone.
    expect(await first.leaseFor(theirs).hold()).toBe(false);
    await first.beat();
    expect(await first.leaseFor(theirs).hold()).toBe(true);
  });
});
