import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { none } from '../../../test/answers.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, minute, type World } from '../../../test/flows/world.ts';
import { anAnswer, anInvitation } from '../../../test/stored.ts';
import type { Database } from '../../platform/database/database.ts';
import { findConnection } from '../connections/queries/connections.ts';
import { fieldValues } from '../contacts/crm-fields.ts';
import { refreshCrmFields } from '../contacts/queries/crm-fields.ts';
import { correctResponse, restoreResponse, retractResponse } from './correct.ts';
import { updateResponse } from './queries/responses.ts';

const answers = 5;

const step = fc.oneof(
  fc.record({ do: fc.constant('take off or put back' as const), which: fc.nat(answers - 1) }),
  fc.record({
    do: fc.constant('correct' as const),
    which: fc.nat(answers - 1),
    rating: fc.integer({ min: 1, max: 5 }),
  }),
);

describeOnEachDatabase('whatever is retracted, restored and corrected, in whatever order', (open) => {
  let database: Database;
  let world: World;
  beforeAll(async () => {
    database = await open();
    world = await createWorld(database);
  });

  /** Somebody with two answers to NPS and three to CSAT. */
  async function addContact(): Promise<{ contactId: string; ids: string[] }> {
    const connection = await findConnection(database.db, world.connectionId());
    if (!connection) throw new Error('there is no connection');
    const first = await anInvitation(database, connection, { email: `${randomUUID()}@example.com` });
    const { contactId, survey } = first;
    const ids: string[] = [];
    for (let n = 0; n < answers; n += 1) {
      const asked = n === 0 ? first : await anInvitation(database, connection, { contactId, survey });
      const at = new Date(world.clock().getTime() + n * minute);
      const { id } = await anAnswer(database, asked, { rating: 1 + n, at, comment: `answer ${n}` });
      if (n > 1) await updateResponse(database.db, id, { metric: 'csat', scale: 5 });
      ids.push(id);
    }
    await database.transaction((tx) =>
      refreshCrmFields(tx, { workspaceId: world.workspaceId, contactId }, world.clock(), { change: 'answered' }),
    );
    return { contactId, ids };
  }

  const crmFieldsOf = async (contactId: string) =>
    (await world.crmFields()).find((row) => row.contactId === contactId)?.values ?? {};

  const answerOf = async (id: string) => (await world.responses()).find((row) => row.id === id);

  /** All but why it changed last, which is about the past. */
  const standing = ({ feedback_last_change: _why, ...rest }: Record<string, unknown>) => rest;

  it('the score rests on the answers on the record alone, and a retraction taken back leaves no trace', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), fc.nat(answers - 1), async (steps, last) => {
        const { contactId, ids } = await addContact();
        const off = new Set<string>();
        const ratings = new Map(ids.map((id, n) => [id, 1 + n]));
        const of = (which: number) => ({ workspaceId: world.workspaceId, id: ids[which] ?? '', actor: 'key-1' });
        const { context } = world;
        for (const taken of steps) {
          const { id } = of(taken.which);
          if (taken.do === 'correct') {
            await correctResponse(context, { ...of(taken.which), rating: taken.rating, reason: 'A slip.' });
            ratings.set(id, taken.rating);
          } else if (off.delete(id)) await restoreResponse(context, of(taken.which));
          else {
            await retractResponse(context, { ...of(taken.which), reason: 'A slip.' });
            off.add(id);
          }
        }

        const saved = (await world.responses()).filter((row) => row.contactId === contactId);
        const counting = saved
          .filter(({ id }) => !off.has(id))
          .map((row) => ({
            ...row,
            rating: ratings.get(row.id) ?? 0,
            survey: 'after-ticket',
            ticket: null,
            agent: null,
          }));
        const known = { ...none, known: ['nps', 'csat'], lastChange: null } as const;
        const { nps_latest_ticket: _ticket, nps_latest_agent: _agent, ...alone } = fieldValues(counting, known);
        expect(standing(await crmFieldsOf(contactId))).toMatchObject(standing(alone));

        if (off.has(of(last).id)) await restoreResponse(context, of(last));
        const before = { crmFields: await crmFieldsOf(contactId), answer: await answerOf(of(last).id) };
        await retractResponse(context, { ...of(last), reason: 'A slip.' });
        await restoreResponse(context, of(last));
        expect(standing(await crmFieldsOf(contactId))).toEqual(standing(before.crmFields));
        const later = { changedAt: world.clock(), statusReason: null };
        expect(await answerOf(of(last).id)).toEqual({ ...before.answer, ...later });
      }),
      { numRuns: 5, endOnFailure: true },
    );
  }, 120_000);
});
