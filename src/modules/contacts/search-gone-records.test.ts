import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, minute } from '../../../test/flows/world.ts';
import type { Database } from '../../platform/database/database.ts';
import { findContactByEmail } from './queries/contacts.ts';

describeOnEachDatabase('looking for a record that is gone', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  async function answered() {
    const world = await createWorld(database);
    const { sentEmail, recordId, email } = await world.asked();
    await world.answer(sentEmail, 3, 'Too slow');
    await world.runDue();
    const contactId = () => findContactByEmail(database.db, world.workspaceId, email);
    const linkOf = async (id: string) => (await world.recordLinks()).find(({ recordId }) => recordId === id);
    const remove = async () => {
      world.vendor.contacts.delete(recordId);
      await world.event(recordId, 'contact.deleted');
    };
    return { world, sentEmail, recordId, email, contactId, linkOf, remove };
  }

  it('erases the contact once the vendor has deleted the record for good, and not before', async () => {
    const { world, recordId, contactId, remove } = await answered();
    await remove();
    await world.pass(40 * day);
    expect(await contactId()).toBeDefined();
    world.vendor.deletedForGood.add(recordId);
    await world.pass(day + hour);
    expect(await contactId()).toBeUndefined();
    expect(await world.responses()).toEqual([]);
    expect(await world.recordLinks()).toEqual([]);
  });

  it('erases no contact whose record stands, whatever the vendor says of deletions', async () => {
    const { world, recordId, contactId, linkOf, remove } = await answered();
    const record = world.vendor.contacts.get(recordId);
    await remove();
    if (record) world.vendor.contacts.set(recordId, record);
    world.vendor.deletedForGood.add(recordId);
    await world.pass(3 * day);
    expect(await contactId()).toBeDefined();
    expect(await linkOf(recordId)).toMatchObject({ state: 'present', goneCheckAt: null });
  });

  it('writes a record anew that is back without a word', async () => {
    const { world, recordId, linkOf, remove } = await answered();
    const record = world.vendor.contacts.get(recordId);
    await remove();
    expect(await linkOf(recordId)).toMatchObject({ state: 'gone' });
    if (record) world.vendor.contacts.set(recordId, record);
    world.vendor.records.clear();
    await world.pass(day + hour);
    expect(world.vendor.records.get(recordId)).toMatchObject({ nps_latest_rating: 3 });
  });

  it.each(['told that it was deleted', 'told nothing'])(
    'follows a merge when %s, and never erases for it',
    async (told) => {
      const { world, sentEmail, recordId, email, contactId, remove } = await answered();
      world.vendor.contacts.delete(recordId);
      const winner = world.vendor.addContact({ email });
      world.vendor.deletedForGood.add(recordId);
      if (told === 'told nothing') await world.answer(sentEmail, 9);
      else await remove();
      await world.pass(3 * day);
      expect(await contactId()).toBeDefined();
      expect(world.vendor.records.get(winner.id)).toMatchObject({
        nps_latest_rating: told === 'told nothing' ? 9 : 3,
        nps_response_count: 1,
      });
    },
  );

  it('looks by address a second time, because a search may lag, and not when the address has moved later', async () => {
    const { world, recordId, email, remove } = await answered();
    world.vendor.deletedForGood.add(recordId);
    await remove();
    await world.pass(minute);
    const winner = world.vendor.addContact({ email });
    await world.pass(hour);
    expect(world.vendor.records.get(winner.id)).toMatchObject({ nps_latest_rating: 3 });

    const later = await answered();
    await later.remove();
    await later.world.pass(hour);
    const stranger = later.world.vendor.addContact({ email: later.email });
    await later.world.pass(3 * day);
    expect(later.world.vendor.records.get(stranger.id)).toBeUndefined();
    expect(recordId).not.toBe(winner.id);
  });

  it('leaves the contact alone while another record of theirs stands there', async () => {
    const { world, recordId, email, contactId, linkOf, remove } = await answered();
    const other = world.vendor.addContact({ email });
    const { ticket } = await world.openTicket({ requester: other });
    await world.event(ticket.id);
    expect(await linkOf(other.id)).toMatchObject({ state: 'present' });
    await remove();
    world.vendor.deletedForGood.add(recordId);
    await world.pass(3 * day);
    expect(await contactId()).toBeDefined();
    expect(await linkOf(recordId)).toMatchObject({ state: 'gone', goneCheckAt: null });
  });
});
