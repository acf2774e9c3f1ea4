import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, type World } from '../../../test/flows/world.ts';
import type { Database } from '../../platform/database/database.ts';
import { confirm } from '../responses/confirm.ts';
import { invitation } from './tables.ts';

describeOnEachDatabase('a ticket that is opened again after the email', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const reopenings = async ({ workspaceId }: World) =>
    (await database.db.select().from(invitation))
      .filter((row) => row.workspaceId === workspaceId)
      .map(({ reopenedAt }) => reopenedAt);

  async function reopen(world: World, ticketId: string) {
    world.vendor.show(ticketId, { state: 'open' });
    await world.event(ticketId);
  }

  it('says so on the link until it is resolved again, and the same link lives again', async () => {
    const world = await createWorld(database);
    const { ticketId, sentEmail } = await world.asked();
    world.jump(day);
    const since = world.clock();
    await reopen(world, ticketId);
    expect(await reopenings(world)).toEqual([since]);
    world.jump(hour);
    await world.event(ticketId);
    expect(await reopenings(world)).toEqual([since]);
    await world.resolve(ticketId);
    expect(await reopenings(world)).toEqual([null]);
    await world.pass(2 * day);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    await world.answer(sentEmail, 9);
    expect(await world.responses()).toMatchObject([{ rating: 9, beforeReopening: false }]);
  });

  it('leaves an answer already given, and marks it', async () => {
    const world = await createWorld(database);
    const { ticketId, sentEmail } = await world.asked();
    await world.answer(sentEmail, 3);
    await reopen(world, ticketId);
    expect(await world.responses()).toMatchObject([{ rating: 3, beforeReopening: true, onRecord: true }]);
    expect(await reopenings(world)).toEqual([null]);
  });

  it('marks the answer also where nobody saw it open, only the later resolution', async () => {
    const world = await createWorld(database);
    const { ticketId, sentEmail } = await world.asked();
    await world.answer(sentEmail, 3);
    world.jump(day);
    await world.resolve(ticketId);
    expect(await world.responses()).toMatchObject([{ beforeReopening: true }]);
  });

  it('takes no answer while it is open, not even from a page opened before', async () => {
    const world = await createWorld(database);
    const { ticketId, sentEmail } = await world.asked();
    const opened = await world.invited(sentEmail);
    await reopen(world, ticketId);
    const submitted = { rating: 2, comment: '' };
    await expect(confirm(world.context, opened, submitted)).rejects.toMatchObject({
      code: 'not_found',
      params: { what: 'link' },
    });
    await expect(world.answer(sentEmail, 2)).rejects.toMatchObject({ code: 'not_found', params: { what: 'link' } });
    expect(await world.responses()).toEqual([]);
    await world.resolve(ticketId);
    await confirm(world.context, opened, submitted);
    expect(await world.responses()).toMatchObject([{ rating: 2, beforeReopening: false }]);
  });

  it('reminds no one meanwhile', async () => {
    const world = await createWorld(database, { surveys: [{ reminders: ['P3D'] }] });
    const { ticketId } = await world.asked();
    await reopen(world, ticketId);
    await world.pass(4 * day);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
  });

  it('ends the older link where the next resolution is asked about anew, once that mail has left', async () => {
    const world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S' }] });
    const { ticketId, sentEmail } = await world.asked();
    await reopen(world, ticketId);
    await world.resolve(ticketId);
    expect((await world.invitations(ticketId)).map(({ status }) => status).sort()).toEqual(['scheduled', 'sent']);
    await world.pass(hour);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
    const [newer, older] = await world.invitations(ticketId);
    expect(newer).toMatchObject({ status: 'sent' });
    expect(older).toMatchObject({ status: 'withdrawn', endReason: { code: 'asked_again', params: {} } });
    await expect(world.answer(sentEmail, 9)).rejects.toThrow();
    expect((await world.decisions(ticketId)).map(({ verdict }) => verdict)).toEqual(['asked', 'asked']);
  });

  it('leaves the answer to the older link where it was given', async () => {
    const world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S' }] });
    const { ticketId, sentEmail } = await world.asked();
    await world.answer(sentEmail, 9);
    await reopen(world, ticketId);
    await world.resolve(ticketId);
    await world.pass(hour);
    expect((await world.invitations(ticketId)).map(({ status }) => status).sort()).toEqual(['answered', 'sent']);
  });
});
