import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { neverAnswers } from '../../../test/flows/fake-email-server.ts';
import { createWorld, day, hour, minute, second } from '../../../test/flows/world.ts';
import type { Database } from '../../platform/database/database.ts';
import { Bounced, EmailDelayed, EmailRefused } from '../../platform/email/email-failures.ts';

const notTaken = new EmailDelayed(
  { code: 'email.mailbox_busy', params: { status: '451 4.2.0' } },
  {
    ...{ fault: 'mailbox', reason: 'mailbox_busy' },
  },
);
const bounced = new Bounced(
  { code: 'email.recipient_refused', params: { status: '550 5.1.1' } },
  { reason: 'mailbox_unknown' },
);
const policy = new EmailRefused(
  { code: 'email.refused', params: { status: '554 5.7.1' } },
  {
    ...{ fault: 'email', concerns: 'request', reason: 'content_refused' },
  },
);
const busy = new EmailDelayed(
  { code: 'email.unreachable', params: { cause: 'ECONNREFUSED' } },
  {
    ...{ fault: 'server', reason: 'unreachable' },
  },
);
const wrongPassword = new EmailRefused(
  { code: 'email.credentials', params: { status: '535', setting: 'SMTP_URL' } },
  {
    ...{ fault: 'account', concerns: 'connection', reason: 'credentials' },
  },
);
const fateUnknown = new EmailDelayed(
  { code: 'email.unreachable', params: { cause: 'ETIMEDOUT' } },
  {
    ...{ fault: 'server', reason: 'unreachable', outcome: 'unknown' },
  },
);

const failing = (failure: Error) => () => {
  throw failure;
};

describeOnEachDatabase('sending', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('waits while the email server is down, probes it alone, and goes on by itself', async () => {
    const world = await createWorld(database);
    const tickets = [await world.resolvedTicket(), await world.resolvedTicket(), await world.resolvedTicket()];
    let probes = 0;
    world.fakeEmailServer.next.push(
      ...Array.from({ length: 12 }, () => () => {
        probes += 1;
        throw busy;
      }),
    );
    await world.pass(hour);
    await world.pass(2 * minute);
    expect(probes).toBeLessThanOrEqual(12);
    const [waiting] = await world.decisions(tickets[0]?.ticket.id ?? '');
    expect(waiting).toMatchObject({ verdict: 'waiting', reason: 'email_server_busy' });
    world.fakeEmailServer.next.length = 0;
    await world.pass(minute);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(3);
    for (const { ticket } of tickets) expect(await world.invitations(ticket.id)).toMatchObject([{ status: 'sent' }]);
  });

  it('waits, instead of trying over and over, while another email shows whether the server answers again', async () => {
    const world = await createWorld(database);
    await world.resolvedTicket();
    world.fakeEmailServer.next.push(failing(busy));
    world.jump(hour);
    await world.deliver();
    world.jump(minute);
    const answered = Promise.withResolvers<void>();
    const probe = world.context.email?.rateLimiter.run(() => answered.promise);
    world.vendor.calls.length = 0;
    await world.deliver();
    expect(world.vendor.calls).toEqual([]);
    answered.resolve();
    await probe;
    await world.pass(2 * second);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
  });

  it('wakes the recheck of an email that is tried again within seconds', async () => {
    const world = await createWorld(database);
    const { ticket } = await world.resolvedTicket();
    world.fakeEmailServer.next.push(failing(busy));
    world.jump(hour);
    world.wakes.length = 0;
    await world.deliver();
    const [{ dueAt } = { dueAt: null }] = await world.invitations(ticket.id);
    expect(dueAt?.getTime()).toBeLessThan(world.clock().getTime() + 10 * second);
    expect(world.wakes).toContainEqual({ job: 'recheck', key: world.connectionId(), at: dueAt });
  });

  it('tells the operator when the email server refuses us, and tries again in case it was mended', async () => {
    const world = await createWorld(database);
    const { ticket } = await world.resolvedTicket();
    world.fakeEmailServer.next.push(failing(wrongPassword));
    world.jump(hour);
    await world.deliver();
    expect(world.complaints()).toContain('email_server.refused');
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'waiting', reason: 'email_refused' }]);
    await world.pass(minute);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
  });

  describe('to a mailbox that does not take it', () => {
    it('for now: tries for half a day, then the contact is not asked, and may be the next time', async () => {
      const world = await createWorld(database);
      const { ticket, requester } = await world.resolvedTicket();
      world.fakeEmailServer.next.push(...Array.from({ length: 9 }, () => failing(notTaken)));
      await world.pass(hour);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'waiting', reason: 'email_not_taken' }]);
      expect(await world.invitations(ticket.id)).toMatchObject([{ status: 'scheduled', sentAt: null }]);
      for (const minutes of [1, 1.5, 2, 2, 5, 30, 120, 480]) await world.pass(minutes * minute);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'bounced' }]);
      expect(await world.invitations(ticket.id)).toMatchObject([{ status: 'bounced', sentAt: null, dueAt: null }]);
      expect(await world.contacts()).toMatchObject([{ lastAskedAt: null }]);
      expect(await world.addressStates()).toEqual([]);
      const again = await world.resolvedTicket({ requester });
      expect(await world.decisions(again.ticket.id)).toMatchObject([{ verdict: 'asked' }]);
    });

    it('ever: the contact is not asked, now or later', async () => {
      const world = await createWorld(database);
      const { ticket, requester } = await world.resolvedTicket();
      world.fakeEmailServer.next.push(failing(bounced));
      await world.pass(hour);
      expect(await world.decisions(ticket.id)).toMatchObject([
        { verdict: 'skipped', reason: 'bounced', reasonParams: { why: bounced.why } },
      ]);
      expect(await world.invitations(ticket.id)).toMatchObject([{ status: 'bounced', sentAt: null, dueAt: null }]);
      expect(await world.contacts()).toMatchObject([{ lastAskedAt: null }]);
      expect(await world.addressStates()).toMatchObject([
        { address: requester.email, kind: 'bounce', reason: 'mailbox_unknown', at: world.clock() },
      ]);
      const again = await world.resolvedTicket({ requester });
      expect(await world.decisions(again.ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'undeliverable' }]);
    });

    it("by policy: it waits, loudly, and is nobody's bounce", async () => {
      const world = await createWorld(database);
      const { ticket } = await world.resolvedTicket();
      world.fakeEmailServer.next.push(failing(policy), failing(policy));
      await world.pass(hour);
      expect(world.complaints()).toContain('email.refused');
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'waiting', reason: 'email_refused' }]);
      expect(await world.addressStates()).toEqual([]);
      await world.pass(hour);
      await world.pass(hour);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    });

    it('and the others get theirs', async () => {
      const world = await createWorld(database);
      world.fakeEmailServer.next.push(failing(bounced));
      for (let count = 0; count < 3; count += 1) await world.resolvedTicket();
      await world.pass(hour);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
    });

    it('as a reminder: no further one, and the answer is still welcome', async () => {
      const world = await createWorld(database, { surveys: [{ reminders: ['P1D', 'P2D'] }] });
      const { sentEmail, ticketId } = await world.asked();
      world.fakeEmailServer.next.push(failing(bounced));
      await world.pass(day);
      await world.pass(day);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
      expect(await world.invitations(ticketId)).toMatchObject([{ status: 'sent', dueAt: null }]);
      await world.answer(sentEmail, 7);
      expect(await world.invitations(ticketId)).toMatchObject([{ status: 'answered' }]);
    });
  });

  describe('when the process dies or the line drops after the email was taken', () => {
    it('sends the same email again, under the same Message-ID', async () => {
      const world = await createWorld(database);
      await world.resolvedTicket();
      const taken = Promise.withResolvers<void>();
      world.fakeEmailServer.next.push((_email, keep) => {
        keep();
        taken.resolve();
        return neverAnswers();
      });
      world.jump(hour);
      void world.deliver();
      await taken.promise;
      await world.crash();
      await world.runDue();
      const ids = world.fakeEmailServer.sentEmails.map(({ sentEmail }) => sentEmail.messageId);
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(1);
    });

    it('counts as asked, even when the ticket is reopened before it goes again', async () => {
      const world = await createWorld(database);
      const { ticket, requester } = await world.resolvedTicket();
      world.fakeEmailServer.next.push((_email, keep) => {
        keep();
        throw fateUnknown;
      });
      world.jump(hour);
      await world.deliver();
      world.vendor.show(ticket.id, { state: 'open' });
      await world.event(ticket.id);
      const next = await world.resolvedTicket({ requester });
      expect(await world.decisions(next.ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'quiet_period' }]);
    });

    it('counts as asked still, when the next try finds the server busy', async () => {
      const world = await createWorld(database);
      const { ticket, requester } = await world.resolvedTicket();
      world.fakeEmailServer.next.push((_email, keep) => {
        keep();
        throw fateUnknown;
      }, failing(busy));
      world.jump(hour);
      await world.deliver();
      world.jump(minute);
      await world.deliver();
      expect(world.fakeEmailServer.next).toEqual([]);
      world.vendor.show(ticket.id, { state: 'open' });
      await world.event(ticket.id);
      const next = await world.resolvedTicket({ requester });
      expect(await world.decisions(next.ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'quiet_period' }]);
    });

    it('takes an answer that arrives before the email is known to have left', async () => {
      const world = await createWorld(database);
      const { ticket } = await world.resolvedTicket();
      world.fakeEmailServer.next.push((_email, keep) => {
        keep();
        throw fateUnknown;
      });
      world.jump(hour);
      await world.deliver();
      const [first] = world.fakeEmailServer.sentEmails;
      if (!first) throw new Error('no email');
      await world.answer(first.sentEmail, 10);
      await world.pass(hour);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
      expect(await world.invitations(ticket.id)).toMatchObject([{ status: 'answered', dueAt: null }]);
    });
  });

  it('says nothing personal, whatever fails', async () => {
    const world = await createWorld(database);
    const { requester } = await world.resolvedTicket();
    world.fakeEmailServer.next.push(failing(notTaken), failing(policy), failing(busy), failing(bounced));
    await world.pass(hour);
    await world.pass(3 * hour);
    expect(world.logs.length).toBeGreaterThan(0);
    expect(JSON.stringify(world.logs)).not.toContain(requester.email);
    expect(JSON.stringify(world.logs)).not.toContain('/s/');
  });
});
