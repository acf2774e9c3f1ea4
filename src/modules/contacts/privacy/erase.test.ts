import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { createWorld, day, hour, minute, type World } from '../../../../test/flows/world.ts';
import { vendorSays } from '../../../../test/vendor-says.ts';
import { rowsWith } from '../../../../test/whole-database.ts';
import { noValues } from '../../../model/crm-field-definitions.ts';
import { BadRequest, NotFound, UpstreamBusy } from '../../../model/errors.ts';
import type { Database } from '../../../platform/database/database.ts';
import { updateConnection } from '../../connections/queries/connections.ts';
import { confirm } from '../../responses/confirm.ts';
import { unsubscribe } from '../../responses/unsubscribe.ts';
import { joinContacts } from '../join.ts';
import { findContactByEmail } from '../queries/contacts.ts';
import { suppression } from '../tables.ts';
import { eraseContact } from './erase.ts';
import { liftSuppression } from './lift-suppression.ts';

describeOnEachDatabase('erasing', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** A contact like no other in this database. */
  const someone = ({ vendor }: World) =>
    vendor.addContact({ id: `record-${randomUUID()}`, email: `${randomUUID()}@example.com` });
  const asked = (world: World) => world.asked({ requester: someone(world) });
  const contactOf = async (world: World, email: string) =>
    (await findContactByEmail(database.db, world.workspaceId, email)) ?? '';

  /** Erases whoever has this address now. */
  async function erase(world: World, email: string): Promise<void> {
    const { workspaceId, context } = world;
    const contactId = await contactOf(world, email);
    await eraseContact(context, { workspaceId, contactId, because: 'request', actor: 'key-1' });
  }

  const suppressed = async ({ workspaceId }: World) =>
    (await database.db.select().from(suppression)).filter((row) => row.workspaceId === workspaceId);

  /** Nothing holds the address, no contacts are left, and nothing is on its way. */
  async function expectGone(world: World, email: string): Promise<void> {
    expect(await rowsWith(database.db, [email])).toEqual([]);
    expect(await world.contacts()).toEqual([]);
    expect(await world.recordLinks()).toEqual([]);
    expect(await world.crmFields()).toEqual([]);
  }

  describe('at the moment of', () => {
    it('a write that the vendor does later, clears after it', async () => {
      const world = await createWorld(database);
      const { sentEmail, email, recordId } = await asked(world);
      world.vendor.writing.push(world.vendor.later);
      await world.answer(sentEmail, 3, 'Too slow');
      await world.flush();
      await erase(world, email);
      await world.runDue();
      const written = () => world.vendor.calls.filter(({ call }) => call === 'write').length;
      const before = written();
      for (const receipt of world.vendor.jobs.keys()) world.vendor.doJob(receipt);
      expect(world.vendor.records.get(recordId)).toMatchObject({ nps_latest_rating: 3 });
      await world.pass(minute);
      expect(written()).toBe(before + 1);
      expect(world.vendor.records.get(recordId)).toEqual(noValues);
      await expectGone(world, email);
    });

    it('a write on the line, its mark, and a crash after it, clears all the same', async () => {
      const world = await createWorld(database);
      const { sentEmail, email, recordId, ticketId } = await asked(world);
      await world.answer(sentEmail, 3, 'Too slow');
      const reached = Promise.withResolvers<void>();
      world.vendor.writing.push(async (writes, apply) => {
        await erase(world, email);
        apply(writes);
        reached.resolve();
        return new Promise<never>(() => {});
      });
      void world.flush();
      await reached.promise;
      await world.crash();
      await world.pass(10 * minute);
      expect(world.vendor.records.get(recordId)).toEqual(noValues);
      expect(world.vendor.marked.has(ticketId)).toBe(false);
      await expectGone(world, email);
    });

    it('a mark on its way to the ticket takes it away again', async () => {
      const world = await createWorld(database);
      const { sentEmail, email, ticketId } = await asked(world);
      world.vendor.marking.push(async () => {
        world.jump(1);
        await erase(world, email);
        world.vendor.marked.set(ticketId, {} as never);
        return { result: 'marked' };
      });
      await world.answer(sentEmail, 3);
      await world.pass(minute);
      expect(world.vendor.marked.has(ticketId)).toBe(false);
      await expectGone(world, email);
    });

    it('an email being handed over lets it leave, and its link opens nothing', async () => {
      const world = await createWorld(database);
      const { email } = await world.resolvedTicket({ requester: someone(world) });
      world.fakeEmailServer.next.push(async (_email, save) => {
        save();
        await erase(world, email);
      });
      await world.pass(2 * hour);
      const [sentEmail] = world.fakeEmailServer.to(email);
      if (!sentEmail) throw new Error('no one was asked');
      await expect(world.invited(sentEmail)).rejects.toThrow('opens nothing');
      await expectGone(world, email);
    });

    it('an answer refuses it', async () => {
      const world = await createWorld(database);
      const { sentEmail, email } = await asked(world);
      const opened = await world.invited(sentEmail);
      await erase(world, email);
      await expect(confirm(world.context, opened, { rating: 9, comment: 'x' })).rejects.toThrow(NotFound);
      await world.runDue();
      await expectGone(world, email);
    });

    it('a search for their record finds no one, and makes no contact', async () => {
      const world = await createWorld(database, { vendors: ['acme', 'globex'] });
      const [acme, globex] = world.vendors;
      if (!acme || !globex) throw new Error('two vendors');
      await updateConnection(database.db, world.connectionId(globex), { createContacts: true });
      const requester = someone(world);
      const email = requester.email ?? '';
      globex.before = async (call) => {
        if (call === 'find contacts') await erase(world, email);
      };
      await world.resolvedTicket({ requester });
      await world.pass(2 * hour);
      expect(globex.calls.map(({ call }) => call)).toContain('find contacts');
      expect(globex.contacts.size).toBe(0);
      expect(world.complaints()).toEqual([]);
      await expectGone(world, email);
    });
  });

  describe('their vendor has begun', () => {
    /** Somebody whom two systems know, and whose record in the first is erased there. */
    async function erasedThere() {
      const world = await createWorld(database, { vendors: ['acme', 'globex'] });
      const [acme, globex] = world.vendors;
      if (!acme || !globex) throw new Error('two vendors');
      const requester = someone(world);
      const elsewhere = globex.addContact({ id: `record-${randomUUID()}`, email: requester.email ?? '' });
      const { sentEmail, email, recordId } = await world.asked({ requester });
      await world.answer(sentEmail, 9, 'Quick');
      await world.runDue();
      expect(globex.records.get(elsewhere.id)).toMatchObject({ nps_latest_comment: 'Quick' });
      return { world, acme, globex, email, recordId, elsewhere };
    }

    it('erases everything here, and clears the records of all others', async () => {
      const { world, acme, globex, email, recordId, elsewhere } = await erasedThere();
      acme.contacts.delete(recordId);
      acme.records.delete(recordId);
      acme.calls.length = 0;
      // Both events come, in no order.
      await world.leaveEvent(recordId, 'contact.deleted');
      await world.event(recordId, 'contact.erased');
      await world.event(recordId, 'contact.deleted');
      await world.runDue();
      expect(acme.calls.filter(({ call }) => call === 'write')).toEqual([]);
      expect(globex.records.get(elsewhere.id)).toEqual(noValues);
      expect(await rowsWith(database.db, [recordId, elsewhere.id])).toEqual([]);
      await expectGone(world, email);
      expect(await suppressed(world)).toMatchObject([{ reason: 'erased', survey: '' }]);
    });

    it('waits until the record is really gone, and erases no contact on a word alone', async () => {
      const { world, acme, email, recordId } = await erasedThere();
      await world.event(recordId, 'contact.erased');
      expect(await contactOf(world, email)).not.toBe('');
      acme.contacts.delete(recordId);
      await world.pass(minute);
      await expectGone(world, email);

      const other = await asked(world);
      await world.event(other.recordId, 'contact.erased');
      await world.pass(hour);
      expect(await contactOf(world, other.email)).not.toBe('');
    });

    it('means nothing for a contact we never knew, and is not kept', async () => {
      const world = await createWorld(database);
      const stranger = `stranger-${randomUUID()}`;
      for (const kind of ['contact.erased', 'contact.changed']) await world.event(stranger, kind);
      expect(await rowsWith(database.db, [stranger])).toEqual([]);
    });
  });

  it('whoever writes in again is forgotten again, and asked once the suppression is lifted', async () => {
    const world = await createWorld(database);
    const { requester, email } = await asked(world);
    await erase(world, email);
    await world.pass(100 * day);
    const open = world.vendor.addTicket({ requester, publicReplies: 1 });
    await world.event(open.id);
    await expectGone(world, email);
    await world.resolve(open.id);
    await world.runDue();
    expect(await world.decisions(open.id)).toMatchObject([{ verdict: 'skipped', reason: 'suppressed', contact: null }]);
    await expectGone(world, email);

    const { workspaceId, context } = world;
    const lift = (address: string) => liftSuppression(context, { workspaceId, address, actor: 'key-1' });
    await expect(lift('no address')).rejects.toThrow(BadRequest);
    await expect(lift('other@else.example')).rejects.toThrow(NotFound);
    await lift(` ${email.toUpperCase()} `);
    expect(await suppressed(world)).toEqual([]);
    await world.resolvedTicket({ requester });
    await world.pass(2 * hour);
    expect(world.fakeEmailServer.to(email)).toHaveLength(2);
  });

  it('whoever unsubscribed may be asked again once that is lifted, known here or not', async () => {
    const world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S' }] });
    const { sentEmail, requester, email } = await asked(world);
    await unsubscribe(world.context, await world.invited(sentEmail));
    const lift = () =>
      liftSuppression(world.context, { workspaceId: world.workspaceId, address: email, actor: 'key-1' });
    await lift();
    await expect(lift()).rejects.toThrow(NotFound);
    await world.resolvedTicket({ requester });
    await world.pass(2 * hour);
    expect(world.fakeEmailServer.to(email)).toHaveLength(2);
  });

  it('takes the id of a contact who turned out to be them, and no id twice or of another workspace', async () => {
    const world = await createWorld(database);
    const [one, other] = [await asked(world), await asked(world)];
    const { workspaceId, context } = world;
    const [loser, winner] = [await contactOf(world, one.email), await contactOf(world, other.email)];
    await joinContacts(context, { workspaceId, loser, winner });
    const request = { workspaceId, contactId: loser, because: 'request' as const, actor: 'key-1' };
    await expect(eraseContact(context, { ...request, workspaceId: 'another' })).rejects.toThrow(NotFound);
    await eraseContact(context, request);
    await expect(eraseContact(context, request)).rejects.toThrow(NotFound);
    await world.runDue();
    for (const { email } of [one, other]) await expectGone(world, email);
    expect(await suppressed(world)).toHaveLength(2);
  });

  it('gives a record up that cannot be cleared for a month, and tries it each day until then', async () => {
    const world = await createWorld(database);
    const { sentEmail, email, recordId } = await asked(world);
    await world.answer(sentEmail, 9);
    await world.runDue();
    await erase(world, email);
    world.vendor.before = (call) => {
      if (call === 'write') throw new UpstreamBusy(vendorSays('server_failed'), { serverFailed: true });
    };
    expect(await world.contacts()).toMatchObject([{ name: null, erasedAt: world.clock() }]);
    for (let passed = 0; passed < 31; passed += 1) {
      world.jump(day);
      await world.work('retention', world.workspaceId);
    }
    expect(await rowsWith(database.db, [recordId])).toEqual([]);
    await expectGone(world, email);
    expect(world.complaints()).toContain('contact.erasure_incomplete');
  });
});
