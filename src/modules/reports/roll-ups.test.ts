import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import {
  type Asked,
  aConnection,
  after,
  anAnswer,
  anInvitation,
  aSurvey,
  aWorkspace,
  day,
  minute,
} from '../../../test/stored.ts';
import { type Database, rows } from '../../platform/database/database.ts';
import type { ConnectionRow } from '../connections/queries/connections.ts';
import { deleteContact, lockForErasure } from '../contacts/queries/erasure.ts';
import { deleteOldAnswers } from '../contacts/queries/expired-contacts.ts';
import { mergeContacts } from '../contacts/queries/merges.ts';
import { updateInvitation } from '../invitations/queries/invitations.ts';
import { updateResponse } from '../responses/queries/responses.ts';
import { surveyKeys } from '../surveys/index.ts';
import { countPeriod } from './count.ts';
import { computeFigures } from './figures.ts';
import { type Counting, countAnswered, countInvited, dimensions } from './queries/report-counts.ts';
import { rebuildRollUps, rollUpStaleDays } from './queries/roll-ups.ts';
import { cutIntoSpans } from './spans.ts';

const hour = 60 * minute;

const step = fc.oneof(
  fc.record({
    does: fc.constant('ask' as const),
    at: fc.integer({ min: -60 * 24, max: 0 }),
    agent: fc.constantFrom('Ann', 'Ben'),
    second: fc.boolean(),
  }),
  fc.record({
    does: fc.constantFrom('answer' as const, 'correct' as const),
    which: fc.nat(20),
    rating: fc.integer({ min: 0, max: 10 }),
    at: fc.integer({ min: -40 * 24, max: 0 }),
  }),
  fc.record({
    does: fc.constantFrom(
      ...(['bounce', 'retract', 'quarantine', 'test', 'merge', 'erase', 'retain', 'roll up'] as const),
    ),
    which: fc.nat(20),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

describeOnEachDatabase('roll-ups', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** Everything that the roll-ups hold, in one order. */
  const listCounts = () => rows(database.db, sql`select c::text as count from report_count c order by 1`);

  async function play(connection: ConnectionRow, steps: readonly Step[]): Promise<void> {
    const { workspaceId } = connection;
    const surveys = [await aSurvey(database, workspaceId, 'one'), await aSurvey(database, workspaceId, 'two')] as const;
    const asked: Asked[] = [];
    const answers = new Map<Asked, string>();
    const winners = new Map<string, string>();
    for (const [index, taken] of steps.entries()) {
      if (taken.does === 'ask') {
        const sentAt = after(taken.at * hour + index * minute);
        const invited = await anInvitation(database, connection, {
          survey: surveys[taken.second ? 1 : 0],
          email: `customer-${index}@example.com`,
          agent: taken.agent,
          createdAt: sentAt,
        });
        await updateInvitation(database.db, invited.invitation.id, {
          status: 'sent',
          sentAt,
          dueAt: null,
          language: 'en',
        });
        asked.push(invited);
        continue;
      }
      const chosen = asked[taken.which % asked.length];
      if (!chosen) continue;
      const answer = answers.get(chosen);
      const other = asked[(taken.which + 1) % asked.length];
      const contactId = winners.get(chosen.contactId) ?? chosen.contactId;
      if (taken.does === 'answer' && !answer) {
        const { id } = await anAnswer(database, chosen, { rating: taken.rating, at: after(taken.at * hour + index) });
        answers.set(chosen, id);
      }
      if (taken.does === 'correct' && answer) await updateResponse(database.db, answer, { rating: taken.rating });
      if (taken.does === 'retract' && answer) await updateResponse(database.db, answer, { status: 'retracted' });
      if (taken.does === 'quarantine' && answer) await updateResponse(database.db, answer, { status: 'quarantined' });
      if (taken.does === 'test' && answer) await updateResponse(database.db, answer, { test: true });
      if (taken.does === 'bounce') await updateInvitation(database.db, chosen.invitation.id, { status: 'bounced' });
      if (taken.does === 'roll up') await rollUpStaleDays(database);
      if (taken.does === 'merge' && other) {
        const winner = winners.get(other.contactId) ?? other.contactId;
        await database.transaction((tx) => mergeContacts(tx, { workspaceId, loser: contactId, winner }, after(0)));
        for (const { contactId: id } of asked) if ((winners.get(id) ?? id) === contactId) winners.set(id, winner);
      }
      const isGone = taken.does === 'erase' || taken.does === 'retain';
      if (!isGone) continue;
      await database.transaction(async (tx) => {
        if (taken.does === 'retain') return deleteOldAnswers(tx, contactId, after(-15 * day));
        const locked = await lockForErasure(tx, workspaceId, contactId);
        if (locked) await deleteContact(tx, locked, new Set(), after(0));
      });
      // What went has nothing left that could change.
      for (const one of [...asked]) {
        if ((winners.get(one.contactId) ?? one.contactId) === contactId) asked.splice(asked.indexOf(one), 1);
      }
    }
  }

  test('whatever happens, roll-ups equal a recount, and reports say what the rows say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const workspaceId = await aWorkspace(database);
        const connection = await aConnection(database, { workspaceId });
        await play(connection, [{ does: 'ask', at: -30, agent: 'Ann', second: false }, ...steps]);
        const surveys = (await surveyKeys(database.db, workspaceId)).map(({ id }) => id);
        const period = { from: after(-50 * day), until: after(2 * hour + 1) };

        for (const rolled of [false, true]) {
          if (rolled) await rollUpStaleDays(database);
          for (const timeZone of ['UTC', 'Asia/Kolkata', 'America/New_York']) {
            for (const by of [undefined, 'day', ...dimensions] as const) {
              const counting: Counting = { workspaceId, surveys, timeZone, ...(by === undefined ? {} : { by }) };
              const counted = await countPeriod(database.db, counting, period);
              const invited = await countInvited(database.db, counting, [period]);
              const answered = await countAnswered(database.db, counting, [period]);
              const keys = [...new Set([...invited, ...answered].map(({ key }) => key))];
              const told = [...new Set([...counted.invited, ...counted.answered].map(({ key }) => key))];
              expect(told.toSorted()).toEqual(keys.toSorted());
              for (const key of keys) {
                const of = <Row extends { key: string | null }>(list: readonly Row[]) =>
                  list.filter((row) => row.key === key);
                expect(computeFigures(of(counted.invited), of(counted.answered))).toEqual(
                  computeFigures(of(invited), of(answered)),
                );
              }
            }
          }
        }
        const kept = await listCounts();
        await rebuildRollUps(database);
        expect(kept).toEqual(await listCounts());
      }),
      { numRuns: 8 },
    );
  });

  test('a change that is rolled back leaves its day as it was', async () => {
    const connection = await aConnection(database);
    const { invitation } = await anInvitation(database, connection, { createdAt: after(-day) });
    await rollUpStaleDays(database);
    const failed = database.transaction(async (tx) => {
      await updateInvitation(tx, invitation.id, { status: 'sent', sentAt: after(-day) });
      throw new Error('rolled back');
    });

    await expect(failed).rejects.toThrow('rolled back');
    expect(await rows(database.db, sql`select 1 as one from report_stale`)).toEqual([]);
  });
});

test('a period is cut into the longest units of UTC that are up to date', () => {
  const from = new Date('2026-09-29T22:30:00Z');
  const until = new Date('2026-11-02T01:10:00Z');
  const { rolled, fromRows } = cutIntoSpans([{ from, until }], new Set(['2026-11-01']), true);

  expect(rolled.map((span) => [span.unit, span.from.toISOString(), span.until.toISOString()])).toEqual([
    ['hour', '2026-09-29T23:00:00.000Z', '2026-09-30T00:00:00.000Z'],
    ['day', '2026-09-30T00:00:00.000Z', '2026-10-01T00:00:00.000Z'],
    ['month', '2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
    ['hour', '2026-11-02T00:00:00.000Z', '2026-11-02T01:00:00.000Z'],
  ]);
  expect(fromRows.map((span) => [span.from.toISOString(), span.until.toISOString()])).toEqual([
    ['2026-09-29T22:30:00.000Z', '2026-09-29T23:00:00.000Z'],
    ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
    ['2026-11-02T01:00:00.000Z', '2026-11-02T01:10:00.000Z'],
  ]);
});
