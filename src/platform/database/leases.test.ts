import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test, vi } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { after, now } from '../../../test/stored.ts';
import type { Database } from './database.ts';
import { createLeases, type Lease, leaseFor, releaseAllLeases } from './leases.ts';

/** A process that would hold the lease, on a clock of its own. */
type Process = Lease & { at: Date; taken: number };

describeOnEachDatabase('a lease', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  function process(name: string, onTaken: () => Promise<void> = async () => {}): Process {
    const lease = leaseFor(database, {
      name,
      holder: randomUUID(),
      clock: () => started.at,
      onTaken: async () => {
        started.taken += 1;
        await onTaken();
      },
    });
    const started: Process = { ...lease, at: now, taken: 0 };
    return started;
  }

  function processes(): [Process, Process] {
    const name = `connection ${randomUUID()}`;
    return [process(name), process(name)];
  }

  test('is held by one process at a time', async () => {
    const [first, second] = processes();

    expect(await first.hold()).toBe(true);
    expect(await second.hold()).toBe(false);
    expect([first.taken, second.taken]).toEqual([1, 0]);
  });

  test('is held by one of many that ask at once', async () => {
    const name = `connection ${randomUUID()}`;
    const many = Array.from({ length: 5 }, () => process(name));

    const taken = await Promise.all(many.map((one) => one.hold()));

    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(many.map(({ taken }) => taken)).toEqual(taken.map(Number));
  });

  test('of another name is another lease', async () => {
    const [[first], [second]] = [processes(), processes()];

    expect([await first.hold(), await second.hold()]).toEqual([true, true]);
  });

  test('stays with whoever renews it', async () => {
    const [first, second] = processes();
    await first.hold();
    for (const seconds of [10, 20, 40, 60, 80]) {
      first.at = second.at = after(seconds * 1000);
      expect([await first.hold(), await second.hold()]).toEqual([true, false]);
    }

    expect(first.taken).toBe(1);
  });

  test('passes on when its holder falls silent, who then knows that it was lost', async () => {
    const [first, second] = processes();
    await first.hold();
    second.at = after(30_000);
    expect(await second.hold()).toBe(false);
    first.at = second.at = after(30_001);

    expect(await second.hold()).toBe(true);
    expect(await first.hold()).toBe(false);
    expect([first.taken, second.taken]).toEqual([1, 1]);
  });

  test('that ran out unnoticed is taken anew: somebody else may have had it meanwhile', async () => {
    const [first] = processes();
    await first.hold();
    first.at = after(31_000);

    expect(await first.hold()).toBe(true);
    expect(first.taken).toBe(2);
  });

  test('is free at once when it was released, by its holder alone', async () => {
    const [first, second] = processes();
    await first.hold();
    await second.release();
    expect(await second.hold()).toBe(false);
    await first.release();

    expect(await second.hold()).toBe(true);
  });

  test('is not held before what its last holder left is released, which is done once', async () => {
    const releasing = Promise.withResolvers<void>();
    const name = `connection ${randomUUID()}`;
    const first = process(name, () => releasing.promise);
    let holders = 0;
    const holding = [first.hold(), first.hold()].map((hold) => hold.then(() => (holders += 1)));
    await vi.waitFor(() => expect(first.taken).toBeGreaterThan(0));

    expect([await process(name).hold(), await process(name).hold()]).toEqual([false, false]);
    expect([holders, first.taken]).toEqual([0, 1]);
    releasing.resolve();
    await Promise.all(holding);
    expect([holders, first.taken]).toEqual([2, 1]);
  });

  test('whose taking failed is taken again', async () => {
    let fails = true;
    const first = process(`connection ${randomUUID()}`, async () => {
      if (fails) throw new Error('the database went away');
    });
    await expect(first.hold()).rejects.toThrow('the database went away');
    fails = false;

    expect(await first.hold()).toBe(true);
    expect(first.taken).toBe(2);
  });

  test('is nobody’s when the only process of a database starts', async () => {
    const [killed, started] = processes();
    await killed.hold();
    await releaseAllLeases(database);

    expect(await started.hold()).toBe(true);
  });

  test('belongs to a turn: what one process holds, another holds none of until the turn is over', async () => {
    await releaseAllLeases(database);
    const taken: string[] = [];
    const [first, second] = ['first', 'second'].map((name) => {
      const leases = createLeases(database, () => now);
      const lease = (of: string) => leases.leaseFor(of, async () => void taken.push(`${of} by the ${name}`));
      return { ...leases, connection: lease('connection'), email: lease('email') };
    });
    if (!first || !second) throw new Error('there are two');

    expect(await first.connection.hold()).toBe(true);
    expect(await second.email.hold()).toBe(false);
    expect([await first.isOurTurn(), await second.isOurTurn()]).toEqual([true, false]);
    // The turn itself, and the connection.
    expect([first.countLeases(), second.countLeases()]).toEqual([2, 0]);

    await first.releaseLeases();
    expect(await second.email.hold()).toBe(true);
    expect(await second.email.hold()).toBe(true);
    expect(await first.connection.hold()).toBe(false);
    expect([first.countLeases(), second.countLeases()]).toEqual([0, 2]);
    expect(taken).toEqual(['connection by the first', 'email by the second']);
  });
});
