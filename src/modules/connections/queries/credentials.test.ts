import { sql } from 'drizzle-orm';
import { beforeAll, expect, test, vi } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { aConnection, now } from '../../../../test/stored.ts';
import { type Database, rows } from '../../../platform/database/database.ts';
import { createEncryption } from '../../../platform/encryption.ts';
import { openCredentials } from './credentials.ts';

const key = 'the first secret key of these tests';
const newerKey = 'a newer secret key';

describeOnEachDatabase('credentials', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  function credentials(connectionId: string, ...keys: [string, ...string[]]) {
    return openCredentials(database, createEncryption(keys), connectionId, () => now);
  }

  test('belong to one connection and one name; the last one written stands', async () => {
    const [mine, others] = [await aConnection(database), await aConnection(database)];
    await credentials(mine.id, key).write('token', 'old');
    await credentials(mine.id, key).write('token', 'new');

    expect(await credentials(mine.id, key).read('token')).toBe('new');
    expect(await credentials(mine.id, key).read('secret')).toBeUndefined();
    expect(await credentials(others.id, key).read('token')).toBeUndefined();
  });

  test('are unreadable in the database, and look different each time', async () => {
    const { id } = await aConnection(database);
    await credentials(id, key).write('one', 'pass-phrase');
    await credentials(id, key).write('two', 'pass-phrase');

    const saved = await rows<{ encrypted: string; row: string }>(
      database.db,
      sql`select encrypted, credential::text as row from credential where connection_id = ${id}`,
    );
    expect(saved).toHaveLength(2);
    for (const plain of ['pass-phrase', Buffer.from('pass-phrase').toString('base64').slice(0, 14), key]) {
      expect(saved.map(({ row }) => row).join()).not.toContain(plain);
    }
    expect(new Set(saved.map(({ encrypted }) => encrypted)).size).toBe(2);
  });

  test('survive a change of the key while the old one is still named', async () => {
    const { id } = await aConnection(database);
    await credentials(id, key).write('token', 'encrypted under the old one');
    expect(await credentials(id, newerKey, key).read('token')).toBe('encrypted under the old one');

    await credentials(id, newerKey, key).write('token', 'encrypted under the new one');
    expect(await credentials(id, newerKey).read('token')).toBe('encrypted under the new one');
  });

  test('are as good as gone once their key is, or when somebody changed them', async () => {
    const { id } = await aConnection(database);
    await credentials(id, key).write('token', 'lost');
    expect(await credentials(id, newerKey).read('token')).toBeUndefined();

    await database.db.execute(
      sql`update credential set encrypted = 'AAAA' || substr(encrypted, 5) where connection_id = ${id}`,
    );
    expect(await credentials(id, key).read('token')).toBeUndefined();
  });

  test('are renewed once for all who ask in one process', async () => {
    const { id } = await aConnection(database);
    const mine = credentials(id, key);
    await mine.write('token', 'stale');
    const answered = Promise.withResolvers<void>();
    let made = 0;
    const make = async () => {
      made += 1;
      const token = `token ${made}`;
      await answered.promise;
      return token;
    };

    const renewals = [1, 2, 3].map(() => mine.renew('token', 'stale', make));
    await vi.waitFor(() => expect(made).toBeGreaterThan(0));
    for (let n = 0; n < 3; n += 1) await mine.read('token');
    answered.resolve();
    expect(await Promise.all(renewals)).toEqual(['token 1', 'token 1', 'token 1']);
    expect(await mine.renew('token', 'stale', make)).toBe('token 1');
    expect(await mine.renew('token', 'token 1', make)).toBe('token 2');
    expect(await mine.read('token')).toBe('token 2');
  });

  test('that nobody had are made once', async () => {
    const { id } = await aConnection(database);

    expect(await credentials(id, key).renew('secret', undefined, async () => 'made')).toBe('made');
    expect(await credentials(id, key).renew('secret', undefined, async () => 'made again')).toBe('made');
  });

  test('of two processes that renewed at once, both go on with the one that stands', async () => {
    const { id } = await aConnection(database);
    await credentials(id, key).write('token', 'stale');
    const both = Promise.withResolvers<void>();
    let asked = 0;
    const renew = (made: string) =>
      credentials(id, key).renew('token', 'stale', async () => {
        asked += 1;
        if (asked === 2) both.resolve();
        await both.promise;
        return made;
      });

    const [first, second] = await Promise.all([renew('one'), renew('two')]);

    expect(first).toBe(second);
    expect(await credentials(id, key).read('token')).toBe(first);
  });

  test('a failed renewal leaves what stood there, and the next one is made', async () => {
    const { id } = await aConnection(database);
    const mine = credentials(id, key);
    await mine.write('token', 'stale');
    const failing = async () => {
      throw new Error('the vendor is down');
    };

    await expect(mine.renew('token', 'stale', failing)).rejects.toThrow('the vendor is down');
    expect(await mine.read('token')).toBe('stale');
    expect(await mine.renew('token', 'stale', async () => 'fresh')).toBe('fresh');
  });

  test('whose key was lost are made anew', async () => {
    const { id } = await aConnection(database);
    await credentials(id, key).write('secret', 'lost');

    expect(await credentials(id, newerKey).renew('secret', undefined, async () => 'fresh')).toBe('fresh');
    expect(await credentials(id, newerKey).read('secret')).toBe('fresh');
  });
});
