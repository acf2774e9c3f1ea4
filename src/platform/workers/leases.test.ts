import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test, vi } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { after, now } from '../../../test/stored.ts';
import type { Database } from '../database/database.ts';
import { createLeases, currentLease, type Lease, type Leases, leaseMs, releaseAllLeases } from './leases.ts';

/** A process that would hold a lease, on a clock of its own. */
type Process = Lease & { id: string; leases: Leases; at: Date; takenOver: Date[]; notes: unknown[] };

describeOnEachDatabase('a lease', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  function process(
    key: string,
    { onTaken, mayTake }: { onTaken?: () => Promise<void>; mayTake?: () => boolean } = {},
  ): Process {
    const id = randomUUID();
    const leases = createLeases(database, {
      worker: id,
      clock: () => started.at,
      onTaken: async (_key, { endedAt, note }) => {
        started.takenOver.push(endedAt);
        started.notes.push(note);
        await onTaken?.();
      },
      ...(mayTake ? { mayTake } : {}),
    });
    const started: Process = { ...leases.leaseFor(key), id, leases, at: now, takenOver: [], notes: [] };
    return started;
  }

  function processes(key: string = randomUUID()): [Process, Process] {
    return [process(key), process(key)];
  }

  test('is held by one process at a time', async () => {
    const [first, second] = processes();

    expect(await first.hold()).toBe(true);
    expect(await second.hold()).toBe(false);
    expect([first.takenOver, second.takenOver]).toEqual([[], []]);
  });

  test('is held by one of many that ask at once', async () => {
    const key = randomUUID();
    const many = Array.from({ length: 5 }, () => process(key));

    const taken = await Promise.all(many.map((one) => one.hold()));

    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  test('of another key is another lease', async () => {
    const [[first], [second]] = [processes(), processes()];

    expect([await first.hold(), await second.hold()]).toEqual([true, true]);
  });

  test('stays with whoever renews it', async () => {
    const [first, second] = processes();
    await first.hold();
    for (const seconds of [4, 8, 16, 24, 32]) {
      first.at = second.at = after(seconds * 1000);
      expect([await first.hold(), await second.hold()]).toEqual([true, false]);
    }
  });

  test('is renewed with everything else that its process holds, whoever works on it', async () => {
    const key = randomUUID();
    const [first, second] = processes(key);
    await first.hold();
    for (const seconds of [4, 8, 12]) {
      first.at = second.at = after(seconds * 1000);
      await first.leases.renewLeases();
    }

    expect(first.leases.ownKeys()).toEqual([key]);
    expect(await second.hold()).toBe(false);
    first.at = second.at = after(12_000 + leaseMs + 1);
    await first.leases.renewLeases();
    expect(first.leases.ownKeys()).toEqual([]);
    expect(await second.hold()).toBe(true);
  });

  test('passes on when its holder falls silent, who then knows that it was lost', async () => {
    const [first, second] = processes();
    await first.hold();
    second.at = after(leaseMs - 1);
    expect(await second.hold()).toBe(false);
    first.at = second.at = after(leaseMs);

    expect(await second.hold()).toBe(true);
    expect(await first.hold()).toBe(false);
    expect(second.takenOver).toEqual([after(leaseMs)]);
  });

  test('that ran out unnoticed, and that nobody else took, has lost nothing', async () => {
    const [first] = processes();
    await first.hold();
    first.at = after(60_000);

    expect(await first.hold()).toBe(true);
    expect(first.takenOver).toEqual([]);
  });

  test('is free at once when it was released, by its holder alone', async () => {
    const [first, second] = processes();
    await first.hold();
    await second.release();
    expect(await second.hold()).toBe(false);
    second.at = after(3);
    first.at = after(2);
    await first.release();

    expect(await second.hold()).toBe(true);
    expect(second.takenOver).toEqual([after(2)]);
  });

  test('is not held before what its last holder left is released, which is done once', async () => {
    const key = randomUUID();
    await process(key).hold();
    const releasing = Promise.withResolvers<void>();
    const late = after(leaseMs + 1);
    const first = process(key, { onTaken: () => releasing.promise });
    first.at = late;
    let holders = 0;
    const holding = [first.hold(), first.hold()].map((hold) => hold.then(() => (holders += 1)));
    await vi.waitFor(() => expect(first.takenOver).toHaveLength(1));
    const other = process(key);
    other.at = late;

    expect(await other.hold()).toBe(false);
    expect(holders).toBe(0);
    releasing.resolve();
    await Promise.all(holding);
    expect([holders, first.takenOver.length]).toEqual([2, 1]);
  });

  test('whose taking over failed is taken over again', async () => {
    const key = randomUUID();
    await process(key).hold();
    let fails = true;
    const first = process(key, {
      async onTaken() {
        if (fails) throw new Error('the database went away');
      },
    });
    first.at = after(leaseMs + 1);
    await expect(first.hold()).rejects.toThrow('the database went away');
    fails = false;

    expect(await first.hold()).toBe(true);
    expect(first.takenOver).toEqual([after(leaseMs), after(leaseMs)]);
  });

  test('is nobody’s when the only process of a database starts', async () => {
    const [killed, started] = processes();
    await killed.hold();
    await releaseAllLeases(database, now);
    started.at = after(1);

    expect(await started.hold()).toBe(true);
    expect(started.takenOver).toEqual([now]);
  });

  test('is taken by no process that may hold no more, but kept by one that does', async () => {
    let may = false;
    const key = randomUUID();
    const first = process(key, { mayTake: () => may });
    expect(await first.hold()).toBe(false);
    may = true;
    expect(await first.hold()).toBe(true);
    may = false;
    first.at = after(leaseMs - 1);

    expect(await first.hold()).toBe(true);
  });

  test('is handed over when the work under it has ended, and nothing more is begun meanwhile', async () => {
    const key = randomUUID();
    const [first, second] = processes(key);
    await first.hold();
    const working = Promise.withResolvers<void>();
    const work = first.run(() => working.promise);
    await first.leases.handOver(key);

    expect(await first.hold()).toBe(false);
    expect(await first.keep()).toBe(true);
    expect(await second.hold()).toBe(false);
    working.resolve();
    await work;
    expect(await second.hold()).toBe(true);
    expect(await first.keep()).toBe(false);
  });

  test('is handed over at once when nothing is under way', async () => {
    const key = randomUUID();
    const [first, second] = processes(key);
    await first.hold();
    await first.leases.handOver(key);

    expect(await second.hold()).toBe(true);
  });

  test('leaves a note for the next holder when it is released, and none when its holder is killed', async () => {
    const key = randomUUID();
    const [first, second] = processes(key);
    await first.hold();
    await first.release({ common: 7 });
    expect(await second.hold()).toBe(true);
    first.at = after(leaseMs);
    expect(await first.hold()).toBe(true);

    expect([second.notes, first.notes]).toEqual([[{ common: 7 }], [null]]);
  });

  test('tells who holds it', async () => {
    const [[first], [second], [unowned]] = [processes('a'), processes('b'), processes('c')];
    await first.hold();
    await second.hold();
    expect(await unowned.leases.findHolders(['a', 'b', 'c'])).toEqual(
      new Map([
        ['a', first.id],
        ['b', second.id],
      ]),
    );
    unowned.at = after(leaseMs + 1);
    expect(await unowned.leases.findHolders(['a', 'b', 'c'])).toEqual(new Map());
    expect(await unowned.leases.findHolders([])).toEqual(new Map());
  });

  test('is what work runs under, and requests do not', async () => {
    const lease = process(randomUUID()).leases.leaseFor('key');
    const seen = await lease.run(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return currentLease();
    });

    expect(seen).toBe(lease);
    expect(currentLease()).toBeUndefined();
  });
});
