import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { now } from '../../test/contract/tools.ts';
import { mockHttp } from '../../test/http-mock.ts';
import { batchFault, fault, notFound, origin, partly } from './fixtures/answers.ts';
import { connectAt, shows } from './fixtures/connection.ts';

const vendor = mockHttp();
const contacts = '/crm/objects/2026-03/contacts';
const sentFields = z.object({ properties: z.object({ nps_latest_comment: z.string() }) });
const crmFields = { nps_latest_rating: 9 };

describe('a batch that is done in part', () => {
  const writing = async (ids: readonly string[], results: readonly object[], errors: readonly object[]) => {
    const { status, body } = partly(results, errors);
    vendor().at(origin).post(`${contacts}/batch/update`).reply(status, body);
    const { outcomes } = await connectAt(now).contacts.writeFields(ids.map((id) => ({ id, values: crmFields })));
    return outcomes;
  };

  it('says where a merged record went, which a batch takes for missing', async () => {
    shows(vendor(), `${contacts}/2`, { id: '20', properties: {} });
    expect(await writing(['1', '2'], [{ id: 1 }], [batchFault('OBJECT_NOT_FOUND', ['2'])])).toEqual([
      { id: '1', result: 'written' },
      { id: '2', result: 'moved', to: '20' },
    ]);
  });

  it('keeps what it knows when looking after one record fails', async () => {
    shows(vendor(), `${contacts}/2`, {}, 502);
    expect(await writing(['1', '2'], [{ id: 1 }], [batchFault('OBJECT_NOT_FOUND', ['2'])])).toEqual([
      { id: '1', result: 'written' },
      { id: '2', result: 'busy' },
    ]);
  });

  it('blames whoever was not written where HubSpot names nobody', async () => {
    const unnamed = { category: 'VALIDATION_ERROR', errors: [{ code: 'INVALID_OPTION', context: {} }] };
    expect(await writing(['1', '2'], [{ id: 1 }], [unnamed])).toEqual([
      { id: '1', result: 'written' },
      { id: '2', result: 'refused', why: { code: 'refused', params: { said: 'VALIDATION_ERROR INVALID_OPTION' } } },
    ]);
  });

  it('does not know what HubSpot does not tell', async () => {
    const faults = [{ category: 'VALIDATION_ERROR' }, { category: 'CONFLICT' }];
    expect(await writing(['1', '2'], [{ id: 1 }], faults)).toContainEqual({ id: '2', result: 'unknown' });
    expect(await writing(['1', '2'], [{ id: 1 }], [])).toContainEqual({ id: '2', result: 'unknown' });
  });
});

describe('one record', () => {
  it('that was merged away tells where to', async () => {
    vendor().at(origin).patch(`${contacts}/1`).reply(200, { id: '10', properties: {} });
    const { outcomes } = await connectAt(now).contacts.writeFields([{ id: '1', values: crmFields }]);
    expect(outcomes).toEqual([{ id: '1', result: 'moved', to: '10' }]);
  });

  it('named twice is written once, as it was named last', async () => {
    vendor()
      .at(origin)
      .patch(`${contacts}/1`, { properties: { nps_latest_rating: '3', nps_latest_comment: '' } })
      .reply(200, { id: '1' });
    const { outcomes } = await connectAt(now).contacts.writeFields([
      { id: '1', values: crmFields },
      { id: '1', values: { nps_latest_rating: 3, nps_latest_comment: null } },
    ]);
    expect(outcomes).toEqual([{ id: '1', result: 'written' }]);
  });

  it('takes no more of a comment than HubSpot does, and no half of a character', async () => {
    const sent: string[] = [];
    vendor()
      .at(origin)
      .patch(`${contacts}/1`)
      .reply(200, async (request: Request) => {
        const { properties } = sentFields.parse(await request.json());
        sent.push(properties.nps_latest_comment);
        return { id: '1' };
      });
    const comment = `${'x'.repeat(65_535)}🙂`;
    await connectAt(now).contacts.writeFields([{ id: '1', values: { nps_latest_comment: comment } }]);
    expect(sent).toEqual(['x'.repeat(65_535)]);
  });
});

describe('finding', () => {
  const found = async (by: Parameters<ReturnType<typeof connectAt>['contacts']['find']>[0]) =>
    (await connectAt(now).contacts.find(by)).map(({ id }) => id);

  it('looks one by one for what a batch has missed: secondary addresses and merged records', async () => {
    const ada = { id: '1', properties: { email: 'ada@x.example' } };
    const kim = { id: '2', properties: { email: 'kim@x.example', hs_additional_emails: 'kim@old.example' } };
    vendor()
      .at(origin)
      .post(`${contacts}/batch/read`, (body) => body.idProperty === 'email')
      .reply(200, { results: [ada] });
    shows(vendor(), `${contacts}/kim%40old.example`, kim);
    expect(await found({ emails: ['Ada@x.example', ' kim@old.example'] })).toEqual(['1', '2']);
  });

  it('does without batches where there are none', async () => {
    vendor().at(origin).post(`${contacts}/batch/read`).reply(404, '<html></html>');
    shows(vendor(), `${contacts}/1`, { id: '1', properties: {} });
    shows(vendor(), `${contacts}/2`, notFound.body as object, 404);
    expect(await found({ ids: ['1', '2'] })).toEqual(['1']);
  });
});

it('reads scores in our form, whatever HubSpot made of them', async () => {
  const properties = {
    nps_latest_rating: '9.0',
    nps_latest_date: '1795344516563',
    csat_latest_date: '2026-11-22T10:00:00Z',
    feedback_at_risk: 'true',
    nps_latest_comment: '',
    ces_latest_rating: 'seven',
  };
  shows(vendor(), `${contacts}/1`, { id: '1', properties });
  const crmFields = await connectAt(now).contacts.readFields(['1']);
  expect(crmFields.get('1')).toMatchObject({
    nps_latest_rating: 9,
    nps_latest_date: '2026-11-22T10:48:36.563Z',
    csat_latest_date: '2026-11-22T10:00:00.000Z',
    feedback_at_risk: true,
    nps_latest_comment: null,
    ces_latest_rating: 'seven',
    nps_trend: null,
  });
});

describe('odd answers', () => {
  it('one contact that cannot be read hides none beside it', async () => {
    const ada = { id: '1', properties: { email: 'ada@x.example' } };
    const rows = [null, { id: { nested: true } }, ada, 'text', { id: 2, properties: 'none' }];
    vendor().at(origin).post(`${contacts}/batch/read`).reply(200, { results: rows });
    const found = await connectAt(now).contacts.find({ ids: ['1', '2'] });
    expect(found.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('a value of a kind that we do not know hides none beside it', async () => {
    const properties = {
      email: 'ada@x.example',
      firstname: ['Ada'],
      lastname: null,
      company: 7,
      hs_language: { a: 1 },
    };
    shows(vendor(), `${contacts}/1`, { id: 1, properties });
    const [found] = await connectAt(now).contacts.find({ ids: ['1'] });
    expect(found).toEqual({
      id: '1',
      email: 'ada@x.example',
      emails: [{ address: 'ada@x.example', verified: true }],
      company: '7',
    });
  });

  it('a value is written without NUL and half characters', async () => {
    vendor()
      .at(origin)
      .patch(`${contacts}/1`, { properties: { nps_latest_comment: 'a\uFFFDb' } })
      .reply(200, { id: '1' });
    const values = { nps_latest_comment: 'a\uD83D\0b' };
    const { outcomes } = await connectAt(now).contacts.writeFields([{ id: '1', values }]);
    expect(outcomes).toEqual([{ id: '1', result: 'written' }]);
  });
});

describe('creating', () => {
  const create = (name: string) => connectAt(now).contacts.create?.({ email: 'new@x.example', name });

  it('splits a name in two', async () => {
    const properties = { email: 'new@x.example', firstname: 'Ann Marie', lastname: 'Lee' };
    vendor().at(origin).post(contacts, { properties }).reply(201, { id: '5', properties });
    expect(await create(' Ann  Marie Lee ')).toMatchObject({ id: '5', name: 'Ann Marie Lee' });
  });

  it('finds the one that somebody else has just made', async () => {
    const { status, body } = fault(409, 'CONFLICT', 'Contact already exists. Existing ID: 6');
    vendor().at(origin).post(contacts).reply(status, body);
    shows(vendor(), `${contacts}/new%40x.example`, { id: '6', properties: { email: 'new@x.example' } });
    expect(await create('Ann')).toMatchObject({ id: '6' });
  });
});
