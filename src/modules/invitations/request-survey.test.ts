import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, minute, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import { BadRequest, UpstreamBusy } from '../../model/errors.ts';
import type { Database } from '../../platform/database/database.ts';
import { pauseWorkspace } from '../../platform/workspaces/queries.ts';
import { addAddressState } from '../contacts/queries/address-states.ts';
import { updateContact } from '../contacts/queries/contacts.ts';
import { decision, surveyRequest } from '../decisions/tables.ts';
import { unsubscribe } from '../responses/unsubscribe.ts';
import { deleteSurvey } from '../surveys/edit.ts';
import { addSurvey, listVersions } from '../surveys/queries/survey-editing.ts';
import { findSurveyByKey } from '../surveys/queries/surveys.ts';
import { surveyContentFrom, surveyDefinition } from '../surveys/survey.ts';
import { survey as surveys } from '../surveys/tables.ts';
import { askContact, askRecord, type SurveyRequest, type SurveyRequestContact } from './request-survey.ts';
import { invitation } from './tables.ts';

const email = 'ann@example.com';

describeOnEachDatabase('asking a contact because a caller wants it', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const ask = (
    { context, workspaceId }: World,
    contact: SurveyRequestContact = { email },
    more: Partial<Omit<SurveyRequest, 'contact'>> = {},
  ) => askContact(context, { workspaceId, surveyKey: 'after-ticket', requestedBy: 'api', contact, ...more });

  const askAbout = (world: World, recordId: string, more: { survey?: string; key?: string } = {}) => {
    const live = world.context.connections.find(world.connectionId());
    if (!live) throw new Error('the connection is not open');
    return askRecord(world.context, live, { recordId, survey: 'after-ticket', key: 'step-1', ...more });
  };

  const rowsOf = async <Row extends { workspaceId: string }>(world: World, rows: Promise<Row[]>) =>
    (await rows).filter(({ workspaceId }) => workspaceId === world.workspaceId);
  const invitations = (world: World) => rowsOf(world, database.db.select().from(invitation));
  const decisions = (world: World) => rowsOf(world, database.db.select().from(decision));

  const problemsOf = async (asking: Promise<unknown>) => {
    const failure = await asking.catch((thrown: unknown) => thrown);
    if (!(failure instanceof BadRequest)) throw failure;
    return failure.problems;
  };

  it('asks at once, whatever the delay, and keeps who and why', async () => {
    const world = await createWorld(database, { surveys: [{ delay: 'P3D' }] });
    const asked = await ask(world, {
      email: ' Ann@Example.com ',
      name: 'Ann',
      language: 'en',
      timeZone: 'Asia/Kolkata',
    });
    expect(asked).toMatchObject({
      verdict: 'asked',
      reason: 'asked',
      reasonParams: { kind: 'api', survey: 'after-ticket', when: { code: 'delay.at_once', params: {} } },
      dueAt: world.clock(),
    });
    await world.runDue();
    expect(world.fakeEmailServer.sentEmails).toMatchObject([{ sentEmail: { to: { address: email, name: 'Ann' } } }]);
    expect(await world.contacts()).toMatchObject([
      { id: asked.contactId, name: 'Ann', timeZone: 'Asia/Kolkata', lastAskedAt: world.clock() },
    ]);
    expect(await invitations(world)).toMatchObject([
      { decisionId: asked.id, status: 'sent', ticketId: null, resolutionId: null, test: false },
    ]);
    const [requested] = await rowsOf(world, database.db.select().from(surveyRequest));
    expect(requested).toMatchObject({ email, requestedBy: 'api', key: null });
    expect(await decisions(world)).toMatchObject([{ surveyRequestId: requested?.id, verdict: 'asked' }]);
  });

  it('takes the answer, and it stands on the record', async () => {
    const world = await createWorld(database);
    await ask(world);
    await world.runDue();
    const [sent] = world.fakeEmailServer.to(email);
    if (sent) await world.answer(sent, 9, 'thank you');
    expect(await world.responses()).toMatchObject([{ rating: 9 }]);
    expect(await world.crmFields()).toMatchObject([
      { values: { nps_latest_rating: 9, nps_latest_survey: 'after-ticket', nps_latest_ticket: null } },
    ]);
    expect(await invitations(world)).toMatchObject([{ status: 'answered' }]);
  });

  it('leaves what is known of a contact as it is', async () => {
    const world = await createWorld(database);
    await world.openTicket({ requester: world.vendor.addContact({ email, name: 'Ann', language: 'de' }) });
    await ask(world, { email, name: 'Somebody else', language: 'fr', company: 'Acme' });
    expect(await world.contacts()).toMatchObject([{ name: 'Ann', language: 'de', company: null }]);
  });

  describe('once for the same thing', () => {
    it('whenever it is said again', async () => {
      const world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S' }] });
      const first = await ask(world, { email }, { key: 'order-1' });
      await world.runDue();
      const again = await ask(world, { email }, { key: 'order-1' });
      expect(again).toMatchObject({ id: first.id, verdict: 'asked', dueAt: null });
      await ask(world, { email }, { key: 'order-2' });
      await world.runDue();
      expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
    });

    it('when it is said twice at once, also of two contacts', async () => {
      const world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S' }] });
      const contacts = [email, email, 'bo@example.com'];
      const said = await Promise.all(contacts.map((address) => ask(world, { email: address }, { key: 'order-1' })));
      expect(new Set(said.map(({ id }) => id)).size).toBe(1);
      expect(await invitations(world)).toHaveLength(1);
    });

    it('but with each survey', async () => {
      const world = await createWorld(database, {
        surveys: [{ quietPeriod: 'PT0S' }, { key: 'other', metric: 'csat', quietPeriod: 'PT0S' }],
      });
      await ask(world, { email }, { key: 'order-1' });
      await ask(world, { email }, { key: 'order-1', surveyKey: 'other' });
      expect(await invitations(world)).toHaveLength(2);
    });
  });

  describe('is refused, with the field, for', () => {
    it.each<[string, SurveyRequestContact, Partial<SurveyRequest>, string, string]>([
      ['a survey that is not there', { email }, { surveyKey: 'nowhere' }, 'survey', 'field.unknown_survey'],
      ['a survey that is not live', { email }, { surveyKey: 'resting' }, 'survey', 'field.survey_not_live'],
      [
        'a contact who is not known',
        { contactId: '00000000-0000-4000-8000-000000000000' },
        {},
        'contact.contactId',
        'field.contact_not_here',
      ],
      ['what is no address', { email: 'ann' }, {}, 'contact.email', 'field.email'],
      ['a time zone that there is not', { email, timeZone: 'Mars/Olympus' }, {}, 'contact.timeZone', 'field.time_zone'],
    ])('%s', async (_title, contact, more, field, code) => {
      const world = await createWorld(database, { surveys: [{}, { key: 'resting', status: 'paused' }] });
      expect(await problemsOf(ask(world, contact, more))).toMatchObject([{ field, message: { code } }]);
      expect(await world.contacts()).toEqual([]);
    });

    it('a contact of another workspace', async () => {
      const elsewhere = await createWorld(database);
      await elsewhere.openTicket();
      const [contact] = await elsewhere.contacts();
      const world = await createWorld(database);
      const problems = await problemsOf(ask(world, { contactId: contact?.id ?? '' }));
      expect(problems).toMatchObject([{ field: 'contact.contactId' }]);
    });
  });

  describe('skips', () => {
    it('within the quiet period of a ticket, and a ticket within that of a wish', async () => {
      const world = await createWorld(database);
      const { requester } = await world.resolvedTicket();
      const [contact] = await world.contacts();
      expect(await ask(world, { contactId: contact?.id ?? '' })).toMatchObject({
        verdict: 'skipped',
        reason: 'quiet_period',
        dueAt: null,
      });
      await ask(world, { email: 'bo@example.com' });
      const bo = world.vendor.addContact({ email: 'bo@example.com' });
      const { ticket } = await world.resolvedTicket({ requester: bo });
      expect(await world.decisions(ticket.id)).toMatchObject([{ reason: 'quiet_period' }]);
      await world.pass(hour);
      expect(world.fakeEmailServer.to(requester.email ?? '')).toHaveLength(1);
    });

    it('who has no address', async () => {
      const world = await createWorld(database);
      const { email: _none, ...nameless } = world.vendor.addContact();
      world.vendor.contacts.set(nameless.id, { ...nameless, emails: [] });
      expect(await askAbout(world, nameless.id)).toMatchObject({ verdict: 'skipped', reason: 'no_email' });
    });

    it('who unsubscribed since it was decided', async () => {
      const world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S' }] });
      await ask(world);
      await world.runDue();
      const [sent] = world.fakeEmailServer.to(email);
      await pauseWorkspace(database.db, world.workspaceId, 'asking', world.clock());
      await ask(world);
      if (sent) await unsubscribe(world.context, await world.invited(sent));
      await pauseWorkspace(database.db, world.workspaceId, 'asking', null);
      await world.runDue();
      expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    });
  });

  it('waits for the end of quiet hours, and of the quiet period where the survey defers', async () => {
    const timing = { quietHours: { from: '08:00', until: '18:00' } };
    const world = await createWorld(database, {
      surveys: [{ metric: 'csat', timing, audience: { whenQuiet: 'defer' } }],
    });
    const evening = new Date('2026-11-02T18:00:00Z');
    expect(await ask(world)).toMatchObject({ verdict: 'asked', dueAt: evening });
    expect(await ask(world)).toMatchObject({
      verdict: 'waiting',
      reason: 'quiet_period',
      dueAt: new Date(evening.getTime() + 7 * day),
    });
    await world.pass(8 * day);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
  });

  describe('reads the records again before the email leaves', () => {
    async function knownContact(world: World) {
      const record = world.vendor.addContact({ email });
      await world.openTicket({ requester: record });
      const [contact] = await world.contacts();
      return { record, contactId: contact?.id ?? '' };
    }

    it.each([
      ['opted out', { optedOut: true }, 'opted_out'],
      ['is not to be surveyed', { doNotSurvey: true }, 'do_not_survey'],
      ['works here', { staff: true }, 'own_team'],
    ])('who %s is not asked', async (_title, shown, reason) => {
      const world = await createWorld(database);
      const { record, contactId } = await knownContact(world);
      world.vendor.contacts.set(record.id, { ...record, ...shown });
      expect(await ask(world, { contactId })).toMatchObject({ verdict: 'asked' });
      await world.runDue();
      expect(world.fakeEmailServer.sentEmails).toEqual([]);
      expect(await decisions(world)).toMatchObject([{ verdict: 'skipped', reason }]);
    });

    it('who has another address by now is asked there', async () => {
      const world = await createWorld(database);
      const { record, contactId } = await knownContact(world);
      world.vendor.contacts.set(record.id, { ...record, email: 'ann.new@example.com' });
      await ask(world, { contactId });
      await world.runDue();
      expect(world.fakeEmailServer.sentEmails.map(({ sentEmail }) => sentEmail.to.address)).toEqual([
        'ann.new@example.com',
      ]);
    });

    it('whose record is gone is asked all the same', async () => {
      const world = await createWorld(database);
      const { record, contactId } = await knownContact(world);
      world.vendor.contacts.delete(record.id);
      await ask(world, { contactId });
      await world.runDue();
      expect(world.fakeEmailServer.to(email)).toHaveLength(1);
    });

    it('who cannot be read yet waits', async () => {
      const world = await createWorld(database);
      const { contactId } = await knownContact(world);
      world.vendor.before = (call) => {
        if (call === 'find contacts') throw new UpstreamBusy(vendorSays('throttled'), { retryAfter: minute });
      };
      await ask(world, { contactId });
      await world.deliver();
      expect(await decisions(world)).toMatchObject([{ verdict: 'waiting', reason: 'connection_busy' }]);
      world.vendor.before = () => {};
      await world.pass(2 * minute);
      expect(world.fakeEmailServer.to(email)).toHaveLength(1);
    });
  });

  describe('for a workflow', () => {
    it('asks the contact behind a record, on what it shows', async () => {
      const conditions = [{ field: 'property', property: 'plan', is: ['pro'] }];
      const world = await createWorld(database, { surveys: [{ audience: { conditions } }] });
      const record = world.vendor.addContact({ email, properties: { plan: 'pro' } });
      const free = world.vendor.addContact({ properties: { plan: 'free' } });
      expect(await askAbout(world, record.id)).toMatchObject({ verdict: 'asked', notes: [] });
      expect(await askAbout(world, record.id)).toMatchObject({ verdict: 'asked' });
      expect(await askAbout(world, free.id, { key: 'step-2' })).toMatchObject({ reason: 'contact_conditions' });
      await world.runDue();
      expect(world.fakeEmailServer.sentEmails.map(({ sentEmail }) => sentEmail.to.address)).toEqual([email]);
    });

    it('says where there is no such record', async () => {
      const world = await createWorld(database);
      expect(await problemsOf(askAbout(world, 'unknown'))).toMatchObject([{ field: 'recordId' }]);
    });
  });

  describe('as a test', () => {
    it('asks with a survey that is a draft, past the quiet period, and counts nowhere', async () => {
      const world = await createWorld(database, { surveys: [{ status: 'draft' }] });
      await ask(world, { email }, { test: true });
      expect(await ask(world, { email }, { test: true })).toMatchObject({ verdict: 'asked' });
      await world.runDue();
      expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
      expect(await invitations(world)).toMatchObject([{ test: true }, { test: true }]);
      expect(await world.contacts()).toMatchObject([{ lastAskedAt: null }]);
      await world.survey({});
      expect(await ask(world)).toMatchObject({ verdict: 'asked' });
    });

    it('asks with what is being worked on', async () => {
      const world = await createWorld(database);
      const draft = { metric: 'ces', company: 'Umbrella' };
      await database.db.update(surveys).set({ draft });
      await ask(world, { email }, { test: true });
      await world.runDue();
      const [sent] = world.fakeEmailServer.to(email);
      expect(sent?.subject).toContain('Umbrella');
      if (sent) expect(await world.invited(sent)).toMatchObject({ scale: { metric: 'ces' } });
      await database.db.update(surveys).set({ draft: null });
    });

    it('writes what is being worked on by then, however often it was tried out before', async () => {
      const world = await createWorld(database);
      for (const company of ['Umbrella', 'Globex']) {
        await database.db.update(surveys).set({ draft: { metric: 'ces', company } });
        await ask(world, { email }, { test: true });
        await world.runDue();
        expect(world.fakeEmailServer.to(email).at(-1)?.subject).toContain(company);
      }
      await database.db.update(surveys).set({ draft: null });
    });

    it('leaves nothing behind when the draft is deleted', async () => {
      const world = await createWorld(database);
      const { workspaceId } = world;
      const draft = surveyContentFrom(surveyDefinition.parse({ key: 'fresh', metric: 'ces' }));
      await addSurvey(database.db, { workspaceId, key: 'fresh', draft });
      await ask(world, { email }, { test: true, surveyKey: 'fresh' });
      await world.runDue();
      expect(world.fakeEmailServer.to(email)).toHaveLength(1);
      const added = await findSurveyByKey(database.db, workspaceId, 'fresh');
      expect(await listVersions(database.db, added?.id ?? '')).toEqual([]);
      await deleteSurvey(world.context, { workspaceId, key: 'fresh' });
      expect(await findSurveyByKey(database.db, workspaceId, 'fresh')).toBeUndefined();
      expect(await invitations(world)).toEqual([]);
    });

    it('asks a contact marked as one, but none without an address that works', async () => {
      const world = await createWorld(database);
      const { contactId } = await ask(world);
      await updateContact(database.db, contactId ?? '', { test: true, doNotSurvey: true });
      expect(await ask(world)).toMatchObject({ verdict: 'asked' });
      const bounce = { kind: 'bounce' as const, reason: 'mailbox_unknown', at: world.clock(), invitationId: null };
      await addAddressState(database.db, { workspaceId: world.workspaceId, address: email, ...bounce });
      expect(await ask(world)).toMatchObject({ verdict: 'skipped', reason: 'undeliverable' });
    });
  });
});
