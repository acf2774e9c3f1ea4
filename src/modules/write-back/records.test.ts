import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import type { Vendor } from '../../../test/flows/vendor.ts';
import { createWorld, day, minute, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { Database } from '../../platform/database/database.ts';
import { updateConnection } from '../connections/queries/connections.ts';

describeOnEachDatabase('the records of a contact', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** Two systems; the ticket is in the first. */
  async function twoSystems(): Promise<{ world: World; other: Vendor }> {
    const world = await createWorld(database, { vendors: ['acme', 'umbrella'] });
    const other = world.vendors[1];
    if (!other) throw new Error('there is no second system');
    return { world, other };
  }
  const calls = (vendor: Vendor, call: string) => vendor.calls.filter((made) => made.call === call);

  it('are found in every system by address, and all get the score', async () => {
    const { world, other } = await twoSystems();
    const first = other.addContact({ email: 'Acme-1@Example.com' });
    const second = other.addContact({ email: 'acme-1@example.com' });
    const { sentEmail } = await world.asked({ requester: world.vendor.addContact({ email: 'acme-1@example.com' }) });
    await world.answer(sentEmail, 9);
    await world.runDue();
    for (const { id } of [first, second]) expect(other.records.get(id)).toMatchObject({ nps_latest_rating: 9 });
    expect(calls(other, 'find contacts')).toHaveLength(1);
  });

  it('are not there: an outcome, and no reason to look again', async () => {
    const { world, other } = await twoSystems();
    const { sentEmail } = await world.asked();
    await world.answer(sentEmail, 9);
    await world.pass(minute);
    await world.answer(sentEmail, 8);
    await world.pass(minute);
    // Before asking, and before the first write.
    expect(calls(other, 'find contacts')).toHaveLength(2);
    expect(
      (await world.recordLinks()).filter(({ connectionId }) => connectionId === world.connectionId(other)),
    ).toMatchObject([{ state: 'absent', dueAt: null, outcome: { code: 'unknown_address', params: {} } }]);
  });

  it('are created only where the admin chose so', async () => {
    const { world, other } = await twoSystems();
    await updateConnection(database.db, world.connectionId(other), { createContacts: true });
    const { sentEmail, email } = await world.asked();
    await world.answer(sentEmail, 9);
    await world.runDue();
    expect(calls(other, 'create')).toEqual([{ call: 'create', ids: [email] }]);
    const [created] = [...other.contacts.values()];
    expect(other.records.get(created?.id ?? '')).toMatchObject({ nps_latest_rating: 9 });
    expect(calls(world.vendor, 'create')).toEqual([]);
  });

  it('are linked later: a new link is behind', async () => {
    const { world, other } = await twoSystems();
    const { sentEmail, email } = await world.asked();
    await world.answer(sentEmail, 9);
    await world.runDue();
    const late = other.addContact({ email });
    await world.openTicket({ requester: late }, other);
    await world.runDue();
    expect(other.records.get(late.id)).toMatchObject({ nps_latest_rating: 9 });
  });

  it('one that may not be looked for does not keep the others from being found', async () => {
    const { world, other } = await twoSystems();
    other.before = (call, ids) => {
      if (call === 'find contacts' && ids.includes('bad@example.com'))
        throw new UpstreamRefused(vendorSays('refused'), { concerns: 'request' });
    };
    const good = other.addContact({ email: 'good@example.com' });
    for (const email of ['bad@example.com', 'good@example.com']) {
      await world.resolvedTicket({ requester: world.vendor.addContact({ email }) });
    }
    await world.pass(60 * minute);
    await world.pass(5 * minute);
    expect(other.records.get(good.id)).toHaveProperty('feedback_last_asked_date');
    const failed = (await world.recordLinks()).filter(({ failedAt }) => failedAt !== null);
    expect(failed).toMatchObject([{ state: 'searching', connectionId: world.connectionId(other), dueAt: null }]);
  });

  it('are written while the search for others is down', async () => {
    const { world, other } = await twoSystems();
    const { sentEmail, recordId } = await world.asked();
    const elsewhere = await world.asked({}, other);
    world.vendor.before = (call) => {
      if (call === 'find contacts') throw new UpstreamBusy(vendorSays('server_failed'), { serverFailed: true });
    };
    await world.answer(sentEmail, 9);
    await world.answer(elsewhere.sentEmail, 2);
    await world.pass(minute);
    expect(world.vendor.records.get(recordId)).toMatchObject({ nps_latest_rating: 9 });
  });

  describe('are read back', () => {
    it('and written again where somebody changed them', async () => {
      const world = await createWorld(database);
      const { sentEmail, recordId } = await world.asked();
      await world.answer(sentEmail, 9);
      await world.runDue();
      world.vendor.records.set(recordId, { ...world.vendor.records.get(recordId), nps_latest_rating: 1 });
      await world.pass(day);
      expect(world.vendor.records.get(recordId)).toMatchObject({ nps_latest_rating: 9 });
    });

    it('and left alone where they stand', async () => {
      const world = await createWorld(database);
      const { sentEmail } = await world.asked();
      await world.answer(sentEmail, 9);
      await world.runDue();
      world.vendor.calls.length = 0;
      await world.pass(day);
      expect(calls(world.vendor, 'read')).toHaveLength(1);
      expect(calls(world.vendor, 'write')).toEqual([]);
    });

    it('later when the vendor is busy', async () => {
      const world = await createWorld(database);
      const { sentEmail, recordId } = await world.asked();
      await world.answer(sentEmail, 9);
      await world.runDue();
      world.vendor.records.clear();
      world.vendor.before = (call) => {
        if (call === 'read') throw new UpstreamBusy(vendorSays('throttled'), { retryAfter: minute });
      };
      await world.pass(day);
      world.vendor.before = () => {};
      await world.pass(minute);
      expect(world.vendor.records.get(recordId)).toMatchObject({ nps_latest_rating: 9 });
    });
  });
});
