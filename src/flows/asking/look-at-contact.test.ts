import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, type World } from '../../../test/flows/world.ts';
import type { Database } from '../../store/database.ts';
import { addNotices } from '../../store/notices.ts';

describeOnEachDatabase('looking at a person who was merged', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** Two people with an answer each, and the system's word that one of them has gone up in the other. */
  async function twoPeople() {
    const world = await createWorld(database);
    const [one, other] = [await world.asked(), await world.asked()];
    await world.answer(one.letter, 3);
    await world.answer(other.letter, 9);
    await world.settle();
    return { world, one: one.recordId, other: other.recordId };
  }

  async function told(world: World, objectId: string, intoId: string): Promise<void> {
    const of = { workspaceId: world.workspaceId, connectionId: world.connectionId(), key: randomUUID() };
    const at = { happenedAt: world.clock(), receivedAt: world.clock(), dueAt: world.clock() };
    await addNotices(world.database.db, [{ ...of, ...at, kind: 'contact.merged', objectId, intoId }]);
    await world.work('look', of.connectionId);
    await world.settle();
  }

  const stateOf = async (world: World, id: string) =>
    (await world.copies()).find(({ externalId }) => externalId === id)?.state;

  it.each(['the right way round', 'the wrong way round', 'both ways'])(
    'told %s keeps the one who is left',
    async (way) => {
      const { world, one: loser, other: winner } = await twoPeople();
      world.vendor.people.delete(loser);
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
    const { world, one, other } = await twoPeople();
    await told(world, one, other);
    await told(world, other, one);
    for (const id of [one, other]) expect(await stateOf(world, id)).not.toBe('gone');
  });
});
