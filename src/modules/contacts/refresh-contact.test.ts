import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { askTogether } from '../../../test/flows/resolve-together.ts';
import { createWorld, hour, type World } from '../../../test/flows/world.ts';
import type { Database } from '../../platform/database/database.ts';
import { addEvents } from '../events/queries/events.ts';

describeOnEachDatabase('looking at a contact who was merged', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** Two contacts with an answer each, and the system's word that one of them has gone up in the other. */
  async function twoContacts() {
    const world = await createWorld(database);
    const [one, other] = await askTogether(world, 2);
    if (!one || !other) throw new Error('no contact');
    await world.answer(one.sentEmail, 3);
    await world.answer(other.sentEmail, 9);
    await world.runDue();
    return { world, one: one.recordId, other: other.recordId };
  }

  async function told(world: World, objectId: string, intoId: string): Promise<void> {
    const of = { workspaceId: world.workspaceId, connectionId: world.connectionId(), key: randomUUID() };
    const at = { happenedAt: world.clock(), receivedAt: world.clock(), dueAt: world.clock() };
    await addEvents(world.database.db, [{ ...of, ...at, kind: 'contact.merged', objectId, intoId }]);
    await world.work('dispatch', of.connectionId);
    await world.runDue();
  }

  const stateOf = async (world: World, id: string) =>
    (await world.recordLinks()).find(({ recordId }) => recordId === id)?.state;

  it.each(['the right way round', 'the wrong way round', 'both ways'])(
    'told %s keeps the one who is left',
    async (way) => {
      const { world, one: loser, other: winner } = await twoContacts();
      world.vendor.contacts.delete(loser);
      if (way !== 'the right way round') await told(world, winner, loser);
      expect(await stateOf(world, winner)).not.toBe('gone');
      if (way === 'the wrong way round') return;
      await told(world, loser, winner);
      expect(await stateOf(world, loser)).toBe('gone');
      expect(await stateOf(world, winner)).not.toBe('gone');
      expect(world.vendor.records.get(winner)).toMatchObject({ nps_response_count: 2 });
    },
  );

  it('too early, while both still stand, keeps both', async () => {
    const { world, one, other } = await twoContacts();
    await told(world, one, other);
    await told(world, other, one);
    for (const id of [one, other]) expect(await stateOf(world, id)).not.toBe('gone');
  });

  it('without a word into whom, follows what the system answers for the one who is gone', async () => {
    const { world, one: loser, other: winner } = await twoContacts();
    world.vendor.contacts.delete(loser);
    world.vendor.merged.set(loser, winner);
    await world.event(loser, 'contact.merged');
    await world.runDue();
    expect(await stateOf(world, loser)).toBe('gone');
    expect(world.vendor.records.get(winner)).toMatchObject({ nps_response_count: 2 });
    const contacts = await world.contacts();
    expect(contacts.filter(({ mergedInto }) => mergedInto !== null)).toHaveLength(1);
  });

  it('into a record that was never seen, goes on there', async () => {
    const { world, one: loser } = await twoContacts();
    world.vendor.contacts.delete(loser);
    const unseen = world.vendor.addContact();
    await told(world, loser, unseen.id);
    expect(await stateOf(world, loser)).toBe('gone');
    expect(world.vendor.records.get(unseen.id)).toMatchObject({ nps_response_count: 1, nps_latest_rating: 3 });
  });
});

describeOnEachDatabase('looking at a contact', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('who was deleted ends the writes to their record, and restored begins them anew', async () => {
    const world = await createWorld(database);
    const { sentEmail, requester, recordId } = await world.asked();
    await world.answer(sentEmail, 3);
    await world.runDue();
    world.vendor.contacts.delete(recordId);
    world.vendor.records.delete(recordId);
    world.vendor.calls.length = 0;
    await world.event(recordId, 'contact.deleted');
    await world.answer(sentEmail, 9);
    await world.runDue();
    expect(await world.recordLinks()).toMatchObject([
      { state: 'gone', dueAt: null, outcome: { code: 'gone', params: {} } },
    ]);
    expect(world.vendor.calls.filter(({ call }) => call === 'write')).toEqual([]);

    world.vendor.addContact(requester);
    await world.event(recordId, 'contact.restored');
    await world.runDue();
    expect(world.vendor.records.get(recordId)).toMatchObject({ nps_latest_rating: 9 });
    expect(await world.recordLinks()).toMatchObject([
      { state: 'present', dueAt: null, outcome: { code: 'written', params: {} } },
    ]);
  });

  it('whom somebody ticked not to survey is not asked, and is again once it is unticked', async () => {
    const world = await createWorld(database);
    const { requester, ticket, email } = await world.openTicket();
    for (const doNotSurvey of [true, false]) {
      world.vendor.contacts.set(requester.id, { ...requester, doNotSurvey });
      await world.event(requester.id, 'contact.changed');
      expect(await world.recordLinks()).toMatchObject([{ doNotSurvey }]);
      await world.resolve(ticket.id);
      await world.pass(2 * hour);
      expect(world.fakeEmailServer.to(email)).toHaveLength(doNotSurvey ? 0 : 1);
      world.vendor.show(ticket.id, { state: 'open' });
      await world.event(ticket.id);
    }
  });

  it('whom nobody here knows is left alone', async () => {
    const world = await createWorld(database);
    const stranger = world.vendor.addContact();
    await world.event(stranger.id, 'contact.changed');
    expect(world.vendor.calls.filter(({ call }) => call === 'find contacts')).toEqual([]);
    expect(await world.contacts()).toEqual([]);
  });
});
