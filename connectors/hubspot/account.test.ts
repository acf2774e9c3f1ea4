import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding, TicketMark } from '../../src/connector.ts';
import { accountFields } from '../../src/model/account-fields.ts';
import { UpstreamBusy } from '../../src/model/errors.ts';
import { nameFinding } from '../../src/model/messages/finding.ts';
import { toProperty } from './fields.ts';
import { call, type Portal, startPortal } from './fixtures/portal.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await startPortal();
});
afterEach(async () => {
  expect(portal.tools.breaches).toEqual([]);
  await portal.stop();
});

const contactProperties = '/crm/properties/2026-03/contacts';
const rating = { nps_latest_rating: 9 };
const addContact = (name: string) =>
  portal.simulator.addContact({ name, email: `${name.toLowerCase()}@customer.example` });
const addTicket = (recordId: string) =>
  portal.simulator.addTicket({ requesterId: recordId, subject: 'The kettle leaks', agent: 'Mira Okafor' });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable(),
    (failure: unknown) => failure,
  );
const finding = (findings: readonly Finding[], name: string) =>
  findings.find(({ about }) => nameFinding(about) === name);

describe('contacts that are merged', () => {
  it('are found under either id, and written one by one or in a batch', async () => {
    await portal.provisioning.ensure({});
    const [loser, winner, other] = ['Ada', 'Grace', 'Mary'].map(addContact) as [string, string, string];
    portal.simulator.mergeContacts?.(loser, winner);
    const [found] = await portal.contacts.find({ ids: [loser] });
    expect(found).toMatchObject({ id: winner, mergedIds: [loser], email: 'grace@customer.example' });
    expect(found?.emails.map(({ address }) => address)).toEqual(['grace@customer.example', 'ada@customer.example']);
    expect(await portal.contacts.find({ ids: [loser, winner] })).toHaveLength(1);
    const write = async (...ids: string[]) =>
      (await portal.contacts.writeFields(ids.map((id) => ({ id, values: rating })))).outcomes;
    expect(await write(loser)).toEqual([{ id: loser, result: 'moved', to: winner }]);
    expect(await write(loser, other)).toEqual([
      { id: loser, result: 'moved', to: winner },
      { id: other, result: 'written' },
    ]);
    expect(await portal.events()).toMatchObject([{ kind: 'contact.merged', objectId: loser, intoId: winner }]);
  });

  it('into a new record lose both their ids', async () => {
    const [loser, winner] = ['Ada', 'Grace'].map(addContact) as [string, string];
    portal.simulator.mergeIntoNewContact(loser, winner);
    const [found] = await portal.contacts.find({ emails: ['ada@customer.example'] });
    expect([loser, winner]).not.toContain(found?.id);
    expect(found?.mergedIds).toEqual([loser, winner]);
    const events = await portal.events();
    expect(events.map(({ kind, objectId, intoId }) => ({ kind, objectId, intoId }))).toEqual([
      { kind: 'contact.merged', objectId: loser, intoId: found?.id },
      { kind: 'contact.merged', objectId: winner, intoId: found?.id },
    ]);
  });
});

describe('contacts that go', () => {
  it('may come back', async () => {
    const id = addContact('Ada');
    portal.simulator.removeContact?.(id);
    expect(await portal.contacts.find({ ids: [id] })).toEqual([]);
    expect((await portal.contacts.writeFields([{ id, values: {} }])).outcomes).toEqual([{ id, result: 'gone' }]);
    portal.simulator.restoreContact?.(id);
    expect(await portal.contacts.find({ ids: [id] })).toMatchObject([{ id }]);
    const told = await portal.events();
    expect(told).toMatchObject([
      { kind: 'contact.deleted', objectId: id },
      { kind: 'contact.restored', objectId: id },
    ]);
  });

  it('for the sake of privacy do not', async () => {
    const id = addContact('Ada');
    portal.simulator.eraseContact?.(id);
    portal.simulator.restoreContact?.(id);
    expect(await portal.contacts.find({ emails: ['ada@customer.example'] })).toEqual([]);
    expect((await portal.events()).map(({ kind }) => kind)).toEqual(['contact.erased', 'contact.deleted']);
  });
});

it("carry what the admin joins a contact's records by, where a property is named for it", async () => {
  const field = { name: 'customer_number', label: 'Number', groupName: 'contactinformation' };
  await call(portal, 'POST', contactProperties, { ...field, type: 'string', fieldType: 'text' });
  const id = addContact('Ada');
  await call(portal, 'PATCH', `/crm/objects/2026-03/contacts/${id}`, { properties: { customer_number: ' 4711 ' } });
  const { contacts } = portal.connect({ more: { HUBSPOT_CONTACT_KEY: 'customer_number' } });
  expect(await contacts.find({ ids: [id] })).toMatchObject([{ id, contactKey: '4711' }]);
  expect((await portal.contacts.find({ ids: [id] }))[0]).not.toHaveProperty('contactKey');
});

describe('a ticket', () => {
  it('is read with ninety-nine others in one call, their contacts in two more', async () => {
    const requesters = Array.from({ length: 100 }, (_, n) => addContact(`Ada${n}`));
    const ids = requesters.map(addTicket);
    await portal.tickets.find(ids[0] ?? '');
    portal.passes(60_000);
    const before = portal.simulator.requests.length;
    const found = await portal.ticketBatches.find(ids);
    const requesterOf = new Map(found.map(({ id, requester }) => [id, requester?.id]));
    expect(ids.map((id) => requesterOf.get(id))).toEqual(requesters);
    expect(portal.simulator.requests.slice(before).map(({ path }) => path)).toEqual([
      expect.stringContaining('/tickets/batch/read'),
      expect.stringContaining('/associations/2026-03/tickets/contacts/batch/read'),
      expect.stringContaining('/contacts/batch/read'),
    ]);
  });

  it('shows its agent and their team', async () => {
    expect(await portal.tickets.find(addTicket(addContact('Ada')))).toMatchObject({
      agent: { name: 'Mira Okafor' },
      group: { id: '61204', name: 'Support' },
    });
  });

  it('shows the name of an agent who was deactivated, and reads it once', async () => {
    const [one, other] = [addTicket(addContact('Ada')), addTicket(addContact('Grace'))];
    portal.simulator.archiveOwner('Mira Okafor');
    for (const id of [one, other]) {
      expect(await portal.tickets.find(id)).toMatchObject({ agent: { name: 'Mira Okafor' } });
    }
    const asked = portal.simulator.requests.filter(({ path }) => path.includes('/owners/'));
    expect(asked.map(({ query }) => query)).toEqual(['', 'archived=true']);
  });

  it('shows its categories as tags', async () => {
    const id = addTicket(addContact('Ada'));
    await call(portal, 'PATCH', `/crm/objects/2026-03/tickets/${id}`, {
      properties: { hs_ticket_category: 'BILLING_ISSUE', hs_ticket_priority: 'HIGH' },
    });
    expect(await portal.tickets.find(id)).toMatchObject({ tags: ['BILLING_ISSUE'], priority: 'HIGH', pipeline: '0' });
  });

  it('has a requester once HubSpot has made the association, and another one after that', async () => {
    const [ada, grace] = ['Ada', 'Grace'].map(addContact) as [string, string];
    const id = addTicket(ada);
    portal.simulator.dissociate(id);
    expect(await portal.tickets.find(id)).not.toHaveProperty('requester');
    portal.simulator.associate(id, ada);
    expect(await portal.tickets.find(id)).toMatchObject({ requester: { id: ada } });
    portal.simulator.reassign?.(id, grace);
    expect(await portal.tickets.find(id)).toMatchObject({ requester: { id: grace } });
  });

  it('that lost a merge or was removed is gone, and HubSpot tells', async () => {
    const [loser, winner, removed] = ['Ada', 'Grace', 'Mary'].map((name) => addTicket(addContact(name))) as [
      string,
      string,
      string,
    ];
    await portal.events();
    portal.simulator.mergeTickets?.(loser, winner);
    portal.simulator.removeTicket?.(removed);
    expect(await portal.tickets.find(loser)).toEqual({ id: loser, state: 'gone', merged: true, tags: [] });
    expect(await portal.tickets.find(winner)).toMatchObject({ id: winner, state: 'open' });
    expect(await portal.tickets.find(removed)).toBeUndefined();
    expect(await portal.events()).toMatchObject([
      { kind: 'ticket.merged', objectId: loser, intoId: winner },
      { kind: 'ticket.deleted', objectId: removed },
    ]);
  });
});

describe('an answer on the ticket', () => {
  const answer = (id: string, change: Partial<TicketMark> = {}): TicketMark => ({
    ...{ id, metric: 'nps', rating: 9, scale: 10, category: 'promoter', comment: 'Quick!' },
    ...{ answeredAt: portal.clock(), note: false, ...change },
  });
  const mark = (id: string, change?: Partial<TicketMark>) => portal.tickets.mark?.(answer(id, change));

  it('stands there as properties, and a later one replaces it', async () => {
    await portal.provisioning.ensure({ ticketMarks: true });
    const id = addTicket(addContact('Ada'));
    portal.simulator.resolve(id);
    expect(await mark(id)).toEqual({ result: 'marked' });
    expect(portal.simulator.marks?.(id)).toEqual({
      feedback_rating: '9',
      feedback_category: 'promoter',
      feedback_comment: 'Quick!',
      feedback_date: '2026-11-22T10:00:00Z',
    });
    await mark(id, { metric: 'ces', rating: 2, scale: 7, category: 'hard', comment: null });
    expect(portal.simulator.marks?.(id)).toMatchObject({ feedback_rating: '2', feedback_category: 'hard' });
    expect(portal.simulator.marks?.(id)).not.toHaveProperty('feedback_comment');
    expect(await portal.tickets.find(id)).toMatchObject({ state: 'resolved' });
  });

  it('has no place on a ticket that is gone, nor without the properties, and stops nothing', async () => {
    const id = addTicket(addContact('Ada'));
    expect(await mark(id)).toEqual({
      result: 'refused',
      why: { code: 'refused', params: { said: expect.stringContaining('feedback_rating') } },
    });
    await portal.provisioning.ensure({ ticketMarks: true });
    portal.simulator.removeTicket?.(id);
    expect(await mark(id)).toEqual({ result: 'gone' });
  });

  it('of several tickets is one call, with an outcome for each', async () => {
    await portal.provisioning.ensure({ ticketMarks: true });
    const contact = addContact('Ada');
    const [one, two, removed] = [addTicket(contact), addTicket(contact), addTicket(contact)];
    portal.simulator.removeTicket?.(removed);
    const writes = () => portal.simulator.requests.filter(({ path }) => path.includes('/objects/2026-03/tickets'));
    const all = (...ids: string[]) => portal.ticketBatches.mark?.(ids.map((id) => answer(id)));
    expect(await all(one, two)).toMatchObject([{ result: 'marked' }, { result: 'marked' }]);
    expect(await all(one, removed)).toMatchObject([{ result: 'marked' }, { result: 'gone' }]);
    expect(writes().map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual(
      Array(2).fill('POST update'),
    );
    portal.simulator.disturb({ kind: 'fail', path: 'batch/update', times: 1 });
    expect(await failureOf(Promise.resolve(all(one, two)))).toBeInstanceOf(UpstreamBusy);
  });

  it.each([
    ['alone', false],
    ['together with another', true],
  ])('by the id of a ticket that was merged away, %s, leaves the winner its own', async (_how, together) => {
    await portal.provisioning.ensure({ ticketMarks: true });
    const contact = addContact('Ada');
    const [loser, winner, other] = [addTicket(contact), addTicket(contact), addTicket(contact)];
    await mark(winner, { rating: 3, category: 'detractor' });
    portal.simulator.mergeTickets?.(loser, winner);
    const own = portal.simulator.marks?.(winner);
    expect(own).toMatchObject({ feedback_rating: '3', feedback_category: 'detractor' });
    const ids = together ? [loser, other] : [loser];
    const gone = { id: loser, result: 'gone' };
    expect(await portal.ticketBatches.mark?.(ids.map((id) => answer(id)))).toEqual([
      gone,
      ...(together ? [{ id: other, result: 'marked' }] : []),
    ]);
    expect((await portal.ticketBatches.unmark?.(ids))?.[0]).toEqual(gone);
    expect(portal.simulator.marks?.(winner)).toEqual(own);
  });

  it('of several tickets is written without a property that is not there', async () => {
    await portal.provisioning.ensure({ ticketMarks: true });
    await call(portal, 'DELETE', '/crm/properties/2026-03/tickets/feedback_comment');
    const ids = ['Ada', 'Grace'].map((name) => addTicket(addContact(name)));
    const outcomes = await portal.ticketBatches.mark?.(ids.map((id) => answer(id)));
    expect(outcomes).toMatchObject([{ result: 'marked' }, { result: 'marked' }]);
    for (const id of ids) expect(portal.simulator.marks?.(id)).toMatchObject({ feedback_rating: '9' });
  });
});

describe('the properties', () => {
  it('of tickets are looked at and made only where answers are marked on them', async () => {
    await portal.provisioning.ensure({ ticketMarks: false });
    const checked = await portal.provisioning.check({ ticketMarks: false });
    expect(finding(checked.findings, 'field feedback_rating')).toBeUndefined();
    const { findings } = await portal.provisioning.ensure({ ticketMarks: true });
    expect(finding(findings, 'field feedback_category')).toMatchObject({ state: 'created' });
    const after = await portal.provisioning.check({ ticketMarks: true });
    expect(finding(after.findings, 'field feedback_category')).toMatchObject({ state: 'fine' });
    const again = await portal.provisioning.ensure({ ticketMarks: true });
    expect(again.findings.filter(({ state }) => state !== 'fine')).toEqual([]);
  });

  it('that an admin has archived are reported with what to do, and are not made anew', async () => {
    await portal.provisioning.ensure({});
    await call(portal, 'DELETE', `${contactProperties}/nps_trend`);
    for (const check of [portal.provisioning.check, () => portal.provisioning.ensure({})]) {
      expect(finding((await check()).findings, 'field nps_trend')).toMatchObject({
        state: 'blocked',
        code: 'hubspot.property_archived',
        params: { kind: 'contact', name: 'nps_trend' },
      });
    }
  });

  it("are taken away only when asked, and nobody else's with them", async () => {
    const foreign = { ...toProperty(accountFields({})[0] ?? expect.unreachable()), description: 'An admin made this.' };
    await call(portal, 'POST', `${contactProperties}/groups`, { name: 'nps_feedback', label: 'Ours' });
    await call(portal, 'POST', contactProperties, foreign);
    await portal.provisioning.ensure({ ticketMarks: true });
    const webhook = expect.objectContaining({ about: { kind: 'webhook' }, state: 'blocked' });
    expect(await portal.provisioning.remove?.({ fields: false })).toEqual([webhook]);
    expect(finding((await portal.provisioning.check()).findings, 'field nps_trend')).toMatchObject({ state: 'fine' });

    const removed = (await portal.provisioning.remove?.({ fields: true })) ?? [];
    expect(removed).toContainEqual(webhook);
    expect(finding(removed, 'field nps_trend')).toMatchObject({ state: 'removed' });
    expect(finding(removed, 'field feedback_category')).toMatchObject({ state: 'removed' });
    expect(await call(portal, 'GET', `${contactProperties}/nps_trend`)).toBe(404);
    expect(await call(portal, 'GET', `${contactProperties}/${foreign.name}`)).toBe(200);
    expect(await call(portal, 'GET', `${contactProperties}/groups/nps_feedback`)).toBe(200);
    expect(await call(portal, 'GET', '/crm/properties/2026-03/tickets/groups/nps_feedback')).toBe(404);
    expect(await portal.provisioning.remove?.({ fields: true })).toEqual([webhook]);
  });
});

it("tells what HubSpot's clock shows, to the second", async () => {
  portal.passes(3_723_456);
  expect((await portal.provisioning.check()).vendorClock).toEqual(new Date('2026-11-22T11:02:03Z'));
});

it('a connection without a client secret says that it hears nothing', async () => {
  const { provisioning } = portal.connect({ more: { HUBSPOT_CLIENT_ID: undefined, HUBSPOT_CLIENT_SECRET: undefined } });
  expect(finding((await provisioning.check()).findings, 'webhook')).toMatchObject({
    code: 'hubspot.webhook_unverified',
    params: { setting: 'HUBSPOT_CLIENT_SECRET' },
  });
});

describe('an account that cannot serve now', () => {
  const check = () => portal.contacts.find({ ids: ['1'] });

  it("waits for the account's midnight once the calls of its day are used up", async () => {
    await portal.provisioning.check();
    portal.simulator.exhaustDay?.();
    const failure = await failureOf(check());
    expect(failure).toMatchObject({ code: 'upstream_busy', retryAfter: 5 * 3_600_000 });
    expect(failure).toMatchObject({
      why: { code: 'hubspot.daily_limit', params: { until: '2026-11-22T15:00:00.000Z' } },
    });
    portal.passes(5 * 3_600_000 - 1);
    expect(await failureOf(check())).toMatchObject({ retryAfter: expect.any(Number) });
    portal.passes(1);
    expect(await check()).toEqual([]);
  });

  it.each([
    ['locked for two seconds', 'lock', undefined, 2000],
    ['being moved, and says how long', 'migrate', 120, 120_000],
  ] as const)('is %s', async (_title, kind, retryAfterSeconds, retryAfter) => {
    portal.simulator.disturb({ kind, times: 1, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
    expect(await failureOf(check())).toMatchObject({ code: 'upstream_busy', retryAfter, outcome: 'not_done' });
    expect(await check()).toEqual([]);
  });
});
