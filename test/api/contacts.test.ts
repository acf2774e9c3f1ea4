import { beforeAll, expect, it } from 'vitest';
import { doNotSurveyKey } from '../../src/model/crm-field-definitions.ts';
import { addAddressState } from '../../src/modules/contacts/queries/address-states.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { day } from '../flows/world.ts';
import { type Served, serve } from './served.ts';

describeOnEachDatabase('contacts through the API', (open) => {
  let service: Served;

  beforeAll(async () => {
    service = await serve(await open());
  });

  async function contactOf(email: string) {
    const [found] = (await service.read(`/contacts?email=${encodeURIComponent(email)}`)).items;
    return found;
  }

  const request = (body: object, key?: string) =>
    service.call('POST', '/invitations', { body, ...(key === undefined ? {} : { key }) });

  it('are shown with everything that happened between us', async () => {
    const { sentEmail, email } = await service.asked();
    await service.answer(sentEmail, 9, 'Well done');
    const { id } = await contactOf(email);
    expect(await service.read(`/contacts/${id}`)).toMatchObject({
      id,
      emails: [email],
      crmFields: { nps_latest_rating: 9 },
      records: [{ state: 'present' }],
      decisions: [{ verdict: 'asked', contact: id }],
      invitations: [{ status: 'answered', contact: id, survey: 'after-ticket' }],
      responses: [{ rating: 9, category: 'promoter', comment: 'Well done' }],
    });
  });

  it('are found under the name of whom they turned out to be', async () => {
    const [one, other] = [await service.asked(), await service.asked()];
    const [loser, winner] = [await contactOf(one.email), await contactOf(other.email)];
    await service.call('POST', `/contacts/${loser.id}/merge`, { body: { into: winner.id } });
    const shown = await service.read(`/contacts/${loser.id}`);
    expect(shown.id).toBe(winner.id);
    expect(shown.invitations).toHaveLength(2);
  });

  it('are never asked once an admin said so, and again once it is taken back everywhere', async () => {
    const requester = service.vendor.addContact({ name: 'Ann' });
    const { email } = await service.openTicket({ requester });
    const { id } = await contactOf(email);
    const change = (body: object) => service.call('PATCH', `/contacts/${id}`, { body });
    expect((await change({ doNotSurvey: true, language: 'de', timeZone: 'Europe/Berlin' })).body).toMatchObject({
      doNotSurvey: true,
      language: 'de',
      timeZone: 'Europe/Berlin',
    });
    expect((await request({ survey: 'after-ticket', contact: { contactId: id } })).body.verdict).toBe('skipped');

    service.vendor.contacts.set(requester.id, { ...requester, doNotSurvey: true });
    await service.event(requester.id, 'contact.changed');
    service.vendor.calls.length = 0;
    expect((await change({ doNotSurvey: false })).body.doNotSurvey).toBe(false);
    expect(service.vendor.records.get(requester.id)).toMatchObject({ [doNotSurveyKey]: false });
    expect((await service.read('/audit?action=contact.change')).items[0]).toMatchObject({
      actor: 'environment',
      subject: id,
      detail: { fields: ['doNotSurvey'] },
    });
  });

  it.each([
    ['timeZone', { timeZone: 'Europe/Nowhere' }],
    ['language', { language: 'German' }],
    ['doNotSurvey', { doNotSurvey: 'yes' }],
  ])('keep their %s when what is sent is none', async (field, body) => {
    const { email } = await service.openTicket();
    const { id } = await contactOf(email);
    const answer = await service.call('PATCH', `/contacts/${id}`, { body });
    expect([answer.status, answer.body.problems]).toMatchObject([400, [{ field }]]);
  });

  it('are asked because a program wants it, once a key, with the reason when they are not', async () => {
    const contact = { email: 'new@customer.example', name: 'New', language: 'en' };
    const body = { survey: 'after-ticket', contact, key: 'order 1' };
    const asked = await request(body, await service.keyFor('invitations:write'));
    expect(asked.body).toMatchObject({ verdict: 'asked', dueAt: expect.any(String) });
    expect((await request(body)).body).toMatchObject({ id: asked.body.id });
    await service.pass(day);
    expect(service.fakeEmailServer.to('new@customer.example')).toHaveLength(1);
    expect((await service.read('/decisions?email=new@customer.example')).items).toMatchObject([
      { ticket: null, requestedBy: 'api', verdict: 'asked' },
    ]);
    expect((await request({ survey: 'after-ticket', contact, key: 'order 2' })).body).toMatchObject({
      verdict: 'skipped',
      reasonCode: 'quiet_period',
      dueAt: null,
    });
  });

  it.each([
    ['survey', { survey: 'nowhere', contact: { email: 'ann@customer.example' } }],
    ['survey', { contact: { email: 'ann@customer.example' } }],
    ['contact', { survey: 'after-ticket', contact: {} }],
    ['contact.email', { survey: 'after-ticket', contact: { email: 'ann' } }],
    ['contact.contactId', { survey: 'after-ticket', contact: { contactId: 'x' } }],
    ['contact.contactId', { survey: 'after-ticket', contact: { contactId: '00000000-0000-4000-8000-000000000000' } }],
  ])('are not asked where the %s is not right: %o', async (field, body) => {
    const answer = await request(body);
    expect([answer.status, answer.body.problems]).toMatchObject([400, [{ field }]]);
  });

  it('try out a draft, which leaves no trace when it is taken away', async () => {
    await service.call('POST', '/surveys', { body: { key: 'tried', metric: 'csat' } });
    const contact = { email: 'me@acme.example' };
    expect((await request({ survey: 'tried', contact, test: true })).body).toMatchObject({ verdict: 'asked' });
    await service.pass(day);
    const sentEmail = service.fakeEmailServer.to('me@acme.example').at(-1);
    expect(sentEmail).toBeDefined();
    if (sentEmail) await service.answer(sentEmail, 5);
    expect((await service.read('/responses?email=me@acme.example')).items).toMatchObject([{ survey: 'tried' }]);
    expect((await service.read('/surveys/tried')).version).toBe(0);
    expect((await service.call('DELETE', '/surveys/tried')).status).toBe(204);
    expect((await service.read('/responses?email=me@acme.example')).items).toEqual([]);
    expect((await service.read('/decisions?email=me@acme.example')).items).toEqual([]);
  });

  it('keep the question that they were asked when its survey is published anew', async () => {
    await service.call('POST', '/surveys', {
      body: { key: 'edited', metric: 'nps', company: 'Acme', delay: 'PT0S', quietPeriod: 'PT0S' },
    });
    await service.call('POST', '/surveys/edited/publish');
    await request({ survey: 'edited', contact: { email: 'early@customer.example' } });
    await service.pass(day);
    const sentEmail = service.fakeEmailServer.to('early@customer.example').at(-1);
    if (!sentEmail) throw new Error('no one was asked');
    await service.call('PATCH', '/surveys/edited', { body: { company: 'Umbrella' } });
    const page = async () =>
      (
        await fetch(
          sentEmail.text.match(/https:\S+\/s\/\S+/u)?.[0].replace('https://surveys.example', service.url) ?? '',
        )
      ).text();
    expect(await page()).toContain('Acme');
    await service.call('POST', '/surveys/edited/publish');
    expect(await page()).toContain('Acme');
    expect(await page()).not.toContain('Umbrella');
    await service.answer(sentEmail, 10);
    expect((await service.read('/responses?survey=edited')).items).toMatchObject([{ surveyVersion: 1, rating: 10 }]);
    expect((await service.read('/surveys/edited')).version).toBe(2);
  });

  it('have answers that can be taken off the record, put back and corrected, each with who did it', async () => {
    const { sentEmail, email } = await service.asked();
    const { id } = await service.answer(sentEmail, 3, 'A slip');
    const change = (how: string, body?: object) =>
      service.call('POST', `/responses/${id}/${how}`, body === undefined ? {} : { body });
    expect((await change('retract', { reason: 'They meant 8.' })).body).toMatchObject({
      status: 'retracted',
      onRecord: false,
      statusReason: { code: 'typed', params: { text: 'They meant 8.' }, message: 'They meant 8.' },
    });
    expect((await contactOf(email)).crmFields).toMatchObject({ nps_latest_rating: null });
    expect(await change('retract', { reason: 'Again.' })).toMatchObject({
      status: 409,
      body: { code: 'already_retracted' },
    });
    expect((await change('restore')).body).toMatchObject({ status: 'confirmed', onRecord: true, rating: 3 });
    const corrected = await change('correct', { rating: 8, reason: 'They called.' });
    expect(corrected.body).toMatchObject({ rating: 8, category: 'passive', comment: 'A slip' });
    expect((await contactOf(email)).crmFields).toMatchObject({ nps_latest_rating: 8 });
    for (const [field, body] of [
      ['rating', { rating: 11, reason: 'Too much.' }],
      ['rating', { rating: 7.5, reason: 'Half.' }],
      ['rating', { reason: 'Nothing.' }],
      ['reason', { rating: 7 }],
    ] as const) {
      expect((await change('correct', body)).body.problems).toMatchObject([{ field }]);
    }
    const { items } = await service.read(`/audit?subject=${id}`);
    expect(items.map(({ action }: { action: string }) => action)).toEqual([
      'response.correct',
      'response.restore',
      'response.retract',
    ]);
  });

  it('are written to again at an address that bounced once an admin says so', async () => {
    const { email } = await service.asked();
    const { id } = await contactOf(email);
    const { workspaceId } = service;
    const bounce = { kind: 'bounce' as const, reason: 'mailbox_unknown', at: service.clock(), invitationId: null };
    await addAddressState(service.database.db, { workspaceId, address: email, ...bounce });
    expect(await service.read(`/contacts/${id}`)).toMatchObject({
      ...{ bouncedAt: bounce.at.toISOString(), complainedAt: null },
      addressStates: [{ address: email, kind: 'bounce', reason: 'mailbox_unknown', at: bounce.at.toISOString() }],
    });
    expect((await service.read('/contacts?bounced=true')).items.map((item: { id: string }) => item.id)).toContain(id);
    const lift = (body: object) => service.call('POST', `/contacts/${id}/bounces/lift`, { body });
    expect((await lift({ address: 'not an address' })).status).toBe(400);
    expect(await lift({ address: email })).toMatchObject({ status: 200, body: { bouncedAt: null, addressStates: [] } });
    expect((await lift({})).status).toBe(404);
    expect((await service.read('/audit?action=bounce.lift')).items).toMatchObject([{ subject: id }]);
  });

  it('are told everything that is held on them, and are gone when they wish so', async () => {
    const { sentEmail, email } = await service.asked();
    await service.answer(sentEmail, 3, 'Forget me');
    const { id } = await contactOf(email);
    expect(JSON.stringify(await service.read(`/contacts/${id}/export`))).toContain('Forget me');
    expect((await service.call('DELETE', `/contacts/${id}`)).status).toBe(204);
    expect((await service.call('GET', `/contacts/${id}`)).status).toBe(404);
    expect((await service.call('DELETE', `/contacts/${id}`)).status).toBe(404);
    expect((await service.read('/audit?action=contact.erase')).items).toMatchObject([{ actor: 'environment' }]);
    expect((await request({ survey: 'after-ticket', contact: { email } })).body.verdict).toBe('skipped');

    const lift = () => service.call('POST', '/suppressions/lift', { body: { address: email } });
    expect([(await lift()).status, (await lift()).status]).toEqual([204, 404]);
  });
});
