import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, minute, type World } from '../../../test/flows/world.ts';
import type { Database } from '../../platform/database/database.ts';
import { EmailDelayed, EmailRefused } from '../../platform/email/email-failures.ts';
import { createEncryption } from '../../platform/encryption.ts';
import { brandContent } from '../surveys/brand.ts';
import { removeBrand, saveBrand } from '../surveys/queries/brands.ts';

const smtpUrl = 'smtps://umbrella:secret@mail.umbrella.test';
const wrongPassword = new EmailRefused(
  { code: 'email.credentials', params: { status: '535', setting: 'smtpUrl' } },
  { fault: 'account', concerns: 'connection', reason: 'credentials' },
);
const busy = new EmailDelayed(
  { code: 'email.unreachable', params: { cause: 'ECONNREFUSED' } },
  { fault: 'server', reason: 'unreachable' },
);

const failing = (failure: Error) => () => {
  throw failure;
};

describeOnEachDatabase('brands', (open) => {
  let database: Database;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database, { surveys: [{ company: 'us' }] });
  });

  function save(said: object = {}, server: { smtpUrl?: string | null } = {}) {
    const usual = { key: 'umbrella', name: 'Umbrella', tickets: ['Umbrella'], from: { address: 'hi@umbrella.test' } };
    const { workspaceId, context } = world;
    const content = brandContent.parse({ ...usual, ...said });
    return saveBrand(
      database.db,
      { workspaceId, content, ...server },
      { encryption: context.encryption, now: world.clock() },
    );
  }

  describe('have an email of their own', () => {
    it('by the ticket: sender, replies, look, company', async () => {
      await save({ replyTo: 'help@umbrella.test', company: 'Umbrella Ltd', branding: { color: '#aa0000' } });
      const { sentEmail } = await world.asked({ brand: 'UMBRELLA' });
      const { sentEmail: other } = await world.asked();

      expect(sentEmail).toMatchObject({
        from: { address: 'hi@umbrella.test', name: 'Umbrella' },
        replyTo: 'help@umbrella.test',
        subject: 'One question from Umbrella Ltd',
        messageId: expect.stringMatching(/@umbrella\.test>$/u),
      });
      expect(sentEmail.html).toContain('background:#aa0000');
      expect(other.from).toEqual({ address: 'support@acme.example' });
      expect(other).not.toHaveProperty('replyTo');
      expect(other.html).not.toContain('#aa0000');
    });

    it('by the survey, which has the last word on sender and look', async () => {
      await save({ branding: { color: '#aa0000', postalAddress: '1 Main Street' } });
      const delivery = { brand: 'umbrella', from: { name: 'Kim' }, replyTo: 'kim@acme.test' };
      await world.survey({ delivery, branding: { color: '#0000aa' } });
      const { sentEmail } = await world.asked();

      expect(sentEmail.from).toEqual({ address: 'hi@umbrella.test', name: 'Kim' });
      expect(sentEmail.replyTo).toBe('kim@acme.test');
      expect(sentEmail.html).toContain('background:#0000aa');
      expect(sentEmail.html).toContain('1 Main Street');
    });

    it('as they are when it is written', async () => {
      await save({ branding: { color: '#aa0000' } });
      await world.asked({ brand: 'Umbrella' });
      await save({ branding: { color: '#00aa00' } });
      const { sentEmail } = await world.asked({ brand: 'Umbrella' });
      await removeBrand(database.db, world.workspaceId, 'umbrella');
      const { sentEmail: without } = await world.asked({ brand: 'Umbrella' });

      expect(sentEmail.html).toContain('background:#00aa00');
      expect(without.from).toEqual({ address: 'support@acme.example' });
    });

    it('and not those of another workspace', async () => {
      await save();
      world = await createWorld(database);
      const { sentEmail } = await world.asked({ brand: 'Umbrella' });

      expect(sentEmail.from).toEqual({ address: 'support@acme.example' });
    });
  });

  describe('with an email server of their own', () => {
    async function resolveBoth() {
      const own = await world.resolvedTicket({ brand: 'Umbrella' });
      const usual = await world.resolvedTicket();
      return { own, usual };
    }

    /** @returns the address that an email was just sent to */
    async function ask(): Promise<string> {
      const { email } = await world.resolvedTicket({ brand: 'Umbrella' });
      await world.pass(hour);
      return email;
    }

    it('send by it, reminders too', async () => {
      await world.survey({ reminders: ['P1D'] });
      await save({}, { smtpUrl });
      const { own, usual } = await resolveBoth();
      await world.pass(hour);
      await world.pass(day);

      expect(world.brandEmailServer(smtpUrl).to(own.email)).toHaveLength(2);
      expect(world.fakeEmailServer.to(usual.email)).toHaveLength(2);
      expect(world.fakeEmailServer.to(own.email)).toEqual([]);
    });

    it.each([
      ['refuses us', wrongPassword, 'email_refused'],
      ['is down', busy, 'email_server_busy'],
    ])('wait alone while it %s, and go on by themselves', async (_title, failure, reason) => {
      await save({}, { smtpUrl });
      const { own, usual } = await resolveBoth();
      world.brandEmailServer(smtpUrl).next.push(failing(failure));
      world.jump(hour);
      world.vendor.calls.length = 0;
      await world.deliver();
      await world.deliver();

      // Each ticket was read once: what cannot leave is not looked into again and again.
      expect(world.vendor.calls.flatMap(({ ids }) => ids).toSorted()).toEqual(
        [own.ticket.id, usual.ticket.id].toSorted(),
      );
      expect(world.fakeEmailServer.to(usual.email)).toHaveLength(1);
      expect(await world.decisions(own.ticket.id)).toMatchObject([{ verdict: 'waiting', reason }]);
      await world.pass(2 * minute);
      expect(world.brandEmailServer(smtpUrl).to(own.email)).toHaveLength(1);
      expect(await world.decisions(own.ticket.id)).toMatchObject([{ verdict: 'asked' }]);
    });

    it('say whose server it is, once, and nothing of its password', async () => {
      await save({}, { smtpUrl });
      const { own } = await resolveBoth();
      world.brandEmailServer(smtpUrl).next.push(...Array.from({ length: 5 }, () => failing(wrongPassword)));
      await world.pass(hour);
      await world.pass(2 * minute);

      const [decision] = await world.decisions(own.ticket.id);
      const waiting = decision?.history.filter((entry) => entry.reason === 'email_refused') ?? [];
      expect(waiting).toMatchObject([{ reasonParams: { kind: 'brand', brand: 'umbrella', why: wrongPassword.why } }]);
      expect(world.complaints()).toContain('email_server.refused');
      expect(JSON.stringify(world.logs)).not.toMatch(/secret|@/u);
    });

    it('go on while the usual one is down, or is not there', async () => {
      await save({}, { smtpUrl });
      const { own, usual } = await resolveBoth();
      world.fakeEmailServer.next.push(failing(busy));
      world.jump(hour);
      await world.deliver();
      expect(world.brandEmailServer(smtpUrl).to(own.email)).toHaveLength(1);
      expect(await world.decisions(usual.ticket.id)).toMatchObject([{ reason: 'email_server_busy' }]);

      world.context.email = undefined;
      await world.survey({ delay: 'PT1M' });
      const again = await resolveBoth();
      await world.pass(minute);
      expect(world.brandEmailServer(smtpUrl).to(again.own.email)).toHaveLength(1);
      expect(await world.decisions(again.usual.ticket.id)).toMatchObject([{ reason: 'no_email_server' }]);
    });

    it('send by another one as soon as its address is changed, and by the usual one when it is taken away', async () => {
      const other = 'smtps://umbrella:other@mail.umbrella.test';
      await save({}, { smtpUrl });
      const first = await ask();
      await save({}, { smtpUrl: other });
      const second = await ask();
      await save({}, { smtpUrl: null });
      const third = await ask();

      expect(world.brandEmailServer(smtpUrl).to(first)).toHaveLength(1);
      expect(world.brandEmailServer(other).to(second)).toHaveLength(1);
      expect(world.fakeEmailServer.to(third)).toHaveLength(1);
    });

    it('wait for its address to be set anew when it is sealed under a key that is gone', async () => {
      const content = brandContent.parse({ key: 'umbrella', name: 'Umbrella', tickets: ['Umbrella'] });
      const encryption = createEncryption(['gone-for-good-0123456789abcdef0123456789']);
      const { workspaceId } = world;
      await saveBrand(database.db, { workspaceId, content, smtpUrl }, { encryption, now: world.clock() });
      const { own, usual } = await resolveBoth();
      await world.pass(hour);

      expect(world.fakeEmailServer.to(usual.email)).toHaveLength(1);
      expect(world.fakeEmailServer.to(own.email)).toEqual([]);
      expect(await world.decisions(own.ticket.id)).toMatchObject([
        { reason: 'no_email_server', reasonParams: { kind: 'unreadable', brand: 'umbrella' } },
      ]);
    });

    it('wait while nobody is named whom mail is from', async () => {
      await save({ from: undefined }, { smtpUrl });
      world.context.email = undefined;
      const { own } = await resolveBoth();
      await world.pass(hour);

      expect(await world.decisions(own.ticket.id)).toMatchObject([{ reason: 'no_sender' }]);
    });
  });
});
