import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { resolveTogether } from '../../../test/flows/resolve-together.ts';
import { createWorld, day, hour, minute, type World } from '../../../test/flows/world.ts';
import type { Database } from '../../platform/database/database.ts';
import { Bounced, EmailDelayed, EmailRefused } from '../../platform/email/email-failures.ts';
import { emailServer } from './tables.ts';

const quota = new EmailDelayed(
  { code: 'email.throttled', params: { status: '454 4.7.0' } },
  {
    ...{ fault: 'throttled', reason: 'throttled' },
  },
);
const badSender = new EmailRefused(
  { code: 'email.sender_refused', params: { kind: 'usual', status: '550 5.1.8' } },
  {
    ...{ fault: 'sender', concerns: 'connection', reason: 'sender_refused' },
  },
);
const unknown = new Bounced(
  { code: 'email.recipient_refused', params: { status: '550 5.1.1' } },
  {
    ...{ reason: 'mailbox_unknown', signature: 'unknown' },
  },
);

describeOnEachDatabase('an email server', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** Contacts at several domains whose emails are due in an hour. */
  function due(world: World, count: number): Promise<string[]> {
    return resolveTogether(
      world,
      Array.from({ length: count }, (_, n) =>
        world.vendor.addContact({ name: 'Ann', email: `contact-${n}@domain-${n}.example` }),
      ),
    );
  }

  /** The server does this with every email from now on. */
  function always(world: World, failure: Error | undefined): () => number {
    let tries = 0;
    const behave = (_email: unknown, keep: () => void) => {
      tries += 1;
      if (failure) throw failure;
      keep();
    };
    world.fakeEmailServer.next.length = 0;
    if (failure) world.fakeEmailServer.next.push(...Array.from({ length: 5000 }, () => behave));
    return () => tries;
  }

  const saved = () => database.db.select().from(emailServer);

  it('that is out of quota for hours gives no contact up, is tried about once a minute, and gets everything in the end', async () => {
    const world = await createWorld(database);
    const tickets = await due(world, 4);
    const tries = always(world, quota);
    await world.pass(hour);
    await world.pass(15 * minute);
    expect(tries()).toBeLessThan(25);
    world.jump(20 * hour);
    await world.pass(2 * minute);
    for (const id of tickets) {
      expect(await world.decisions(id)).toMatchObject([{ verdict: 'waiting', reason: 'email_server_throttled' }]);
      expect(await world.invitations(id)).toMatchObject([{ status: 'scheduled' }]);
    }
    expect(await saved()).toMatchObject([{ id: 'usual', kind: 'throttled', since: expect.any(Date) }]);
    expect(world.logs.filter(({ code }) => code === 'email_server.throttled')).toHaveLength(1);
    expect(await world.addressStates()).toEqual([]);
    always(world, undefined);
    await world.pass(2 * minute);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(4);
    expect(await saved()).toEqual([]);
    expect(world.logs.filter(({ code }) => code === 'email_server.recovered')).toHaveLength(1);
  });

  it('that refuses the sender is stopped, loudly, and gets everything within two minutes of the mending', async () => {
    const world = await createWorld(database);
    const tickets = await due(world, 3);
    const tries = always(world, badSender);
    await world.pass(hour);
    await world.pass(10 * minute);
    expect(tries()).toBeLessThan(20);
    expect(world.logs.filter(({ code }) => code === 'email_server.refused')).toMatchObject([{ why: badSender.why }]);
    for (const id of tickets) {
      expect(await world.decisions(id)).toMatchObject([{ verdict: 'waiting', reason: 'email_refused' }]);
    }
    always(world, undefined);
    await world.pass(2 * minute);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(3);
  });

  it('is asked no sooner after a restart than was planned', async () => {
    const world = await createWorld(database);
    await due(world, 1);
    const tries = always(world, badSender);
    await world.pass(hour + minute);
    const before = tries();
    const [row] = await saved();
    await world.crash();
    await world.runDue();
    expect(tries()).toBe(before);
    expect(row?.nextTryAt?.getTime()).toBeGreaterThan(world.clock().getTime());
    expect(await saved()).toEqual([row]);
    always(world, undefined);
    await world.pass(2 * minute);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
  });

  describe('that refuses all recipients in the same words', () => {
    it('makes no bounces: those that were saved are taken back, and everything leaves after the mending', async () => {
      const world = await createWorld(database);
      const tickets = await due(world, 5);
      always(world, unknown);
      await world.pass(hour);
      await world.pass(5 * minute);
      expect(await world.addressStates()).toEqual([]);
      for (const id of tickets) {
        expect(await world.invitations(id)).toMatchObject([{ status: 'scheduled' }]);
        expect(await world.decisions(id)).toMatchObject([{ verdict: 'waiting', reason: 'email_refused' }]);
      }
      always(world, undefined);
      await world.pass(2 * minute);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(5);
    });

    it('until it takes one: the addresses that it still refuses have bounced', async () => {
      const world = await createWorld(database, { surveys: [{ delay: 'PT10M' }] });
      await due(world, 3);
      always(world, unknown);
      await world.pass(10 * minute);
      expect(await world.addressStates()).toEqual([]);
      always(world, undefined);
      const behave = (sentEmail: { to: { address: string } }, keep: () => void) => {
        if (sentEmail.to.address.startsWith('contact-')) throw unknown;
        keep();
      };
      world.fakeEmailServer.next.push(...Array.from({ length: 500 }, () => behave));
      await world.resolvedTicket({ requester: world.vendor.addContact({ name: 'Bob', email: 'bob@other.example' }) });
      await world.pass(15 * minute);
      expect(world.fakeEmailServer.to('bob@other.example')).toHaveLength(1);
      expect(await world.addressStates()).toHaveLength(3);
      await world.pass(day);
      expect(await world.addressStates()).toHaveLength(3);
    });
  });
});
