import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AudienceSource } from '../../src/connector.ts';
import { call, type Portal, startPortal } from './fixtures/portal.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await startPortal();
});
afterEach(async () => {
  expect(portal.tools.breaches).toEqual([]);
  await portal.stop();
});

async function listAll(source: AudienceSource) {
  const pages: (readonly string[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await portal.audience.page(source, cursor);
    pages.push(page.contacts.map(({ id }) => id));
    cursor = page.cursor;
    // The search takes five calls in a second.
    portal.passes(1000);
  } while (cursor !== undefined);
  return pages;
}

const add = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    portal.simulator.addContact({ name: `Contact ${index}`, email: `contact-${index}@customer.example` }),
  );

describe('a list', () => {
  it('comes page by page, each contact once, with their consent', async () => {
    const ids = add(101);
    const [quiet] = [portal.simulator.addContact({ name: 'Quiet', email: 'quiet@customer.example', optedOut: true })];
    const pages = await listAll({ kind: 'list', id: '1' });
    expect(pages.map(({ length }) => length)).toEqual([100, 2]);
    expect(pages.flat().toSorted()).toEqual([...ids, quiet].toSorted());
    const members = portal.simulator.addList({ object: 'contacts', name: 'Some', ids: [quiet ?? ''] });
    const { contacts } = await portal.audience.page({ kind: 'list', id: members });
    expect(contacts).toMatchObject([{ id: quiet, optedOut: true, email: 'quiet@customer.example' }]);
  });

  it('may be empty', async () => {
    expect(
      await listAll({ kind: 'list', id: portal.simulator.addList({ object: 'contacts', name: 'None', ids: [] }) }),
    ).toEqual([[]]);
  });

  it('of other records is refused: their ids may be those of contacts', async () => {
    const [id = ''] = add(1);
    const list = portal.simulator.addList({ object: 'tickets', name: 'Tickets', ids: [id] });
    await expect(portal.audience.page({ kind: 'list', id: list })).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ field: 'id', message: { code: 'field.not_of_contacts', params: {} } }],
    });
  });

  it('that does not exist is not found, and one that is no number is no list', async () => {
    await expect(portal.audience.page({ kind: 'list', id: '99' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(portal.audience.page({ kind: 'list', id: '../1' })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('a search', () => {
  it('finds who has changed since, and loses no contact who changes meanwhile', async () => {
    const [early = ''] = add(1);
    portal.passes(60_000);
    const since = portal.clock();
    const late = Array.from({ length: 150 }, (_, index) => portal.simulator.addContact({ name: `Late ${index}` }));
    portal.passes(2000);
    const first = await portal.audience.page({ kind: 'changed', since });
    expect(first.contacts).toHaveLength(100);
    for (const id of late.slice(0, 60)) {
      await call(portal, 'PATCH', `/crm/objects/2026-03/contacts/${id}`, { properties: { phone: '1' } });
    }
    portal.passes(11_000);
    const second = await portal.audience.page({ kind: 'changed', since }, first.cursor);
    expect(second.cursor).toBeUndefined();
    const found = [...first.contacts, ...second.contacts].map(({ id }) => id);
    expect(found).toEqual(late);
    expect(found).not.toContain(early);
  });

  it('finds whose date falls into these days, the last one included', async () => {
    const property = { name: 'renewal', label: 'Renewal', groupName: 'contactinformation' };
    await call(portal, 'POST', '/crm/properties/2026-03/contacts', { ...property, type: 'date', fieldType: 'date' });
    const ids = add(4);
    const days = ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03'];
    for (const [index, renewal] of days.entries()) {
      await call(portal, 'PATCH', `/crm/objects/2026-03/contacts/${ids[index]}`, { properties: { renewal } });
    }
    portal.passes(2000);
    const [from, until] = [new Date('2026-12-01T15:00:00Z'), new Date('2026-12-02T00:00:00Z')];
    expect(await listAll({ kind: 'date', property: 'renewal', from, until })).toEqual([ids.slice(1, 3)]);
    const backwards = portal.audience.page({
      kind: 'date',
      property: 'renewal',
      from: until,
      until: new Date('2026-12-01'),
    });
    await expect(backwards).rejects.toMatchObject({ problems: [{ field: 'until' }] });
    const misnamed = portal.audience.page({ kind: 'date', property: 'Renewal date', from, until });
    await expect(misnamed).rejects.toMatchObject({ problems: [{ field: 'property' }] });
  });
});

it.each<AudienceSource>([
  { kind: 'view', id: '1' },
  { kind: 'search', query: 'anybody' },
])('has no source of the kind $kind', async (source) => {
  expect(portal.audience.sources).not.toContain(source.kind);
  await expect(portal.audience.page(source)).rejects.toMatchObject({
    code: 'invalid_input',
    problems: [{ field: 'kind' }],
  });
});
