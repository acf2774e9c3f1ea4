import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, type World } from '../../../test/flows/world.ts';
import { NotFound } from '../../model/errors.ts';
import { audit } from '../../platform/audit/tables.ts';
import type { Database } from '../../platform/database/database.ts';
import { joinContacts } from '../contacts/join.ts';
import { correctResponse, restoreResponse, retractResponse } from './correct.ts';
import { updateResponse } from './queries/responses.ts';

const reason = 'It was about another company.';
const scanned = { code: 'quarantined', params: { signs: [] } } as const;
const typed = { code: 'typed', params: { text: reason } };

describeOnEachDatabase('correcting an answer', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** Somebody who answered, with record and ticket showing it. */
  async function someoneAnswered(rating = 3, comment = 'Too slow') {
    const world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S' }] });
    const someone = await world.asked();
    const { id } = await world.answer(someone.sentEmail, rating, comment);
    await world.runDue();
    world.vendor.calls.length = 0;
    world.jump(hour);
    const of = { workspaceId: world.workspaceId, id, actor: 'key-1' };
    return { world, of, ...someone };
  }

  const callsOf = (world: World) => world.vendor.calls.map(({ call }) => call).filter((call) => call !== 'changes');
  const record = (world: World, recordId: string) => world.vendor.records.get(recordId);
  const audited = async (world: World) =>
    (await database.db.select().from(audit)).filter(({ workspaceId }) => workspaceId === world.workspaceId);

  describe('by retracting it', () => {
    it('clears record and ticket, and says why', async () => {
      const { world, of, recordId, ticketId } = await someoneAnswered();
      expect(world.vendor.marked.has(ticketId)).toBe(true);
      await retractResponse(world.context, { ...of, reason });
      await world.runDue();

      expect(await world.responses()).toMatchObject([
        { status: 'retracted', onRecord: false, statusReason: typed, rating: 3, confirmedBy: 'submit' },
      ]);
      expect(record(world, recordId)).toMatchObject({
        nps_latest_rating: null,
        nps_latest_comment: null,
        nps_latest_date: null,
        nps_response_count: 0,
        feedback_last_change: 'retracted',
      });
      expect(world.vendor.marked.has(ticketId)).toBe(false);
      expect(callsOf(world)).toEqual(['write', 'unmark']);
      expect(world.vendor.tickets.get(ticketId)?.state).toBe('resolved');
    });

    it('uncovers the answer before it, on record and ticket', async () => {
      const { world, requester, recordId } = await someoneAnswered(3);
      await world.pass(day);
      const next = await world.asked({ requester });
      const { id } = await world.answer(next.sentEmail, 9, 'Much better');
      await world.runDue();
      await retractResponse(world.context, { workspaceId: world.workspaceId, id, actor: 'key-1', reason });
      await world.runDue();
      expect(record(world, recordId)).toMatchObject({
        nps_latest_rating: 3,
        nps_latest_comment: 'Too slow',
        nps_response_count: 1,
        nps_trend: 'first',
        feedback_last_change: 'retracted',
      });
      expect([...world.vendor.marked.values()]).toMatchObject([{ rating: 3 }]);
    });

    it('works on what does not count either, and touches no record for it', async () => {
      const { world, of } = await someoneAnswered();
      await retractResponse(world.context, { ...of, reason });
      await world.runDue();
      await updateResponse(database.db, of.id, { status: 'quarantined', statusReason: scanned });
      world.vendor.calls.length = 0;
      expect(await retractResponse(world.context, { ...of, reason })).toMatchObject({ statusReason: typed });
      await world.runDue();
      expect(callsOf(world)).toEqual([]);
    });

    it('is refused a second time, without a reason, and for what is not there', async () => {
      const { world, of } = await someoneAnswered();
      await expect(retractResponse(world.context, { ...of, reason: ' \n' })).rejects.toMatchObject({
        problems: [{ field: 'reason', message: { code: 'field.reason', params: { max: 500 } } }],
      });
      await retractResponse(world.context, { ...of, reason });
      await expect(retractResponse(world.context, { ...of, reason })).rejects.toMatchObject({
        code: 'already_retracted',
      });
      const elsewhere = { ...of, reason, workspaceId: 'another' };
      await expect(retractResponse(world.context, elsewhere)).rejects.toThrow(NotFound);
      await expect(retractResponse(world.context, { ...of, reason, id: crypto.randomUUID() })).rejects.toThrow(
        NotFound,
      );
    });
  });

  describe('by restoring it', () => {
    it('brings back what stood on record and ticket, all but why it changed', async () => {
      const { world, of, recordId, ticketId } = await someoneAnswered();
      const [before] = await world.responses();
      const [stood, marked] = [record(world, recordId), world.vendor.marked.get(ticketId)];
      await retractResponse(world.context, { ...of, reason });
      await world.runDue();
      world.jump(hour);
      await restoreResponse(world.context, of);
      await world.runDue();
      expect(await world.responses()).toEqual([{ ...before, changedAt: world.clock() }]);
      expect(record(world, recordId)).toEqual({ ...stood, feedback_last_change: 'corrected' });
      expect(world.vendor.marked.get(ticketId)).toEqual(marked);
    });

    it('counts what was quarantined or never confirmed, by hand', async () => {
      const { world, of, recordId } = await someoneAnswered();
      for (const status of ['quarantined', 'unconfirmed'] as const) {
        await retractResponse(world.context, { ...of, reason });
        await updateResponse(database.db, of.id, { status, confirmedBy: null, statusReason: scanned });
        const restored = await restoreResponse(world.context, of);
        expect(restored).toMatchObject({ status: 'confirmed', confirmedBy: 'by_hand', statusReason: null });
        await world.runDue();
        expect(record(world, recordId)).toMatchObject({ nps_latest_rating: 3, nps_response_count: 1 });
      }
    });

    it('is refused where there is nothing to restore, or nothing decided yet', async () => {
      const { world, of } = await someoneAnswered();
      await expect(restoreResponse(world.context, of)).rejects.toMatchObject({ code: 'nothing_to_restore' });
      await updateResponse(database.db, of.id, { status: 'pending', onRecord: false });
      await expect(restoreResponse(world.context, of)).rejects.toMatchObject({ code: 'still_judged' });
    });

    it('puts no test on the record', async () => {
      const { world, of, recordId } = await someoneAnswered();
      await retractResponse(world.context, { ...of, reason });
      await updateResponse(database.db, of.id, { test: true });
      expect(await restoreResponse(world.context, of)).toMatchObject({ status: 'confirmed', onRecord: false });
      await world.runDue();
      expect(record(world, recordId)).toMatchObject({ nps_response_count: 0 });
    });
  });

  describe('by changing it', () => {
    it('changes record and ticket, and leaves the dates', async () => {
      const { world, of, recordId, ticketId } = await someoneAnswered();
      const date = record(world, recordId)?.nps_latest_date;
      await correctResponse(world.context, { ...of, rating: 8, reason });
      await world.runDue();
      expect(record(world, recordId)).toMatchObject({
        nps_latest_rating: 8,
        nps_latest_category: 'passive',
        nps_latest_comment: 'Too slow',
        nps_latest_date: date,
        nps_response_count: 1,
        feedback_last_change: 'corrected',
      });
      expect(world.vendor.marked.get(ticketId)).toMatchObject({ rating: 8, comment: 'Too slow' });
      expect(await world.responses()).toMatchObject([{ status: 'confirmed', statusReason: typed }]);

      await correctResponse(world.context, { ...of, comment: null, reason });
      await world.runDue();
      expect(record(world, recordId)).toMatchObject({ nps_latest_rating: 8, nps_latest_comment: null });
    });

    it('of one that does not count touches no record, and keeps why it does not', async () => {
      const { world, of } = await someoneAnswered();
      await retractResponse(world.context, { ...of, reason });
      await world.runDue();
      world.vendor.calls.length = 0;
      await correctResponse(world.context, { ...of, rating: 8, reason: 'A slip.' });
      await world.runDue();
      expect(callsOf(world)).toEqual([]);
      expect(await world.responses()).toMatchObject([{ rating: 8, status: 'retracted', statusReason: typed }]);
    });

    it('refuses what is not on the scale, too long, or nothing', async () => {
      const { world, of } = await someoneAnswered();
      for (const [request, field, code] of [
        [{ rating: 11 }, 'rating', 'field.out_of_range'],
        [{ rating: 7.5 }, 'rating', 'field.out_of_range'],
        [{}, 'rating', 'field.rating_or_comment'],
        [{ comment: 'a'.repeat(10_001) }, 'comment', 'field.too_long'],
      ] as const) {
        await expect(correctResponse(world.context, { ...of, ...request, reason })).rejects.toMatchObject({
          problems: [{ field, message: { code } }],
        });
      }
      expect(await world.responses()).toMatchObject([{ rating: 3, comment: 'Too slow' }]);
    });
  });

  it('follows a contact who went up in another one meanwhile', async () => {
    const { world, of, recordId } = await someoneAnswered();
    const winner = await world.asked();
    const contacts = await world.contacts();
    const [lost, kept] = [contacts[0], contacts[1]];
    await joinContacts(world.context, {
      workspaceId: world.workspaceId,
      loser: lost?.id ?? '',
      winner: kept?.id ?? '',
    });
    await world.runDue();
    expect(record(world, winner.recordId)).toMatchObject({ nps_latest_rating: 3 });
    await retractResponse(world.context, { ...of, reason });
    await world.runDue();
    for (const id of [recordId, winner.recordId]) {
      expect(record(world, id)).toMatchObject({ nps_response_count: 0, feedback_last_change: 'retracted' });
    }
  });

  it('is noted with who did it, and with nothing that anybody wrote', async () => {
    const { world, of } = await someoneAnswered();
    await correctResponse(world.context, { ...of, rating: 8, comment: 'Fine now', reason });
    await retractResponse(world.context, { ...of, reason });
    await restoreResponse(world.context, of);
    const noted = await audited(world);
    expect(noted).toMatchObject([
      { actor: 'key-1', action: 'response.correct', subject: of.id, detail: { changed: ['rating', 'comment'] } },
      { action: 'response.retract', detail: { from: 'confirmed', to: 'retracted', changed: [] } },
      { action: 'response.restore', detail: { from: 'retracted', to: 'confirmed' } },
    ]);
    expect(JSON.stringify(noted)).not.toMatch(/another company|Fine now|Too slow/u);
  });
});
