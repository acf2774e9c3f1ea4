import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, minute, type World } from '../../../test/flows/world.ts';
import { BadRequest, NotFound } from '../../errors.ts';
import type { Database } from '../../store/database.ts';
import { joinContacts } from './join.ts';

describeOnEachDatabase('joining two contacts by hand', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  async function contactOf(world: World, recordId: string): Promise<string> {
    return (await world.recordLinks()).find((link) => link.recordId === recordId)?.contactId ?? '';
  }

  /** Two who were asked, as records of the vendor and as contacts. */
  async function twoContacts() {
    const world = await createWorld(database);
    const [first, second] = [await world.asked(), await world.asked()];
    const of = {
      workspaceId: world.workspaceId,
      loser: await contactOf(world, first.recordId),
      winner: await contactOf(world, second.recordId),
    };
    return { world, first, second, of };
  }

  it('writes what both said to the records of both', async () => {
    const { world, first, second, of } = await twoContacts();
    await world.answer(first.sentEmail, 3);
    await world.pass(minute);
    await world.answer(second.sentEmail, 9);
    await world.runDue();

    await joinContacts(world.context, of);
    await world.runDue();

    for (const { recordId } of [first, second]) {
      expect(world.vendor.records.get(recordId)).toMatchObject({ nps_latest_rating: 9, nps_response_count: 2 });
      expect(await contactOf(world, recordId)).toBe(of.winner);
    }
    expect((await world.responses()).map(({ contactId }) => contactId)).toEqual([of.winner, of.winner]);
  });

  it('counts an answer of the loser’s that comes afterwards as the winner’s', async () => {
    const { world, first, second, of } = await twoContacts();
    await joinContacts(world.context, of);
    await world.answer(first.sentEmail, 4);
    await world.runDue();
    for (const { recordId } of [first, second]) {
      expect(world.vendor.records.get(recordId)).toMatchObject({ nps_latest_rating: 4, nps_response_count: 1 });
    }
  });

  it('while a write of the loser is a job, leaves no older score on its record', async () => {
    const { world, first, second, of } = await twoContacts();
    await world.answer(second.sentEmail, 9);
    await world.pass(minute);
    world.vendor.writing.push(world.vendor.later);
    await world.answer(first.sentEmail, 3);
    await world.flush();
    const [receipt = ''] = world.vendor.jobs.keys();

    await joinContacts(world.context, of);
    await world.runDue();
    world.vendor.doJob(receipt);
    await world.pass(minute);

    for (const { recordId } of [first, second]) {
      expect(world.vendor.records.get(recordId)).toMatchObject({ nps_latest_rating: 3, nps_response_count: 2 });
    }
    for (const recordLink of await world.recordLinks())
      expect(recordLink).toMatchObject({ dueAt: null, writingRevision: null });
  });

  it('makes a record that either could be meant by one that is written', async () => {
    const { world, first, second, of } = await twoContacts();
    const shared = world.vendor.addContact({
      email: first.email,
      emails: [{ address: second.email, verified: true }],
    });
    await world.openTicket({ requester: shared });
    await world.answer(first.sentEmail, 3);
    await world.answer(second.sentEmail, 9);
    await world.runDue();
    expect(world.vendor.records.get(shared.id)).toBeUndefined();

    await joinContacts(world.context, of);
    await world.runDue();
    expect(world.vendor.records.get(shared.id)).toMatchObject({ nps_response_count: 2 });
  });

  it('is not for a contact and themselves, a stranger, or a contact who went up in another already', async () => {
    const { world, of } = await twoContacts();
    const join = (changes: Partial<typeof of>) => joinContacts(world.context, { ...of, ...changes });
    await expect(join({ winner: of.loser })).rejects.toThrow(BadRequest);
    await expect(join({ winner: randomUUID() })).rejects.toThrow(NotFound);
    await expect(join({ workspaceId: 'another' })).rejects.toThrow(NotFound);
    await join({});
    await expect(join({})).rejects.toThrow(NotFound);
  });
});
