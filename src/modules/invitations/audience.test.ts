import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour } from '../../../test/flows/world.ts';
import type { Database } from '../../platform/database/database.ts';
import { workspace } from '../../platform/workspaces/tables.ts';
import { updateContact } from '../contacts/queries/contacts.ts';
import { suppression, unsubscription } from '../contacts/tables.ts';
import { brandContent } from '../surveys/brand.ts';
import { saveBrand } from '../surveys/queries/brands.ts';
import { listSurveys } from '../surveys/queries/surveys.ts';
import { resolution } from '../tickets/tables.ts';

describeOnEachDatabase('whom a survey asks', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  describe('is decided by what it hears', () => {
    it('a survey that does not hear a connection decides nothing about it', async () => {
      const vendors = ['acme', 'umbrella'];
      const surveys = [
        { key: 'only-acme', audience: { connections: ['acme'] } },
        { key: 'all', metric: 'csat' },
      ];
      const world = await createWorld(database, { surveys, vendors });
      const [acme, umbrella] = world.vendors;
      const first = await world.resolvedTicket({}, acme);
      const second = await world.resolvedTicket({}, umbrella);
      const said = async (id: string) => (await world.decisions(id)).map(({ survey, reason }) => `${survey} ${reason}`);
      expect((await said(first.ticket.id)).sort()).toEqual(['all another_survey', 'only-acme asked']);
      expect(await said(second.ticket.id)).toEqual(['all asked']);
    });

    it('by connection, and where no survey hears it there is one row', async () => {
      const world = await createWorld(database, { vendors: ['acme', 'umbrella'] });
      const [acme, umbrella] = world.vendors;
      await world.survey({ audience: { connections: [world.connectionId(umbrella)] } });
      const { ticket } = await world.resolvedTicket({}, acme);
      expect(await world.decisions(ticket.id)).toMatchObject([{ survey: null, reason: 'no_survey' }]);
      const resolved = await world.resolvedTicket({}, umbrella);
      expect(await world.decisions(resolved.ticket.id)).toMatchObject([{ verdict: 'asked' }]);
    });
  });

  describe('is decided by conditions', () => {
    const property = { field: 'property', property: 'plan', is: ['pro'] };
    const surveys = [{ audience: { conditions: [property] } }];

    it('on properties, which are read for it, and again before the email leaves', async () => {
      const world = await createWorld(database, { surveys });
      const requester = world.vendor.addContact({ properties: { plan: 'Pro', other: 'x' } });
      const { ticket } = await world.resolvedTicket({ requester });
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked', notes: [] }]);
      world.vendor.contacts.set(requester.id, { ...requester, properties: { plan: 'free' } });
      await world.pass(hour);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'contact_conditions' }]);
      expect(world.fakeEmailServer.sentEmails).toEqual([]);
    });

    it('as they were when it was decided, whatever the survey says since', async () => {
      const world = await createWorld(database, { surveys });
      await world.resolvedTicket({ requester: world.vendor.addContact({ properties: { plan: 'pro' } }) });
      await world.survey({});
      await world.pass(hour);
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    });

    it('on what the ticket is, which is kept with the resolution', async () => {
      const conditions = [{ field: 'brand', is: ['acme'] }];
      const world = await createWorld(database, { surveys: [{ audience: { conditions } }] });
      const shown = { subject: 'Where is it?', channel: 'email' };
      const { ticket } = await world.resolvedTicket({ brand: 'Acme', ...shown });
      const other = await world.resolvedTicket({ brand: 'Umbrella', ...shown });
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
      expect(await world.decisions(other.ticket.id)).toMatchObject([{ reason: 'ticket_conditions' }]);
      const kept = await database.db.select().from(resolution);
      expect(kept.filter(({ workspaceId }) => workspaceId === world.workspaceId)).toMatchObject([
        { brand: 'Acme', ...shown },
        { brand: 'Umbrella', ...shown },
      ]);
    });

    it('on their company, which another system may know', async () => {
      const conditions = [{ field: 'company', isNot: ['umbrella corp'] }];
      const world = await createWorld(database, {
        surveys: [{ audience: { conditions } }],
        vendors: ['acme', 'umbrella'],
      });
      const [acme, umbrella] = world.vendors;
      const email = 'ann@example.com';
      await world.openTicket({ requester: acme?.addContact({ email, company: 'Umbrella Corp' }) } as object, acme);
      expect(await world.contacts()).toMatchObject([{ company: 'Umbrella Corp' }]);
      const { ticket } = await world.resolvedTicket({ requester: umbrella?.addContact({ email }) } as object, umbrella);
      expect(await world.decisions(ticket.id)).toMatchObject([{ reason: 'contact_conditions' }]);
    });
  });

  it.each([
    ['an address', { ownAddresses: ['Ann@Example.com'] }],
    ['a domain', { ownDomains: ['Example.com'] }],
  ])('leaves out who has %s of the workspace', async (_title, own) => {
    const world = await createWorld(database);
    await database.db.update(workspace).set(own);
    const { ticket } = await world.resolvedTicket({ requester: world.vendor.addContact({ email: 'ann@example.com' }) });
    expect(await world.decisions(ticket.id)).toMatchObject([{ reason: 'own_team' }]);
  });

  describe('leaves out whom an email would be from, or whoever takes answers to it', () => {
    const email = 'ann@example.com';
    const from = { address: 'Ann@Example.com' };

    it.each([
      ['of this survey', { delivery: { from } }],
      ['of this survey by mail', { delivery: { replyTo: email } }],
    ])('%s', async (_title, survey) => {
      const world = await createWorld(database, { surveys: [survey] });
      const { ticket } = await world.resolvedTicket({ requester: world.vendor.addContact({ email }) });
      expect(await world.decisions(ticket.id)).toMatchObject([{ reason: 'own_team' }]);
    });

    it('of another survey', async () => {
      const surveys = [{ key: 'first' }, { key: 'second', delivery: { from } }];
      const world = await createWorld(database, { surveys });
      const { ticket } = await world.resolvedTicket({ requester: world.vendor.addContact({ email }) });
      const reasons = (await world.decisions(ticket.id)).map(({ reason }) => reason);
      expect(reasons).toEqual(['own_team', 'own_team']);
    });

    it.each([
      ['of a brand', { from }],
      ['of a brand by mail', { replyTo: email }],
    ])('%s', async (_title, sender) => {
      const world = await createWorld(database);
      const content = brandContent.parse({ key: 'umbrella', name: 'Umbrella', ...sender });
      const { context, workspaceId } = world;
      await saveBrand(database.db, { workspaceId, content }, { encryption: context.encryption, now: world.clock() });
      const { ticket } = await world.resolvedTicket({ requester: world.vendor.addContact({ email }) });
      expect(await world.decisions(ticket.id)).toMatchObject([{ reason: 'own_team' }]);
      const other = await world.resolvedTicket();
      expect(await world.decisions(other.ticket.id)).toMatchObject([{ reason: 'asked' }]);
    });
  });

  describe('leaves out who', () => {
    const surveys = [{ key: 'first' }, { key: 'second', metric: 'csat' }];

    /** Somebody known, with an open ticket. */
    async function known() {
      const world = await createWorld(database, { surveys });
      const { ticket } = await world.openTicket({ requester: world.vendor.addContact({ email: 'ann@example.com' }) });
      const [contact] = await world.contacts();
      const [first] = await listSurveys(database.db, world.workspaceId);
      if (!contact || !first) throw new Error('no contact is known');
      const decided = async () => {
        await world.resolve(ticket.id);
        const rows = await world.decisions(ticket.id);
        return Object.fromEntries(rows.map(({ survey, reason }) => [survey, reason]));
      };
      return { world, contact, first, decided };
    }

    it('somebody here marked so', async () => {
      const { contact, decided } = await known();
      await updateContact(database.db, contact.id, { doNotSurvey: true });
      expect(await decided()).toEqual({ first: 'do_not_survey', second: 'do_not_survey' });
    });

    it('unsubscribed from this survey, and asks them with another', async () => {
      const { world, contact, first, decided } = await known();
      const { workspaceId } = world;
      const at = world.clock();
      await database.db.insert(unsubscription).values({ workspaceId, contactId: contact.id, surveyId: first.id, at });
      expect(await decided()).toEqual({ first: 'unsubscribed_survey', second: 'asked' });
    });

    it.each([
      ['is remembered only by the hash of their address', '', { first: 'suppressed', second: 'suppressed' }],
      ['is remembered so for this survey', 'first', { first: 'suppressed', second: 'asked' }],
    ])('%s', async (_title, survey, reasons) => {
      const { world, decided } = await known();
      const [hash] = world.context.addressHashes.of('ann@example.com');
      const { workspaceId } = world;
      const at = world.clock();
      await database.db.insert(suppression).values({ workspaceId, hash, survey, reason: 'erased', at });
      expect(await decided()).toEqual(reasons);
    });
  });

  describe('of a case that is kept in two systems', () => {
    async function mirrored(second: { subject: string; later: number }) {
      const world = await createWorld(database, {
        surveys: [{ quietPeriod: 'PT1M', delay: 'PT0S' }],
        vendors: ['acme', 'umbrella'],
      });
      const [acme, umbrella] = world.vendors;
      if (!acme || !umbrella) throw new Error('the test needs two systems');
      const email = 'ann@example.com';
      await world.resolvedTicket({ requester: acme.addContact({ email }), subject: 'Where is my parcel?' }, acme);
      world.jump(second.later);
      const requester = umbrella.addContact({ email });
      const { ticket } = await world.resolvedTicket({ requester, subject: second.subject }, umbrella);
      return (await world.decisions(ticket.id)).map(({ verdict, reason }) => `${verdict} ${reason}`);
    }

    it('asks once', async () => {
      expect(await mirrored({ subject: 'Re: where is my parcel? [#77]', later: hour })).toEqual(['skipped mirrored']);
    });

    it.each([
      ['what is another case', { subject: 'Where is my invoice?', later: hour }],
      ['what comes up a day later', { subject: 'Where is my parcel?', later: day + 1000 }],
    ])('asks about %s', async (_title, second) => {
      expect(await mirrored(second)).toEqual(['asked asked']);
    });
  });

  describe('as a test', () => {
    it('a marked ticket asks at once, past the quiet period, and counts nowhere', async () => {
      const world = await createWorld(database, { surveys: [{ dailyCap: 1 }] });
      const { requester } = await world.asked();
      const before = await world.crmFields();
      const { lastAskedAt } = (await world.contacts())[0] ?? {};
      world.jump(hour);
      const { ticket } = await world.resolvedTicket({ requester, tags: ['feedback_test'], publicReplies: 0 });
      await world.runDue();
      expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
      expect(await world.contacts()).toMatchObject([{ lastAskedAt }]);
      expect(await world.crmFields()).toEqual(before);
    });

    it('a marked contact is asked each time, and a customer is not kept from it', async () => {
      const world = await createWorld(database, { surveys: [{ dailyCap: 1 }] });
      const opened = await world.openTicket();
      const [contact] = await world.contacts();
      await updateContact(database.db, contact?.id ?? '', { test: true });
      await world.resolve(opened.ticket.id);
      await world.runDue();
      await world.resolvedTicket({ requester: opened.requester });
      await world.runDue();
      expect(world.fakeEmailServer.to(opened.email)).toHaveLength(2);
      const { email } = await world.resolvedTicket();
      await world.pass(hour);
      expect(world.fakeEmailServer.to(email)).toHaveLength(1);
    });
  });
});
