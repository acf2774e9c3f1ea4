import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/connector.ts';
import { type AccountField, accountFields } from '../../src/model/account-fields.ts';
import { nameFinding } from '../../src/model/messages/finding.ts';
import { now } from '../../test/contract/tools.ts';
import { mockHttp } from '../../test/http-mock.ts';
import { toProperty } from './fields.ts';
import { fault, missingScope, notFound, origin } from './fixtures/answers.ts';
import { connectAt, shows } from './fixtures/connection.ts';

const vendor = mockHttp();
const properties = '/crm/properties/2026-03/contacts';
const validations = '/crm/property-validations/2026-03/0-1';
const limits = '/crm/limits/2026-03/custom-properties';
const fields = accountFields({});
const rating = fields[0] as AccountField;
const category = fields[1] as AccountField;

/** An account with these properties, all of ours unless others are given. */
function arrange(existing: readonly object[] = fields.map(toProperty), archived: readonly object[] = []): void {
  shows(vendor(), '/account-info/2026-03/details', { portalId: 33, timeZone: 'Europe/Berlin' });
  shows(vendor(), '/crm/pipelines/2026-03/tickets', { results: [] });
  vendor().at(origin).post('/crm/objects/2026-03/contacts/search').reply(200, { total: 0, results: [] });
  shows(vendor(), properties, { results: existing });
  if (existing.length > 0) shows(vendor(), validations, { results: [] });
  if (existing.length < fields.length) shows(vendor(), properties, { results: archived });
  if (existing.length + archived.length < fields.length) shows(vendor(), limits, { byObjectType: [], overallLimit: 9 });
}

const others = (left: AccountField) => fields.filter((field) => field !== left).map(toProperty);
const finding = (findings: readonly Finding[], name: string) =>
  findings.find(({ about }) => nameFinding(about) === name);

describe('ensure', () => {
  const conflict = fault(409, 'CONFLICT', 'A property of this name exists');
  const alone = () => {
    arrange(others(rating));
    vendor().at(origin).post(`${properties}/batch/create`).reply(conflict.status, conflict.body);
    return vendor().at(origin).post(properties, toProperty(rating));
  };
  const ensure = async () => (await connectAt(now).provisioning.ensure({})).findings;

  it('tries one by one what a batch did not make', async () => {
    alone().reply(201, {});
    expect(finding(await ensure(), 'field nps_latest_rating')).toMatchObject({ state: 'created' });
  });

  it('finds the one that somebody else has just made', async () => {
    alone().reply(conflict.status, conflict.body);
    shows(vendor(), `${properties}/nps_latest_rating`, toProperty(rating));
    expect(finding(await ensure(), 'field nps_latest_rating')).toMatchObject({ state: 'fine' });
  });

  it('says that an archived property is in the way', async () => {
    alone().reply(conflict.status, conflict.body);
    shows(vendor(), `${properties}/nps_latest_rating`, notFound.body as object, 404);
    expect(finding(await ensure(), 'field nps_latest_rating')).toMatchObject({
      state: 'blocked',
      code: 'hubspot.property_archived',
    });
  });

  it('makes the group first, and does not mind that it is there', async () => {
    arrange([]);
    vendor().at(origin).post(`${properties}/groups`).reply(conflict.status, conflict.body);
    vendor()
      .at(origin)
      .post(`${properties}/batch/create`)
      .reply(201, { results: fields.map(toProperty) });
    const findings = await ensure();
    expect(findings.filter(({ state }) => state === 'created')).toHaveLength(fields.length);
  });

  it('stops at a missing scope, and names it', async () => {
    arrange([]);
    vendor().at(origin).post(`${properties}/groups`).reply(missingScope.status, missingScope.body);
    expect(finding(await ensure(), 'field nps_latest_rating')).toMatchObject({
      state: 'blocked',
      code: 'refused',
      params: { why: { code: 'hubspot.scopes_missing', params: { scopes: ['crm.schemas.contacts.write'] } } },
    });
  });

  it('reports every scope that HubSpot names, each by itself, and an archived property beside them', async () => {
    arrange(fields.filter((field) => field !== rating && field !== category).map(toProperty), [
      { ...toProperty(rating), archived: true },
    ]);
    const context = { requiredGranularScopes: ['crm.schemas.contacts.write', 'crm.objects.contacts.write'] };
    const refused = fault(403, 'MISSING_SCOPES', '', { errors: [{ context }] });
    vendor().at(origin).post(`${properties}/batch/create`).reply(refused.status, refused.body);
    expect((await ensure()).filter(({ state }) => state === 'blocked')).toEqual([
      expect.objectContaining({ about: { kind: 'right', right: 'crm.schemas.contacts.write' } }),
      expect.objectContaining({ about: { kind: 'right', right: 'crm.objects.contacts.write' } }),
      expect.objectContaining({ about: { kind: 'field', field: 'nps_latest_category' } }),
      expect.objectContaining({
        about: { kind: 'field', field: 'nps_latest_rating' },
        code: 'hubspot.property_archived',
      }),
    ]);
  });

  it('keeps every option as it stands and puts ours behind', async () => {
    const extra = { value: 'extra', label: 'Extra', displayOrder: 7, hidden: true, description: 'An admin made this' };
    const promoter = { value: 'promoter', label: 'Fan', displayOrder: 2, hidden: false };
    arrange([...others(category), { ...toProperty(category), options: [extra, promoter] }]);
    vendor()
      .at(origin)
      .patch(`${properties}/nps_latest_category`, {
        options: [
          extra,
          promoter,
          { value: 'passive', label: 'Passive', displayOrder: 8, hidden: false },
          { value: 'detractor', label: 'Detractor', displayOrder: 9, hidden: false },
        ],
      })
      .reply(200, {});
    expect(finding(await ensure(), 'field nps_latest_category')).toMatchObject({ state: 'repaired' });
  });
});

describe('check', () => {
  it('takes a checkbox made by hand for a flag', async () => {
    const flag = fields.find(({ type }) => type === 'flag') as AccountField;
    arrange([...others(flag), { ...toProperty(flag), type: 'enumeration' }]);
    const { findings } = await connectAt(now).provisioning.check();
    expect(finding(findings, `field ${flag.key}`)).toMatchObject({ state: 'fine' });
  });

  it.each([
    ['app-eu1.hubspot.com', 'app-eu1.hubspot.com'],
    [undefined, undefined],
    ['evil.example/', undefined],
    ['hubspot.com.evil.example', undefined],
  ])('tells the host of the pages of an account whose uiDomain is %s', async (uiDomain, host) => {
    shows(vendor(), '/account-info/2026-03/details', { portalId: 33, uiDomain, dataHostingLocation: 'na2' });
    shows(vendor(), '/crm/pipelines/2026-03/tickets', { results: [] });
    vendor().at(origin).post('/crm/objects/2026-03/contacts/search').reply(200, { results: [] });
    shows(vendor(), properties, { results: fields.map(toProperty) });
    shows(vendor(), validations, { results: [] });
    expect((await connectAt(now).provisioning.check()).host).toBe(host);
  });

  it('names a scope that is missing, and looks at the rest', async () => {
    shows(vendor(), '/account-info/2026-03/details', { portalId: 33 });
    shows(vendor(), '/crm/pipelines/2026-03/tickets', missingScope.body as object, 403);
    vendor().at(origin).post('/crm/objects/2026-03/contacts/search').reply(200, { results: [] });
    shows(vendor(), properties, { results: fields.map(toProperty) });
    shows(vendor(), validations, {}, 403);
    const { account, findings } = await connectAt(now).provisioning.check();
    expect(account).toBe('33');
    expect(findings.filter(({ state }) => state !== 'fine')).toMatchObject([
      { about: { kind: 'right', right: 'crm.schemas.contacts.write' }, state: 'blocked' },
    ]);
  });
});
