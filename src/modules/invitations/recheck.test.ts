import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { resolveTogether } from '../../../test/flows/resolve-together.ts';
import { createWorld, day, hour, minute, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import { UpstreamBusy } from '../../model/errors.ts';
import type { Database } from '../../platform/database/database.ts';
import { pauseWorkspace } from '../../platform/workspaces/queries.ts';
import { updateConnection } from '../connections/queries/connections.ts';
import { joinContacts } from '../contacts/join.ts';
import { unsubscribe } from '../responses/unsubscribe.ts';
import { updateInvitation } from './queries/invitations.ts';

describeOnEachDatabase('due invitations are rechecked and sent', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('sends when it is due and not before, and says so', async () => {
    const world = await createWorld(database);
    const { ticket, email } = await world.resolvedTicket();
    await world.pass(hour - minute);
    expect(world.fakeEmailServer.sentEmails).toEqual([]);
    await world.pass(minute);
    expect(world.fakeEmailServer.to(email)).toHaveLength(1);
    expect(await world.invitations(ticket.id)).toMatchObject([
      { status: 'sent', sentAt: world.clock(), dueAt: null, expiresAt: new Date(world.clock().getTime() + 28 * day) },
    ]);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
    expect(await world.contacts()).toMatchObject([{ lastAskedAt: world.clock() }]);
  });

  it('reads the ticket again right before, whatever the events said', async () => {
    const world = await createWorld(database);
    const { ticket } = await world.resolvedTicket();
    world.vendor.show(ticket.id, { state: 'open' });
    await world.pass(hour);
    expect(world.fakeEmailServer.sentEmails).toEqual([]);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'reopened' }]);
  });

  describe('decides again', () => {
    it('when somebody ticked "Do not survey" meanwhile', async () => {
      const world = await createWorld(database);
      const { ticket, requester } = await world.resolvedTicket();
      const ticked = { ...requester, doNotSurvey: true };
      world.vendor.contacts.set(requester.id, ticked);
      await world.event(requester.id, 'contact.changed');
      await world.pass(hour);
      expect(world.fakeEmailServer.sentEmails).toEqual([]);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'do_not_survey' }]);
    });

    it.each(['unpublished', 'draft'])(
      'when the survey is %s meanwhile, and says so within a minute',
      async (status) => {
        const world = await createWorld(database);
        const { ticket } = await world.resolvedTicket();
        await world.survey({ status });
        await world.pass(minute);
        expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'survey_not_live' }]);
        expect(await world.invitations(ticket.id)).toMatchObject([{ status: 'withdrawn', dueAt: null }]);
        await world.survey({});
        await world.pass(hour);
        expect(world.fakeEmailServer.sentEmails).toEqual([]);
      },
    );

    it('but asks as the survey was when it was decided', async () => {
      const world = await createWorld(database);
      const { ticket } = await world.resolvedTicket();
      await world.survey({ company: 'Umbrella', delay: 'PT2H' });
      await world.pass(hour);
      expect(world.fakeEmailServer.sentEmails).toMatchObject([
        { sentEmail: { subject: expect.stringContaining('Acme') } },
      ]);
      expect(await world.invitations(ticket.id)).toMatchObject([{ surveyVersion: 1 }]);
    });

    it('when they unsubscribed from another survey meanwhile', async () => {
      const world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S' }] });
      const { sentEmail, requester } = await world.asked();
      const { ticket } = await world.resolvedTicket({ requester });
      await unsubscribe(world.context, await world.invited(sentEmail));
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'unsubscribed' }]);
      await world.pass(hour);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    });
  });

  describe('keeps the quiet period', () => {
    it('when deciding: an email that is only scheduled counts as asked', async () => {
      const world = await createWorld(database);
      const { requester } = await world.resolvedTicket();
      const second = await world.resolvedTicket({ requester });
      expect(await world.decisions(second.ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'quiet_period' }]);
    });

    it('to the day: asked again once it is over', async () => {
      const world = await createWorld(database);
      const { requester } = await world.asked();
      world.jump(90 * day - minute);
      const early = await world.resolvedTicket({ requester });
      expect(await world.decisions(early.ticket.id)).toMatchObject([{ reason: 'quiet_period' }]);
      world.jump(minute);
      const later = await world.resolvedTicket({ requester });
      expect(await world.decisions(later.ticket.id)).toMatchObject([{ verdict: 'asked' }]);
    });

    it('across systems: the same address is the same contact', async () => {
      const world = await createWorld(database, { vendors: ['acme', 'umbrella'] });
      const [, umbrella] = world.vendors;
      const { email } = await world.asked();
      const known = umbrella?.addContact({ email: email.toUpperCase() });
      const { ticket } = await world.resolvedTicket(known ? { requester: known } : {}, umbrella);
      expect(await world.decisions(ticket.id)).toMatchObject([{ reason: 'quiet_period' }]);
    });

    it('before sending: of two tickets whose requester became one contact, one email leaves', async () => {
      const world = await createWorld(database);
      const first = await world.resolvedTicket();
      const second = await world.resolvedTicket();
      world.vendor.show(second.ticket.id, { requester: first.requester });
      await world.pass(2 * hour);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
      const reasons = (await world.decisions(second.ticket.id)).map(({ reason }) => reason);
      expect(reasons).toEqual(['quiet_period']);
    });
  });

  describe('caps a day', () => {
    it('the rest waits until the window moves, and it is said', async () => {
      const world = await createWorld(database, { surveys: [{ dailyCap: 2 }] });
      for (let count = 0; count < 3; count += 1) await world.resolvedTicket();
      await world.pass(hour);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
      expect(world.complaints()).toContain('survey.daily_cap');
      await world.pass(day - minute);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
      await world.pass(minute);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(3);
    });

    it('no one where the cap is lifted', async () => {
      const world = await createWorld(database, { surveys: [{ audience: { dailyCap: null } }] });
      for (let count = 0; count < 3; count += 1) await world.resolvedTicket();
      await world.pass(hour);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(3);
    });

    it('but an email that was under way in a crash keeps its place', async () => {
      const world = await createWorld(database, { surveys: [{ dailyCap: 1 }] });
      await world.resolvedTicket();
      world.jump(hour);
      world.fakeEmailServer.next.push((_email, keep) => {
        keep();
        return new Promise(() => {});
      });
      void world.deliver();
      await until(() => world.fakeEmailServer.sentEmails.length === 1);
      await world.crash();
      await world.pass(minute);
      const [first, second, ...more] = world.fakeEmailServer.sentEmails.map(({ sentEmail }) => sentEmail.messageId);
      expect(second).toBe(first);
      expect(more).toEqual([]);
    });
  });

  describe('waits', () => {
    it('while asking is paused everywhere, and says why', async () => {
      const world = await createWorld(database);
      const { ticket } = await world.resolvedTicket();
      await pauseWorkspace(database.db, world.workspaceId, 'asking', world.clock());
      await world.pass(2 * hour);
      expect(world.fakeEmailServer.sentEmails).toEqual([]);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'waiting', reason: 'paused' }]);
      await pauseWorkspace(database.db, world.workspaceId, 'asking', null);
      await world.runDue();
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
    });

    it('while asking is paused for the connection', async () => {
      const world = await createWorld(database);
      const { ticket } = await world.resolvedTicket();
      await updateConnection(database.db, world.connectionId(), { surveysPausedAt: world.clock() });
      await world.pass(2 * hour);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'waiting', reason: 'paused' }]);
      await updateConnection(database.db, world.connectionId(), { surveysPausedAt: null });
      await world.pass(minute);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    });

    it('while the survey is paused, and calls no vendor meanwhile', async () => {
      const world = await createWorld(database, {
        surveys: [{}, { key: 'other', metric: 'csat', quietPeriod: 'PT0S' }],
      });
      const { ticket } = await world.resolvedTicket();
      await world.survey({ status: 'paused' }, { key: 'other', metric: 'csat', quietPeriod: 'PT0S' });
      const other = await world.resolvedTicket();
      world.vendor.calls.length = 0;
      await world.pass(2 * hour);
      expect(world.fakeEmailServer.sentEmails.map(({ sentEmail }) => sentEmail.to.address)).toEqual([other.email]);
      expect(world.vendor.calls.filter(({ ids }) => ids.includes(ticket.id))).toEqual([]);
      await pauseWorkspace(database.db, world.workspaceId, 'asking', world.clock());
      await world.pass(2 * minute);
      await pauseWorkspace(database.db, world.workspaceId, 'asking', null);
      const [decision] = await world.decisions(ticket.id);
      expect(decision?.history.map(({ reason }) => reason)).toEqual(['asked', 'survey_paused']);
      await world.survey({}, { key: 'other', metric: 'csat', quietPeriod: 'PT0S' });
      await world.pass(minute);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
    });

    it('while there is no email server, and never twice in the ledger', async () => {
      const world = await createWorld(database);
      const { ticket } = await world.resolvedTicket();
      const { email } = world.context;
      world.context.email = undefined;
      await world.pass(hour);
      await world.pass(hour);
      const [decision] = await world.decisions(ticket.id);
      expect(decision?.history.map(({ reason }) => reason)).toEqual(['asked', 'no_email_server']);
      world.context.email = email;
      await world.runDue();
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    });

    it.each([
      ['is busy', () => new UpstreamBusy(vendorSays('throttled'), { retryAfter: 3 * minute })],
      ['fails', () => new UpstreamBusy(vendorSays('server_failed'), { serverFailed: true })],
    ])('while the vendor %s, since the ticket cannot be read again', async (_title, failure) => {
      const world = await createWorld(database);
      const { ticket } = await world.resolvedTicket();
      world.jump(hour);
      world.vendor.before = () => {
        throw failure();
      };
      await world.deliver();
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'waiting', reason: 'connection_busy' }]);
      world.vendor.before = () => {};
      await world.pass(4 * minute);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    });
  });

  describe('reminds', () => {
    const surveys = [{ reminders: ['P3D', 'P6D'] }];

    it('those who have not answered, each time with the same link and its own Message-ID', async () => {
      const world = await createWorld(database, { surveys });
      const { ticketId } = await world.asked();
      await world.pass(3 * day);
      await world.pass(3 * day);
      await world.pass(30 * day);
      const sentEmails = world.fakeEmailServer.sentEmails.map(({ sentEmail }) => sentEmail);
      expect(sentEmails).toHaveLength(3);
      expect(new Set(sentEmails.map(({ messageId }) => messageId)).size).toBe(3);
      expect(new Set(sentEmails.map(linkOf)).size).toBe(1);
      expect(sentEmails.map(({ subject }) => subject)[0]).not.toBe(sentEmails.map(({ subject }) => subject)[1]);
      expect(await world.invitations(ticketId)).toMatchObject([{ remindersSent: 2, status: 'expired' }]);
    });

    it.each<[string, (world: World, asked: Awaited<ReturnType<World['asked']>>) => Promise<unknown>]>([
      ['who answered', (world, { sentEmail }) => world.answer(sentEmail, 5)],
      ['who unsubscribed', async (world, { sentEmail }) => unsubscribe(world.context, await world.invited(sentEmail))],
      ['whose ticket was reopened', async (world, { ticketId }) => world.vendor.show(ticketId, { state: 'open' })],
      ['whose ticket was deleted', async (world, { ticketId }) => world.vendor.tickets.delete(ticketId)],
      ['whose survey was unpublished', (world) => world.survey({ status: 'unpublished' })],
    ])('no one %s', async (_title, happens) => {
      const world = await createWorld(database, { surveys });
      const asked = await world.asked();
      await happens(world, asked);
      await world.pass(3 * day);
      await world.pass(3 * day);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
      expect(await world.invitations(asked.ticketId)).toMatchObject([{ dueAt: null }]);
    });
  });

  it('wakes the recheck of a reminder that is due before the sweep comes', async () => {
    const world = await createWorld(database, { surveys: [{ reminders: ['PT20S'] }] });
    await world.resolvedTicket();
    world.jump(hour);
    world.wakes.length = 0;
    await world.deliver();
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    const at = new Date(world.clock().getTime() + 20_000);
    expect(world.wakes).toContainEqual({ job: 'recheck', key: world.connectionId(), at });
  });

  it('schedules no reminder for when the link has ended', async () => {
    const world = await createWorld(database, { surveys: [{ reminders: ['P3D', 'P8D'], expires: 'P7D' }] });
    const { ticketId } = await world.asked();
    expect(await world.invitations(ticketId)).toMatchObject([{ dueAt: new Date(world.clock().getTime() + 3 * day) }]);
    await world.pass(3 * day);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
    expect(await world.invitations(ticketId)).toMatchObject([{ status: 'sent', dueAt: null }]);
  });

  it('never reminds where the survey has no reminder, whatever is due', async () => {
    const world = await createWorld(database);
    const { sentEmail, ticketId } = await world.asked();
    const { invitation } = await world.invited(sentEmail);
    await updateInvitation(database.db, invitation.id, { dueAt: world.clock() });
    await world.pass(minute);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    expect(await world.invitations(ticketId)).toMatchObject([{ status: 'sent', dueAt: null }]);
  });

  it('decides about all contacts who are due together, and lets one bad item fail alone', async () => {
    const world = await createWorld(database, { surveys: [{ dailyCap: 30 }] });
    const contacts = Array.from({ length: 33 }, () => world.vendor.addContact({ name: 'Ann' }));
    const [bad = '', reopened = '', stopped = ''] = await resolveTogether(world, contacts);
    const [, , stoppedContact] = contacts;
    if (!stoppedContact) throw new Error('no contact');
    const requester = { ...stoppedContact, doNotSurvey: true };
    world.vendor.show(reopened, { state: 'open' });
    world.vendor.contacts.set(requester.id, requester);
    world.vendor.show(stopped, { requester });
    world.vendor.before = (_call, ids = []) => {
      if (ids.includes(bad)) throw new Error('unheard of');
    };
    await world.pass(hour);
    const addresses = world.fakeEmailServer.sentEmails.map(({ sentEmail }) => sentEmail.to.address);
    expect(new Set(addresses).size).toBe(30);
    expect(addresses).toHaveLength(30);
    for (const { email } of contacts.slice(0, 3)) expect(addresses).not.toContain(email);
    expect(await world.decisions(reopened)).toMatchObject([{ reason: 'reopened' }]);
    expect(await world.decisions(stopped)).toMatchObject([{ reason: 'do_not_survey' }]);
    expect(world.complaints()).toContain('invitation.failed');
  });

  it('sends one email when two contacts become one after both were cleared', async () => {
    const world = await createWorld(database);
    await world.resolvedTicket();
    await world.resolvedTicket();
    world.jump(hour);
    await world.work('recheck', world.connectionId());
    const [first, second] = await world.contacts();
    const { workspaceId } = world;
    await joinContacts(world.context, { workspaceId, loser: second?.id ?? '', winner: first?.id ?? '' });
    await world.pass(2 * minute);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
  });

  it('rechecks what was not sent within a minute', async () => {
    const world = await createWorld(database);
    const { ticket } = await world.resolvedTicket();
    world.jump(hour);
    await world.work('recheck', world.connectionId());
    expect(world.fakeEmailServer.sentEmails).toEqual([]);
    world.vendor.show(ticket.id, { state: 'open' });
    world.jump(minute);
    await world.deliver();
    expect(world.fakeEmailServer.sentEmails).toEqual([]);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'reopened' }]);
  });

  it('reads 40 tickets in one call when they are resolved, and in one when their emails are due', async () => {
    const world = await createWorld(database);
    await resolveTogether(
      world,
      Array.from({ length: 40 }, () => world.vendor.addContact({ name: 'Ann' })),
    );
    world.vendor.calls.length = 0;
    await world.pass(hour);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(40);
    expect(world.vendor.calls.filter(({ ids }) => ids.length === 40)).toHaveLength(2);
    expect(world.vendor.calls.filter(({ ids }) => ids.length === 1)).toEqual([]);
  });

  it('reminds, once it is live again, of a survey that was paused', async () => {
    const world = await createWorld(database, { surveys: [{ reminders: ['P3D'] }] });
    await world.asked();
    await world.survey({ reminders: ['P3D'], status: 'paused' });
    await world.pass(4 * day);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    await world.survey({ reminders: ['P3D'] });
    await world.pass(minute);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
  });

  it('expires the link when no one answered in time', async () => {
    const world = await createWorld(database, { surveys: [{ expires: 'P7D' }] });
    const { ticketId } = await world.asked();
    await world.pass(7 * day - minute);
    expect(await world.invitations(ticketId)).toMatchObject([{ status: 'sent' }]);
    await world.pass(minute);
    expect(await world.invitations(ticketId)).toMatchObject([
      { status: 'expired', endReason: { code: 'unanswered', params: {} } },
    ]);
  });
});

function linkOf({ text }: { text: string }): string | undefined {
  return /\/s\/[^?\s]+/u.exec(text)?.[0];
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
