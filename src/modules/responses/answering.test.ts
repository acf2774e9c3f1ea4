import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, minute, type World } from '../../../test/flows/world.ts';
import { BadRequest, NotFound } from '../../model/errors.ts';
import { longestComment } from '../../model/response.ts';
import type { Database } from '../../platform/database/database.ts';
import { closedReason } from './invited.ts';
import { recordOpening } from './record-intent.ts';
import { unsubscribe } from './unsubscribe.ts';

describeOnEachDatabase('answering', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const values = async (world: World) => (await world.crmFields())[0]?.values;

  it('makes a score, and ends the asking', async () => {
    const world = await createWorld(database, { surveys: [{ reminders: ['P1D'] }] });
    const { sentEmail, ticketId } = await world.asked();
    await world.answer(sentEmail, 9, '  Quick help. ');
    expect(await world.responses()).toMatchObject([{ rating: 9, comment: 'Quick help.', answeredAt: world.clock() }]);
    expect(await world.invitations(ticketId)).toMatchObject([{ status: 'answered', dueAt: null }]);
    expect(await values(world)).toMatchObject({
      nps_latest_rating: 9,
      nps_latest_category: 'promoter',
      nps_latest_comment: 'Quick help.',
      nps_response_count: 1,
      nps_trend: 'first',
      feedback_last_change: 'answered',
    });
  });

  it('is not done by opening a link', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await world.asked();
    expect(await recordOpening(world.context, await world.invited(sentEmail), '9')).toMatchObject({ chosen: 9 });
    expect(await recordOpening(world.context, await world.invited(sentEmail), '11')).toMatchObject({
      chosen: undefined,
    });
    expect(await world.responses()).toEqual([]);
    expect(await values(world)).not.toHaveProperty('nps_latest_rating');
  });

  it('may be changed: count and trend stay, the date moves with the rating', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await world.asked();
    await world.answer(sentEmail, 3, 'Slow.');
    world.jump(hour);
    await world.answer(sentEmail, 8, 'Slow.');
    expect(await values(world)).toMatchObject({
      nps_latest_rating: 8,
      nps_response_count: 1,
      nps_trend: 'first',
      nps_previous_rating: null,
      nps_latest_date: world.clock().toISOString(),
    });
  });

  it('takes a late comment without moving the date', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await world.asked();
    await world.answer(sentEmail, 3);
    const rated = world.clock();
    world.jump(hour);
    await world.answer(sentEmail, 3, 'On second thought …');
    expect(await values(world)).toMatchObject({
      nps_latest_comment: 'On second thought …',
      nps_latest_date: rated.toISOString(),
      nps_response_count: 1,
    });
  });

  it('counts once when the page is submitted twice at the same time', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await world.asked();
    await Promise.all([1, 2, 3].map(() => world.answer(sentEmail, 10)));
    expect(await world.responses()).toHaveLength(1);
    expect(await values(world)).toMatchObject({ nps_response_count: 1 });
  });

  it('counts again for another ticket, with the rating before it', async () => {
    const world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S' }] });
    const { sentEmail, requester } = await world.asked();
    await world.answer(sentEmail, 9);
    await world.pass(day);
    await world.answer((await world.asked({ requester })).sentEmail, 4);
    expect(await values(world)).toMatchObject({ nps_response_count: 2, nps_previous_rating: 9, nps_trend: 'down' });
  });

  it('refuses a comment that is too long, and keeps nothing of it', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await world.asked();
    await expect(world.answer(sentEmail, 9, 'a'.repeat(longestComment + 1))).rejects.toThrow(BadRequest);
    expect(await world.responses()).toEqual([]);
  });

  describe('comes too late', () => {
    it('after the link expired, whether or not the sweep has been there', async () => {
      const world = await createWorld(database, { surveys: [{ expires: 'P7D' }] });
      const { sentEmail } = await world.asked();
      world.jump(7 * day);
      await expect(world.answer(sentEmail, 9)).rejects.toThrow(NotFound);
      await world.runDue();
      expect(closedReason(await world.invited(sentEmail), world.clock())).toBe('expired');
      await expect(world.answer(sentEmail, 9)).rejects.toThrow(NotFound);
      expect(await world.responses()).toEqual([]);
    });

    it('after the invitation was withdrawn', async () => {
      const world = await createWorld(database);
      const { ticket } = await world.resolvedTicket();
      world.fakeEmailServer.next.push((_email, save) => {
        save();
        world.vendor.tickets.delete(ticket.id);
        return world.event(ticket.id);
      });
      await world.pass(hour);
      const sentEmail = world.fakeEmailServer.sentEmails[0]?.sentEmail;
      if (!sentEmail) throw new Error('no one was asked');
      expect(await world.invitations(ticket.id)).toMatchObject([{ status: 'withdrawn' }]);
      await expect(world.answer(sentEmail, 9)).rejects.toThrow(NotFound);
    });
  });

  it('unsubscribes once, keeps the first time, and leaves the answer possible', async () => {
    const world = await createWorld(database);
    const { sentEmail, requester } = await world.asked();
    const first = world.clock();
    await unsubscribe(world.context, await world.invited(sentEmail));
    world.jump(minute);
    await unsubscribe(world.context, await world.invited(sentEmail));
    expect(await world.contacts()).toMatchObject([{ unsubscribedAt: first }]);
    await world.answer(sentEmail, 7);
    expect(await world.responses()).toHaveLength(1);
    world.jump(100 * day);
    const { ticket } = await world.resolvedTicket({ requester });
    expect(await world.decisions(ticket.id)).toMatchObject([{ reason: 'unsubscribed' }]);
  });
});
