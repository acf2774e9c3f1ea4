import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPortal, type TestPortal } from './harness.ts';
import type { HubspotSimulator } from './index.ts';

const objects = '/crm/objects/2026-03';
const contactProperties = '/crm/properties/2026-03/contacts';
let portal: TestPortal;
let hubspot: HubspotSimulator;
let call: TestPortal['call'];

beforeEach(async () => {
  portal = await startPortal();
  ({ hubspot, call } = portal);
});

afterEach(() => portal.stop());

const numberField = { groupName: 'contactinformation', label: 'Rating', type: 'number', fieldType: 'number' };
const choiceField = {
  ...{ groupName: 'contactinformation', label: 'Category', type: 'enumeration', fieldType: 'select' },
  options: [{ label: 'Promoter', value: 'promoter', displayOrder: 0, hidden: false }],
};

async function defineFields(): Promise<void> {
  await call('POST', contactProperties, { ...numberField, name: 'rating' });
  await call('POST', contactProperties, { ...choiceField, name: 'category' });
  const timestamp = { ...numberField, label: 'When', type: 'datetime', fieldType: 'date', name: 'answered_at' };
  await call('POST', contactProperties, timestamp);
}

describe('properties', () => {
  test('are created once, in a group that exists, with a field type that fits', async () => {
    const property = { ...numberField, name: 'rating', groupName: 'nps_feedback' };
    expect(await call('POST', contactProperties, property)).toMatchObject({ status: 400 });
    const group = { name: 'nps_feedback', label: 'Feedback' };
    expect(await call('POST', `${contactProperties}/groups`, group)).toMatchObject({ status: 201 });
    expect(await call('POST', `${contactProperties}/groups`, group)).toMatchObject({ status: 409 });
    expect(await call('POST', contactProperties, { ...property, fieldType: 'date' })).toMatchObject({ status: 400 });
    expect(await call('POST', contactProperties, { ...property, name: 'Rating' })).toMatchObject({ status: 400 });
    expect(await call('POST', contactProperties, property)).toMatchObject({ status: 201 });
    expect(await call('POST', contactProperties, property)).toMatchObject({ status: 409 });
    const batch = await call('POST', `${contactProperties}/batch/create`, {
      inputs: [property, { ...property, name: 'rating_before' }],
    });
    expect(batch).toMatchObject({ status: 207, body: { numErrors: 1, results: [{ name: 'rating_before' }] } });
  });

  test('have their options replaced by a change, and are otherwise HubSpot’s when HubSpot defined them', async () => {
    await call('POST', contactProperties, { ...choiceField, name: 'category' });
    const options = [{ label: 'Passive', value: 'passive', displayOrder: 0, hidden: false }];
    await call('PATCH', `${contactProperties}/category`, { options });
    expect((await call('GET', `${contactProperties}/category`)).body.options).toEqual(options);
    expect(await call('PATCH', `${contactProperties}/email`, { label: 'Mail' })).toMatchObject({
      status: 400,
    });
    expect(await call('GET', `${contactProperties}/absent`)).toMatchObject({ status: 404 });
  });
});

describe('properties that are archived', () => {
  test('keep their name and are shown only when asked for; a group goes once it is empty', async () => {
    await call('POST', `${contactProperties}/groups`, { name: 'nps_feedback', label: 'Feedback' });
    const property = { ...numberField, name: 'rating', groupName: 'nps_feedback' };
    await call('POST', contactProperties, property);
    expect(await call('DELETE', `${contactProperties}/groups/nps_feedback`)).toMatchObject({ status: 400 });
    expect(await call('DELETE', `${contactProperties}/rating`)).toMatchObject({ status: 204 });
    expect(await call('DELETE', `${contactProperties}/rating`)).toMatchObject({ status: 204 });
    expect(await call('DELETE', `${contactProperties}/email`)).toMatchObject({ status: 400 });
    expect(await call('GET', `${contactProperties}/rating`)).toMatchObject({ status: 404 });
    const { body } = await call('GET', `${contactProperties}?archived=true`);
    expect(body.results).toMatchObject([{ name: 'rating', archived: true }]);
    expect(await call('POST', contactProperties, property)).toMatchObject({ status: 409 });
    expect(await call('DELETE', `${contactProperties}/groups/nps_feedback`)).toMatchObject({ status: 204 });
  });
});

describe('records that were merged', () => {
  test('answer one by one to the old id, and not in a batch', async () => {
    const [loser = '', winner = ''] = ['Ada', 'Grace'].map((name) =>
      hubspot.addContact({ name, email: `${name.toLowerCase()}@customer.example` }),
    );
    const ticket = hubspot.addTicket({ requesterId: loser, subject: 'No sound' });
    hubspot.mergeContacts?.(loser, winner);
    const written = { properties: { phone: '1' } };
    expect(await call('PATCH', `${objects}/contacts/${loser}`, written)).toMatchObject({ body: { id: winner } });
    expect(
      await call('POST', `${objects}/contacts/batch/update`, { inputs: [{ id: loser, ...written }] }),
    ).toMatchObject({
      status: 207,
      body: { numErrors: 1, results: [] },
    });
    expect(
      await call('POST', `${objects}/contacts/batch/read`, { inputs: [{ id: loser }], propertiesWithHistory: [] }),
    ).toMatchObject({
      status: 207,
    });
    const inputs = [{ id: ticket }];
    const { body } = await call('POST', '/crm/associations/2026-03/tickets/contacts/batch/read', { inputs });
    expect(body.results).toMatchObject([{ to: [{ toObjectId: Number(winner) }] }]);
    expect(hubspot.recordIdByEmail('ada@customer.example')).toBe(winner);
  });
});

describe('contacts', () => {
  test.each([
    ['absent', '9', 'PROPERTY_DOESNT_EXIST'],
    ['category', 'promotor', 'INVALID_OPTION'],
    ['rating', 'nine', 'INVALID_NUMBER'],
    ['answered_at', 'yesterday', 'INVALID_LONG'],
    ['hs_feedback_last_nps_rating_number', '9', 'READ_ONLY_VALUE'],
  ])('refuse %s = %s', async (name, value, code) => {
    await defineFields();
    const id = hubspot.addContact({ name: 'Ada Byron', email: 'Ada@example.com' });
    const { status, body } = await call('PATCH', `${objects}/contacts/${id}`, { properties: { [name]: value } });
    expect({ status, errors: body.errors }).toMatchObject({
      status: 400,
      errors: [{ code, context: { propertyName: [name] } }],
    });
    expect(hubspot.record(id)?.[name]).toBeUndefined();
  });

  test('are found by any of their addresses, written by id and read back in HubSpot’s form', async () => {
    await defineFields();
    const id = hubspot.addContact({ name: 'Ada Byron', email: 'Ada@example.com', optedOut: true });
    const written = { rating: 9, category: 'promoter', answered_at: String(portal.now().getTime()) };
    await call('PATCH', `${objects}/contacts/${id}`, {
      properties: { ...written, hs_additional_emails: 'ada@home.example' },
    });
    const found = await call(
      'GET',
      `${objects}/contacts/ada%40home.example?idProperty=email&properties=rating,answered_at`,
    );
    expect(found.body).toMatchObject({ id, properties: { rating: '9', answered_at: '2026-11-02T09:00:00Z' } });
    expect(hubspot.record(id)).toMatchObject({ email: 'ada@example.com', rating: '9', hs_email_optout: 'true' });
    await call('PATCH', `${objects}/contacts/${id}`, { properties: { rating: '' } });
    expect(hubspot.record(id)?.rating).toBe('');
    expect(await call('PATCH', `${objects}/contacts/${id}`, { properties: { rating: null } })).toMatchObject({
      status: 400,
    });
    expect(await call('GET', `${objects}/contacts/404`)).toMatchObject({
      status: 404,
      body: { category: 'OBJECT_NOT_FOUND' },
    });
    const twin = await call('POST', `${objects}/contacts`, { properties: { email: 'ADA@home.example' } });
    expect(twin).toMatchObject({ status: 409, body: { message: `Contact already exists. Existing ID: ${id}` } });
  });

  test('are written by the hundred: missing ones are a 207, one bad value or a double refuses all', async () => {
    await defineFields();
    const id = hubspot.addContact({ name: 'Ada Byron', email: 'ada@example.com' });
    const update = (inputs: unknown) => call('POST', `${objects}/contacts/batch/update`, { inputs });
    const input = { id, properties: { rating: '7' } };
    expect(await update([input, { ...input, id: '404' }])).toMatchObject({
      status: 207,
      body: { numErrors: 1, results: [{ id }], errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['404'] } }] },
    });
    expect(await update([input, input])).toMatchObject({ status: 400 });
    expect(
      await update([
        { ...input, properties: { rating: '8' } },
        { id: '404', properties: { no: '1' } },
      ]),
    ).toMatchObject({
      status: 400,
    });
    expect(hubspot.record(id)?.rating).toBe('7');
    const tooMany = Array.from({ length: 101 }, (_, index) => ({ ...input, id: String(index) }));
    expect(await update(tooMany)).toMatchObject({ status: 400 });
  });

  test('are read by the hundred, by primary address where asked', async () => {
    const id = hubspot.addContact({ name: 'Ada Byron', email: 'ada@example.com' });
    const inputs = [{ id: 'ADA@example.com' }, { id: 'unknown@example.com' }];
    const read = await call('POST', `${objects}/contacts/batch/read`, {
      inputs,
      propertiesWithHistory: [],
      idProperty: 'email',
      properties: ['absent'],
    });
    expect(read).toMatchObject({
      status: 207,
      body: { results: [{ id }], errors: [{ context: { ids: ['unknown@example.com'] } }] },
    });
    expect(Object.keys(read.body.results[0].properties)).not.toContain('absent');
  });
});

describe('tickets', () => {
  test('carry their stage and the date of closing, which reopening empties', async () => {
    const recordId = hubspot.addContact({ name: 'Ada Byron', email: 'ada@example.com' });
    const id = hubspot.addTicket({ requesterId: recordId, subject: 'No sound', agent: 'Mira Okafor' });
    const read = async () =>
      (await call('GET', `${objects}/tickets/${id}?properties=hs_pipeline_stage,closed_date,hubspot_owner_id`)).body
        .properties;
    const opened = await read();
    expect(opened).toMatchObject({ hs_pipeline_stage: '1', closed_date: null });
    const owner = await call('GET', `/crm/owners/2026-03/${opened.hubspot_owner_id}`);
    expect(owner.body).toMatchObject({ firstName: 'Mira', lastName: 'Okafor' });
    portal.pass(5500);
    hubspot.resolve(id);
    expect(await read()).toMatchObject({ hs_pipeline_stage: '4', closed_date: '2026-11-02T09:00:05.500Z' });
    hubspot.reopen(id);
    expect(await read()).toMatchObject({ hs_pipeline_stage: '1', closed_date: '' });
  });

  test('tell their contacts by the batch; one without any is a 207', async () => {
    const recordId = hubspot.addContact({ name: 'Ada Byron', email: 'ada@example.com' });
    const [linked, alone] = ['one', 'two'].map((subject) => hubspot.addTicket({ requesterId: recordId, subject }));
    hubspot.dissociate(alone ?? '');
    const inputs = [linked, alone].map((id) => ({ id }));
    const read = (of: object) => call('POST', '/crm/associations/2026-03/tickets/contacts/batch/read', of);
    expect(await read({ inputs })).toMatchObject({
      status: 207,
      body: { numErrors: 1, results: [{ from: { id: linked }, to: [{ toObjectId: Number(recordId) }] }] },
    });
    expect(await read({ inputs: inputs.slice(0, 1) })).toMatchObject({ status: 200 });
    expect(await read({ inputs: [] })).toMatchObject({ status: 400 });
    expect(await call('POST', '/crm/associations/2026-03/tickets/deals/batch/read', { inputs })).toMatchObject({
      status: 400,
    });
  });

  test('stand in a stage of their own pipeline; each pipeline closes in its own', async () => {
    const recordId = hubspot.addContact({ name: 'Ada Byron' });
    const id = hubspot.addTicket({ requesterId: recordId, subject: 'Invoice' });
    const { results } = (await call('GET', '/crm/pipelines/2026-03/tickets')).body;
    expect(results[0]).toMatchObject({ id: '0', stages: { 3: { id: '4', metadata: { ticketState: 'CLOSED' } } } });
    const [, billing] = results;
    const move = (properties: object) => call('PATCH', `${objects}/tickets/${id}`, { properties });
    expect(await move({ hs_pipeline_stage: billing.stages[0].id })).toMatchObject({ status: 400 });
    await move({ hs_pipeline: billing.id, hs_pipeline_stage: billing.stages[0].id });
    hubspot.resolve(id);
    const closed = await call('GET', `${objects}/tickets/${id}`);
    expect(closed.body.properties.hs_pipeline_stage).toBe(billing.stages[2].id);
    expect(await move({ hubspot_owner_id: '1' })).toMatchObject({ status: 400 });
  });

  test('name their contacts by number', async () => {
    const recordId = hubspot.addContact({ name: 'Ada Byron' });
    const id = hubspot.addTicket({ requesterId: recordId, subject: 'No sound' });
    const inputs = [{ id }];
    const { body } = await call('POST', '/crm/associations/2026-03/tickets/contacts/batch/read', { inputs });
    const associationTypes = [{ category: 'HUBSPOT_DEFINED', typeId: 16, label: null }];
    expect(body.results).toEqual([{ from: { id }, to: [{ toObjectId: Number(recordId), associationTypes }] }]);
    // The newest version has no other list of them.
    expect(await call('GET', `${objects}/tickets/${id}/associations/contacts`)).toMatchObject({ status: 404 });
  });

  test('are searched in pages, a second behind, by what the search can take', async () => {
    const recordId = hubspot.addContact({ name: 'Ada Byron' });
    const ids = ['a', 'b', 'c'].map((subject) => {
      portal.pass(1);
      return hubspot.addTicket({ requesterId: recordId, subject });
    });
    const since = { propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: '1793610000002' };
    const search = (body: object) => call('POST', `${objects}/tickets/search`, { limit: 10, after: '0', ...body });
    const sorts = [{ propertyName: 'hs_lastmodifieddate', direction: 'ASCENDING' }];
    const changed = { filterGroups: [{ filters: [since] }], sorts, limit: 1 };
    expect(portal.now().getTime()).toBe(1793610000003);
    expect((await search(changed)).body).toMatchObject({ total: 0 });
    portal.pass(1000);
    const first = (await search(changed)).body;
    expect(first).toMatchObject({ total: 2, results: [{ id: ids[1] }], paging: { next: { after: '1' } } });
    expect((await search({ ...changed, after: '1' })).body).toMatchObject({ results: [{ id: ids[2] }] });
    portal.pass(1000);
    expect(await search({ limit: 201 })).toMatchObject({ status: 400 });
    expect(await search({ limit: 100, after: '9901' })).toMatchObject({ status: 400 });
    const unknown = { filters: [{ ...since, propertyName: 'absent' }] };
    expect(await search({ filterGroups: [unknown] })).toMatchObject({ status: 400 });
    expect(await search({ properties: ['x'.repeat(3000)] })).toMatchObject({ status: 400 });
  });
});
