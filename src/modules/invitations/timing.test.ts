import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, minute } from '../../../test/flows/world.ts';
import type { Database } from '../../platform/database/database.ts';
import { pauseWorkspace } from '../../platform/workspaces/queries.ts';
import { workspace } from '../../platform/workspaces/tables.ts';
import { updateConnection } from '../connections/queries/connections.ts';

const night = { quietHours: { from: '20:00', until: '08:00' } };

describeOnEachDatabase('when the email leaves', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  describe('is outside quiet hours', () => {
    // It is nine in the morning, on a Monday, in UTC.
    const surveys = [{ delay: 'PT12H', timing: night }];

    it.each([
      ['where the contact lives', 'America/New_York', null, 'UTC', '2026-11-02T21:00:00Z', 0],
      ['where the account is', undefined, 'Asia/Kolkata', 'UTC', '2026-11-03T02:30:00Z', 2],
      ['where the workspace is', undefined, null, 'Europe/Berlin', '2026-11-03T07:00:00Z', 2],
      [
        'where the workspace is, when the record names no place',
        'Mars/Olympus',
        null,
        'UTC',
        '2026-11-03T08:00:00Z',
        4,
      ],
    ])('%s', async (_title, timeZone, ofAccount, ofWorkspace, dueAt, notes) => {
      const world = await createWorld(database, { surveys });
      await updateConnection(database.db, world.connectionId(), { timeZone: ofAccount });
      await database.db.update(workspace).set({ timeZone: ofWorkspace });
      const requester = world.vendor.addContact(timeZone === undefined ? {} : { timeZone });
      const { ticket } = await world.resolvedTicket({ requester });
      expect(await world.invitations(ticket.id)).toMatchObject([{ dueAt: new Date(dueAt) }]);
      expect((await world.decisions(ticket.id))[0]?.notes).toHaveLength(notes);
    });

    it('also when something else kept it until then', async () => {
      const world = await createWorld(database, { surveys: [{ delay: 'PT1H', timing: night }] });
      const { ticket } = await world.resolvedTicket();
      await pauseWorkspace(database.db, world.workspaceId, 'asking', world.clock());
      await world.pass(12 * hour);
      await pauseWorkspace(database.db, world.workspaceId, 'asking', null);
      await world.pass(minute);
      expect(world.fakeEmailServer.sentEmails).toEqual([]);
      expect(await world.decisions(ticket.id)).toMatchObject([
        {
          verdict: 'waiting',
          reason: 'quiet_hours',
          reasonParams: {
            notes: [
              { code: 'moved', params: { kind: 'quiet_hours', at: '2026-11-03T08:00:00.000Z', timeZone: 'UTC' } },
            ],
          },
        },
      ]);
      await world.pass(11 * hour - minute);
      expect(world.fakeEmailServer.sentEmails).toMatchObject([{ at: new Date('2026-11-03T08:00:00Z') }]);
    });

    it('for reminders too, and on no weekend', async () => {
      const timing = { ...night, weekdaysOnly: true };
      const world = await createWorld(database, { surveys: [{ timing, reminders: ['P4DT11H'] }] });
      const { ticketId } = await world.asked();
      // Five days later it is Friday night.
      expect(await world.invitations(ticketId)).toMatchObject([{ dueAt: new Date('2026-11-09T08:00:00Z') }]);
      await world.pass(7 * day - 2 * hour - minute);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
      await world.pass(minute);
      expect(world.fakeEmailServer.sentEmails.map(({ at }) => at)).toEqual([
        new Date('2026-11-02T10:00:00Z'),
        new Date('2026-11-09T08:00:00Z'),
      ]);
    });
  });

  it('is later for whose ticket was opened again', async () => {
    const timing = { adaptive: { afterReopening: 'P2D' } };
    const world = await createWorld(database, { surveys: [{ timing }] });
    const { ticket, requester } = await world.resolvedTicket();
    const due = async (id: string) => (await world.invitations(id))[0]?.dueAt;
    expect(await due(ticket.id)).toEqual(new Date(world.clock().getTime() + hour));
    world.vendor.show(ticket.id, { state: 'open' });
    await world.event(ticket.id);
    const other = await world.resolvedTicket({ requester });
    expect(await due(other.ticket.id)).toEqual(new Date(world.clock().getTime() + 2 * day));
  });

  describe('is the end of the quiet period where the survey defers', () => {
    const surveys = [{ metric: 'csat', audience: { whenQuiet: 'defer' } }];

    it('and the ledger says so until then', async () => {
      const world = await createWorld(database, { surveys });
      const { requester } = await world.asked();
      const asked = world.clock();
      await world.pass(day);
      const { ticket } = await world.resolvedTicket({ requester });
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'waiting', reason: 'quiet_period' }]);
      const dueAt = new Date(asked.getTime() + 7 * day);
      expect(await world.invitations(ticket.id)).toMatchObject([
        {
          status: 'scheduled',
          dueAt,
          waitingFor: { code: 'quiet_period', params: { kind: 'asked_waits', ends: dueAt.toISOString() } },
        },
      ]);
      await world.pass(6 * day - minute);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
      await world.pass(minute);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
    });

    it('one after the other where several wait', async () => {
      const world = await createWorld(database, { surveys });
      const { requester } = await world.asked();
      for (let count = 0; count < 3; count += 1) await world.resolvedTicket({ requester });
      await world.pass(35 * day);
      const times = world.fakeEmailServer.sentEmails.map(({ at }) => at.getTime());
      expect(times.map((at) => at - (times[0] ?? 0))).toEqual([0, 7 * day, 14 * day, 21 * day]);
    });

    it('unless the ticket is opened again meanwhile', async () => {
      const world = await createWorld(database, { surveys });
      const { requester } = await world.asked();
      const { ticket } = await world.resolvedTicket({ requester });
      world.vendor.show(ticket.id, { state: 'open' });
      await world.event(ticket.id);
      await world.pass(8 * day);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'reopened' }]);
    });

    it('and wins the ticket from the surveys after it', async () => {
      const world = await createWorld(database, { surveys: [...surveys, { key: 'next', quietPeriod: 'PT0S' }] });
      const { requester } = await world.asked();
      const { ticket } = await world.resolvedTicket({ requester });
      const said = (await world.decisions(ticket.id)).map(({ survey, reason }) => [survey, reason]);
      expect(Object.fromEntries(said)).toEqual({ 'after-ticket': 'quiet_period', next: 'another_survey' });
    });
  });
});
