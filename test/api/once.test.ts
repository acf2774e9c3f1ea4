import { eq } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { idempotency } from '../../src/platform/idempotency/tables.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { day, minute } from '../flows/world.ts';
import { type Served, serve } from './served.ts';

describeOnEachDatabase('a write with an idempotency key', (open) => {
  let one: Served;
  let lastKey = 0;

  beforeAll(async () => {
    one = await serve(await open());
  });

  function keyed(): Record<string, string> {
    lastKey += 1;
    return { 'idempotency-key': `try ${lastKey}` };
  }

  const make = (headers: Record<string, string>, body: object = { name: 'Once', scopes: ['read'] }, service = one) =>
    service.call('POST', '/keys', { body, headers });
  const made = async (name: string) =>
    (await one.read('/keys')).items.filter((key: { name: string }) => key.name === name).length;

  it('is done once, and answered the same each time', async () => {
    const headers = keyed();
    const first = await make(headers);
    const second = await make(headers);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(await made('Once')).toBe(1);
    expect((await one.read('/audit?action=key.create')).items).toHaveLength(1);
    expect((await make({})).body.key).not.toBe(first.body.key);
  });

  it('is refused as another request, by another caller too', async () => {
    const headers = keyed();
    await make(headers);
    const other = await make(headers, { name: 'Other', scopes: ['read'] });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect(other.headers.get('Idempotency-Replayed')).toBeNull();
    expect((await one.call('PATCH', '/pause', { body: {}, headers })).status).toBe(422);
    const body = { name: 'Once', scopes: ['read'] };
    const caller = await one.call('POST', '/keys', { body, headers, key: await one.keyFor('admin') });
    expect(caller.status).toBe(422);
  });

  it('waits for nobody while the first is under way, and is taken up when that one was cut off', async () => {
    const headers = keyed();
    const first = await make(headers, { name: 'Cut off', scopes: ['read'] });
    const { db } = one.database;
    await db
      .update(idempotency)
      .set({ status: null, body: null })
      .where(eq(idempotency.key, `try ${lastKey}`));
    expect((await make(headers, { name: 'Cut off', scopes: ['read'] })).status).toBe(409);
    one.jump(6 * minute);
    const again = await make(headers, { name: 'Cut off', scopes: ['read'] });
    expect([again.status, again.body.key === first.body.key]).toEqual([201, false]);
  });

  it('of ten at once, one is done', async () => {
    const headers = keyed();
    const body = { name: 'Ten', scopes: ['read'] };
    const answers = await Promise.all(Array.from({ length: 10 }, () => make(headers, body)));
    // Who comes while it is being done is told to come back; who comes after has the same answer.
    const told = new Set(answers.map(({ status }) => status));
    expect([...told].filter((status) => status !== 409)).toEqual([201]);
    expect(await made('Ten')).toBe(1);
  });

  it('may be tried again when it failed', async () => {
    const headers = keyed();
    expect((await make(headers, { name: 'Late', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(
      400,
    );
    expect((await make(headers, { name: 'Late', scopes: ['read'] })).status).toBe(201);
  });

  it('is another one in another workspace, and after a day', async () => {
    const headers = keyed();
    const { body } = await make(headers);
    const other = await serve(one.database);
    expect((await make(headers, { name: 'Once', scopes: ['read'] }, other)).body.id).not.toBe(body.id);
    one.jump(day + minute);
    expect((await make(headers)).body.id).not.toBe(body.id);
  });

  it('leaves nothing readable in the database', async () => {
    const { body } = await make(keyed());
    const saved = JSON.stringify(await one.database.db.select().from(idempotency));
    expect(saved).not.toContain(body.key);
    expect(saved).not.toContain('Once');
  });

  it('is refused with a key that is none', async () => {
    for (const key of ['', 'x'.repeat(256), 'käse']) {
      const answer = await make({ 'idempotency-key': Buffer.from(key).toString('latin1') });
      expect([key, answer.status]).toEqual([key, 400]);
    }
  });
});
