import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, minute, second, type World } from '../../../test/flows/world.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Email } from '../../platform/email/email.ts';
import { updateInvitation } from '../invitations/queries/invitations.ts';
import { confirm } from './confirm.ts';
import { correctResponse, restoreResponse } from './correct.ts';
import { updateResponse } from './queries/responses.ts';
import { recordIntent, recordOpening } from './record-intent.ts';

const wrongContact = { code: 'typed', params: { text: 'Wrong person.' } } as const;

describeOnEachDatabase('what was tapped or touched', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const values = async (world: World) => (await world.crmFields())[0]?.values;

  /** Taps a number in the email some time after it came. @returns how to touch the page that opens */
  async function tap(world: World, sentEmail: Email, rating: number) {
    world.jump(hour);
    const { page } = await recordOpening(world.context, await world.invited(sentEmail), String(rating));
    return async (chosen: number) =>
      recordIntent(world.context, await world.invited(sentEmail), { rating: String(chosen), page });
  }

  it('waits the comment window, which begins anew with each touch, and is then one change', async () => {
    const world = await createWorld(database);
    const { sentEmail, ticketId } = await world.asked();
    const touch = await tap(world, sentEmail, 9);
    await world.pass(4 * minute);
    await touch(9);
    await world.pass(4 * minute);
    await touch(7);
    const touched = world.clock();
    await world.pass(5 * minute - second);
    expect(await world.responses()).toEqual([]);
    await world.pass(second);
    expect(await world.responses()).toMatchObject([
      { rating: 7, status: 'confirmed', confirmedBy: 'act', onRecord: true, answeredAt: touched, language: 'en' },
    ]);
    expect(await world.invitations(ticketId)).toMatchObject([{ status: 'answered', dueAt: null }]);
    expect((await world.invited(sentEmail)).invitation.finalizeAt).toBeNull();
    expect(await values(world)).toMatchObject({ nps_latest_rating: 7, nps_latest_date: touched.toISOString() });
    expect(world.vendor.records.get((await world.recordLinks())[0]?.recordId ?? '')).toMatchObject({
      nps_response_count: 1,
    });
    expect(world.vendor.marks).toHaveLength(1);
  });

  it('is an answer once an admin has said so, and then no contact is reminded', async () => {
    const world = await createWorld(database, { surveys: [{ reminders: ['P1D'] }] });
    const { sentEmail, ticketId } = await world.asked();
    await tap(world, sentEmail, 9);
    await world.pass(hour);
    const [tapped] = await world.responses();
    const { context, workspaceId } = world;
    await restoreResponse(context, { workspaceId, id: tapped?.id ?? '', actor: 'an-admin' });
    await world.pass(2 * day);
    expect(await world.invitations(ticketId)).toMatchObject([{ status: 'answered', dueAt: null, remindersSent: 0 }]);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
  });

  it('is judged to the second, whether the window is short or long', async () => {
    for (const commentWindow of ['PT2S', 'PT3H']) {
      const world = await createWorld(database, { surveys: [{ commentWindow }] });
      const { sentEmail } = await world.asked();
      const touch = await tap(world, sentEmail, 9);
      await touch(9);
      const length = commentWindow === 'PT2S' ? 2 * second : 3 * hour;
      await world.pass(length - second);
      expect(await world.responses()).toEqual([]);
      await world.pass(second);
      expect(await world.responses()).toHaveLength(1);
    }
  });

  it('is kept as unconfirmed where nothing followed, and the contact is still reminded', async () => {
    const world = await createWorld(database, { surveys: [{ reminders: ['P1D'] }] });
    const { sentEmail, ticketId } = await world.asked();
    await tap(world, sentEmail, 9);
    await world.pass(hour);
    expect(await world.responses()).toMatchObject([
      { rating: 9, status: 'unconfirmed', statusReason: null, confirmedBy: null, onRecord: false },
    ]);
    expect(await values(world)).not.toHaveProperty('nps_latest_rating');
    expect(world.vendor.marks).toEqual([]);
    await world.pass(day);
    expect(await world.invitations(ticketId)).toMatchObject([{ status: 'sent', remindersSent: 1 }]);
  });

  it.each([
    ['unconfirmed', 9],
    ['quarantined', undefined],
  ] as const)('and is %s becomes an answer when the contact sends the page', async (status, chosen) => {
    const world = await createWorld(database);
    const { sentEmail } = await world.asked();
    if (chosen !== undefined) await tap(world, sentEmail, chosen);
    else
      for (const rating of ['1', '5', '10']) await recordOpening(world.context, await world.invited(sentEmail), rating);
    await world.pass(hour);
    expect(await world.responses()).toMatchObject([{ status, onRecord: false }]);
    await world.pass(day);
    await world.answer(sentEmail, 9, 'I do mean it.');
    expect(await world.responses()).toMatchObject([
      { status: 'confirmed', confirmedBy: 'submit', statusReason: null, onRecord: true, answeredAt: world.clock() },
    ]);
    expect(await values(world)).toMatchObject({ nps_latest_rating: 9, nps_latest_date: world.clock().toISOString() });
  });

  it('changes nothing about what was sent', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await world.asked();
    const touch = await tap(world, sentEmail, 9);
    await touch(9);
    await world.answer(sentEmail, 9, 'Sent at once.');
    expect((await world.invited(sentEmail)).invitation.finalizeAt).toBeNull();
    const again = await tap(world, sentEmail, 2);
    await again(2);
    await world.pass(day);
    expect(await world.responses()).toMatchObject([{ rating: 9, comment: 'Sent at once.', confirmedBy: 'submit' }]);
  });

  it('may be changed by another touch, and counts once', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await world.asked();
    await (await tap(world, sentEmail, 9))(9);
    await world.pass(hour);
    await tap(world, sentEmail, 1);
    await world.pass(hour);
    expect(await world.responses()).toMatchObject([{ rating: 9 }]);
    await (await tap(world, sentEmail, 4))(4);
    await world.pass(hour);
    expect(await world.responses()).toMatchObject([{ rating: 4, confirmedBy: 'act' }]);
    expect(await values(world)).toMatchObject({ nps_latest_rating: 4, nps_response_count: 1, nps_trend: 'first' });
  });

  it('leaves what somebody here corrected since as it is, until the page is touched again', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await world.asked();
    await (await tap(world, sentEmail, 9))(9);
    await world.pass(hour);
    const [{ id } = { id: '' }] = await world.responses();
    await correctResponse(world.context, {
      workspaceId: world.workspaceId,
      id,
      actor: 'key-1',
      rating: 6,
      reason: 'They said so on the phone.',
    });
    const touch = await tap(world, sentEmail, 9);
    await world.pass(hour);
    expect(await world.responses()).toMatchObject([{ rating: 6 }]);
    await touch(8);
    await world.pass(hour);
    expect(await world.responses()).toMatchObject([{ rating: 8 }]);
  });

  it('counts for nothing where the page was not ours, or belongs to another link', async () => {
    const world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S' }] });
    const [one, other] = [await world.asked(), await world.asked()];
    world.jump(hour);
    const { page } = await recordOpening(world.context, await world.invited(other.sentEmail), '9');
    for (const token of [page, '', '1.AAAAAAAAAAAAAAAAAAAAAA', `${page}x`]) {
      await recordIntent(world.context, await world.invited(one.sentEmail), { rating: '9', page: token });
    }
    await world.pass(hour);
    expect((await world.responses()).filter(({ onRecord }) => onRecord)).toEqual([]);
  });

  it('is left alone when the invitation was withdrawn meanwhile', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await world.asked();
    await (await tap(world, sentEmail, 9))(9);
    const { invitation } = await world.invited(sentEmail);
    await updateInvitation(database.db, invitation.id, { status: 'withdrawn' });
    await world.pass(hour);
    expect(await world.responses()).toEqual([]);
  });

  it('before the ticket was opened again counts, and says so', async () => {
    const world = await createWorld(database);
    const { sentEmail } = await world.asked();
    await (await tap(world, sentEmail, 3))(3);
    const { invitation } = await world.invited(sentEmail);
    await updateInvitation(database.db, invitation.id, { reopenedAt: world.clock() });
    await world.pass(hour);
    expect(await world.responses()).toMatchObject([{ status: 'confirmed', beforeReopening: true, onRecord: true }]);
  });

  describe('and the answer', () => {
    it('that was retracted stays off the record, with the number that the customer chose last', async () => {
      const world = await createWorld(database);
      const { sentEmail } = await world.asked();
      const { id } = await world.answer(sentEmail, 2);
      await updateResponse(database.db, id, { status: 'retracted', statusReason: wrongContact, onRecord: false });
      await world.answer(sentEmail, 8, 'Better now.');
      expect(await world.responses()).toMatchObject([
        { rating: 8, comment: 'Better now.', status: 'retracted', statusReason: wrongContact, onRecord: false },
      ]);
    });

    it('to a test is kept, and counts for nothing', async () => {
      const world = await createWorld(database);
      const { sentEmail } = await world.asked();
      const { invitation } = await world.invited(sentEmail);
      await updateInvitation(database.db, invitation.id, { test: true });
      await world.answer(sentEmail, 10);
      await world.pass(hour);
      expect(await world.responses()).toMatchObject([{ status: 'confirmed', test: true, onRecord: false }]);
      expect(await values(world)).not.toHaveProperty('nps_latest_rating');
      expect(world.vendor.marks).toEqual([]);
    });

    it('holds only what the survey asks for', async () => {
      const world = await createWorld(database, { surveys: [{ followUp: { comment: false, mayContact: true } }] });
      const { sentEmail } = await world.asked();
      const send = async (rating: number, mayContact: boolean) =>
        confirm(world.context, await world.invited(sentEmail), {
          rating,
          comment: 'Unasked.',
          mayContact,
        });
      expect(await send(3, true)).toMatchObject({ comment: null, mayContact: true });
      expect(await send(3, false)).toMatchObject({ mayContact: false });
      expect(await send(9, true)).toMatchObject({ mayContact: null });
    });
  });
});
