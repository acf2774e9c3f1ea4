import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AudienceSource } from '../../src/connector.ts';
import { type Desk, startDesk } from './fixtures/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(async () => {
  expect(desk.tools.breaches).toEqual([]);
  await desk.stop();
});

async function listAll(source: AudienceSource) {
  const pages: (readonly string[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await desk.audience.page(source, cursor);
    pages.push(page.contacts.map(({ id }) => id));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

const add = (count: number, name = 'Customer') =>
  Array.from({ length: count }, (_, index) =>
    desk.simulator.addContact({ name: `${name} ${index}`, email: `${name}-${index}@customer.example` }),
  );

const ask = (recordIds: readonly string[]) =>
  recordIds.map((recordId) => desk.simulator.addTicket({ requesterId: recordId, subject: 'A lamp' }));

describe('a view', () => {
  it('gives those who asked, page by page, with their consent', async () => {
    await desk.provisioning.ensure({});
    const users = add(101);
    await desk.call('PUT', `/users/${users[0]}`, { user: { user_fields: { feedback_do_not_survey: true } } });
    const view = desk.simulator.addView(ask(users));
    expect(await listAll({ kind: 'view', id: view })).toEqual([users.slice(0, 100), users.slice(100)]);
    const { contacts } = await desk.audience.page({ kind: 'view', id: view });
    expect(contacts[0]).toMatchObject({ email: 'Customer-0@customer.example', doNotSurvey: true });
    expect(contacts[1]).toMatchObject({ doNotSurvey: false, suspended: false, staff: false });
  });

  it('gives each of them once a page, and may be empty', async () => {
    const [user = ''] = add(1);
    expect(await listAll({ kind: 'view', id: desk.simulator.addView(ask([user, user])) })).toEqual([[user]]);
    expect(desk.simulator.requests.at(-1)).toMatchObject({ path: `/api/v2/users/${user}` });
    expect(await listAll({ kind: 'view', id: desk.simulator.addView([]) })).toEqual([[]]);
  });

  it('that does not exist is not found, and one that is no number is no view', async () => {
    await expect(desk.audience.page({ kind: 'view', id: '99' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(desk.audience.page({ kind: 'view', id: '../1' })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('a search', () => {
  it('goes on behind its first page, in the words that Zendesk has for it', async () => {
    const users = add(150);
    add(2, 'Stranger');
    const pages = await listAll({ kind: 'search', query: 'role:end-user customer' });
    expect(pages.map(({ length }) => length)).toEqual([100, 50]);
    expect(pages.flat()).toEqual(users);
  });

  it('leaves out who is gone when their page is read', async () => {
    const [gone = '', here = ''] = add(2);
    desk.simulator.removeContact?.(gone);
    expect(await listAll({ kind: 'search', query: 'customer' })).toEqual([[here]]);
  });
});

describe('a date', () => {
  it('gives those whose day lies between, both days included', async () => {
    const field = { type: 'date', key: 'renewal', title: 'Renewal', description: '', active: true };
    await desk.call('POST', '/user_fields', { user_field: field });
    const users = add(4);
    for (const [index, id] of users.entries()) {
      await desk.call('PUT', `/users/${id}`, { user: { user_fields: { renewal: `2026-12-0${index + 1}` } } });
      desk.passes(1000);
    }
    const [from, until] = [new Date('2026-12-02T15:00:00Z'), new Date('2026-12-03T01:00:00Z')];
    expect(await listAll({ kind: 'date', property: 'renewal', from, until })).toEqual([users.slice(1, 3)]);
    const backwards = desk.audience.page({ kind: 'date', property: 'renewal', from: until, until: from });
    await expect(backwards).rejects.toMatchObject({ problems: [{ field: 'until' }] });
    const misnamed = desk.audience.page({ kind: 'date', property: 'renewal>=1 or', from, until });
    await expect(misnamed).rejects.toMatchObject({ problems: [{ field: 'property' }] });
  });
});

describe('those who changed', () => {
  it('come page by page, and no user who changed before', async () => {
    add(1, 'Early');
    desk.passes(60_000);
    const since = desk.clock();
    const late = add(120, 'Late');
    desk.passes(300_000);
    expect((await listAll({ kind: 'changed', since })).flat()).toEqual(late);
  });

  it('may be asked for up to this moment', async () => {
    expect(await listAll({ kind: 'changed', since: desk.clock() })).toEqual([[]]);
  });
});

it('refuses a source that Zendesk does not have', async () => {
  const page = desk.audience.page({ kind: 'list', id: '1' });
  await expect(page).rejects.toMatchObject({ code: 'invalid_input', problems: [{ field: 'kind' }] });
  expect(desk.audience.sources).not.toContain('list');
});
