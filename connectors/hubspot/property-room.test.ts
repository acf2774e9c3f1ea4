import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/connector.ts';
import { recordFields } from '../../src/model/crm-field-definitions.ts';
import { now } from '../../test/contract/tools.ts';
import { mockHttp } from '../../test/http-mock.ts';
import { fault, origin } from './fixtures/answers.ts';
import { connectAt } from './fixtures/connection.ts';
import { call, type Portal, startPortal } from './fixtures/portal.ts';
import { isPlanFull } from './property-room.ts';

const core = [
  'nps_latest_rating',
  'nps_latest_category',
  'nps_latest_comment',
  'nps_latest_date',
  'feedback_last_change',
  'feedback_last_asked_date',
  'feedback_do_not_survey',
];
const everything = recordFields.map(({ key }) => key);
const others = everything.filter((key) => !core.includes(key));
const properties = '/crm/properties/2026-03/contacts';

let portal: Portal;
beforeEach(async () => {
  portal = await startPortal();
});
afterEach(async () => {
  expect(portal.tools.breaches).toEqual([]);
  await portal.stop();
});

const ofFields = (findings: readonly Finding[], state: Finding['state']) =>
  findings.flatMap(({ about, state: its }) => (about.kind === 'field' && its === state ? [about.field] : []));
const without = (findings: readonly Finding[]) => findings.filter(({ about }) => about.kind === 'fields');

/** Our properties that HubSpot has now. */
async function standing(): Promise<string[]> {
  const { HUBSPOT_API_BASE_URL: base, HUBSPOT_ACCESS_TOKEN: token } = portal.environment;
  const answer = await fetch(`${base}${properties}`, { headers: { authorization: `Bearer ${token}` } });
  const { results } = (await answer.json()) as { results: { name: string }[] };
  return results.map(({ name }) => name).filter((name) => everything.includes(name));
}

describe('a plan without room for all fields', () => {
  it.each([
    ['is told', 200],
    ['may not be asked about', 403],
    ['is told nowhere', 404],
  ] as const)('gets the core fields, and one finding about the rest, when the limit %s', async (_how, status) => {
    portal.simulator.limitProperties('contacts', 10);
    portal.simulator.answerLimits(status);
    const { findings } = await portal.provisioning.ensure({});
    expect(ofFields(findings, 'created')).toEqual(core);
    expect((await standing()).toSorted()).toEqual(core.toSorted());
    expect(without(findings)).toEqual([
      expect.objectContaining({ state: 'blocked', code: 'hubspot.no_room', fields: expect.arrayContaining(others) }),
    ]);
    expect(without(findings)[0]?.fields).toHaveLength(others.length);
    expect(ofFields(findings, 'blocked')).toEqual([]);
    expect(ofFields(findings, 'missing')).toEqual([]);

    const { findings: checked } = await portal.provisioning.check();
    expect(ofFields(checked, 'fine').toSorted()).toEqual(core.toSorted());
    expect(without(checked)[0]?.fields?.toSorted()).toEqual(others.toSorted());
    expect(ofFields(checked, 'missing')).toEqual([]);
  });

  it.each([200, 403] as const)(
    'gets the most important ones first when there is room for three (%i)',
    async (status) => {
      portal.simulator.limitProperties('contacts', 3);
      portal.simulator.answerLimits(status);
      const { findings } = await portal.provisioning.ensure({});
      expect(ofFields(findings, 'created')).toEqual(core.slice(0, 3));
      expect(without(findings)[0]?.fields).toHaveLength(everything.length - 3);
    },
  );

  it('gets the rest as soon as there is room', async () => {
    portal.simulator.limitProperties('contacts', 10);
    await portal.provisioning.ensure({});
    portal.simulator.limitProperties('contacts', 1000);
    const { findings } = await portal.provisioning.ensure({});
    expect(ofFields(findings, 'created').toSorted()).toEqual(others.toSorted());
    expect(without(findings)).toEqual([]);
  });

  it.each([200, 403] as const)('gets as many as there is room for when an admin wants all (%i)', async (status) => {
    portal.simulator.limitProperties('contacts', 10);
    portal.simulator.answerLimits(status);
    const { provisioning } = portal.connect({ fieldProfile: 'full' });
    const { findings } = await provisioning.ensure({});
    expect(ofFields(findings, 'created')).toEqual([...core, ...others.slice(0, 3)]);
    expect(without(findings)[0]?.fields).toEqual(others.slice(3));
  });

  it('needs no field that the account does without', async () => {
    portal.simulator.limitProperties('contacts', 10);
    const created = [...core, 'csat_latest_rating', 'csat_latest_date', 'nps_response_count'];
    const fieldNames = Object.fromEntries(
      everything.filter((key) => !created.includes(key)).map((key) => [key, null] as const),
    );
    const { findings } = await portal.connect({ fieldNames }).provisioning.ensure({});
    expect(ofFields(findings, 'created').toSorted()).toEqual(created.toSorted());
    expect(without(findings)).toEqual([]);
  });

  it('says of tickets what does not fit, by itself', async () => {
    portal.simulator.limitProperties('tickets', 1);
    const { findings } = await portal.provisioning.ensure({ ticketMarks: true });
    expect(ofFields(findings, 'created')).toContain('feedback_rating');
    expect(findings.filter(({ about }) => about.kind === 'ticket_fields')).toMatchObject([
      { state: 'blocked', fields: ['feedback_category', 'feedback_comment', 'feedback_date'] },
    ]);
  });

  it('is asked about only while fields are missing', async () => {
    await portal.provisioning.ensure({});
    const before = portal.simulator.requests.length;
    await portal.provisioning.check();
    const asked = portal.simulator.requests.slice(before).map(({ path }) => path);
    expect(asked.filter((path) => path.includes('/limits/'))).toEqual([]);
  });
});

describe('the core field profile', () => {
  it('creates the core fields, and says which ones are left out', async () => {
    const { provisioning } = portal.connect({ fieldProfile: 'core' });
    for (const check of [() => provisioning.ensure({}), () => provisioning.check()]) {
      const { findings } = await check();
      expect(without(findings)).toMatchObject([{ state: 'fine', fields: others }]);
    }
    expect((await standing()).toSorted()).toEqual(core.toSorted());
  });

  it('goes on with fields that are there already', async () => {
    await portal.provisioning.ensure({});
    const { findings } = await portal.connect({ fieldProfile: 'core' }).provisioning.check();
    expect(ofFields(findings, 'fine').toSorted()).toEqual(everything.toSorted());
    expect(without(findings)).toEqual([]);
  });
});

describe('a write that meets a property which is not there', () => {
  const values = { nps_latest_rating: 9, nps_trend: 'up', nps_response_count: 1 };
  const addContact = (name: string) =>
    portal.simulator.addContact({ name, email: `${name.toLowerCase()}@customer.example` });
  const removed = () => call(portal, 'DELETE', `${properties}/nps_trend`);
  const writes = () => portal.simulator.requests.filter(({ path }) => /contacts\/(?:\d|batch\/update)/u.test(path));

  it.each([1, 2])('writes everything else at once, and says what is missing (%i records)', async (count) => {
    await portal.provisioning.ensure({});
    const ids = ['Ada', 'Grace'].slice(0, count).map(addContact);
    await removed();
    const report = await portal.contacts.writeFields(ids.map((id) => ({ id, values })));
    expect(report).toEqual({ outcomes: ids.map((id) => ({ id, result: 'written' })), missingFields: ['nps_trend'] });
    for (const id of ids) {
      expect(portal.simulator.record(id)).toMatchObject({ nps_latest_rating: '9', nps_response_count: '1' });
    }
  });

  it('leaves it out from then on, until a check finds it again', async () => {
    await portal.provisioning.ensure({});
    const id = addContact('Ada');
    await removed();
    const write = () => portal.contacts.writeFields([{ id, values }]);
    await write();
    const before = writes().length;
    expect(await write()).toEqual({ outcomes: [{ id, result: 'written' }] });
    expect(writes()).toHaveLength(before + 1);
    await portal.provisioning.check();
    expect(await write()).toHaveProperty('missingFields', ['nps_trend']);
  });
});

describe('in the words of HubSpot', () => {
  const vendor = mockHttp();
  const absent = { code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: ['nps_trend'] } };
  const contacts = '/crm/objects/2026-03/contacts';

  it('an item of a half-done batch may name the missing property: who was written is not written again', async () => {
    const first = { results: [{ id: '1' }], errors: [{ category: 'VALIDATION_ERROR', errors: [absent] }] };
    vendor().at(origin).post(`${contacts}/batch/update`).reply(207, first);
    vendor()
      .at(origin)
      .patch(`${contacts}/2`, { properties: { nps_latest_rating: '9' } })
      .reply(200, { id: '2' });
    const values = { nps_latest_rating: 9, nps_trend: 'up' };
    const report = await connectAt(now).contacts.writeFields(['1', '2'].map((id) => ({ id, values })));
    expect(report).toEqual({
      outcomes: ['1', '2'].map((id) => ({ id, result: 'written' })),
      missingFields: ['nps_trend'],
    });
  });

  it('a missing property that we did not write stops the connection, which is checked at once', async () => {
    const { status, body } = fault(400, 'VALIDATION_ERROR', '', { errors: [absent] });
    vendor().at(origin).patch(`${contacts}/1`).reply(status, body);
    const writing = connectAt(now).contacts.writeFields([{ id: '1', values: { nps_latest_rating: 9 } }]);
    await expect(writing).rejects.toMatchObject({ concerns: 'connection', repairable: true });
  });

  const said = (category: string, text: string) => ({ category, codes: [], text });
  it.each([
    [
      'You have reached your limit of 10 custom properties.',
      said('VALIDATION_ERROR', 'You have reached your limit of 10 custom properties.'),
      true,
    ],
    ['PROPERTY_LIMIT_EXCEEDED', said('PROPERTY_LIMIT_EXCEEDED', ''), true],
    ['Property groups do not exist', said('VALIDATION_ERROR', 'Property group nps_feedback does not exist.'), false],
    ['an option is wrong', said('VALIDATION_ERROR', 'Option labels must be unique.'), false],
  ])('“%s” is a full plan or not', (_words, words, isFull) => {
    const base = { properties: [], scopes: [], ids: [], policy: undefined };
    expect(isPlanFull({ ...base, ...words })).toBe(isFull);
  });
});
