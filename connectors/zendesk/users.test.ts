import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UpstreamBusy } from '../../src/model/errors.ts';
import { type Desk, startDesk } from './fixtures/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(async () => {
  expect(desk.tools.breaches).toEqual([]);
  await desk.stop();
});

const kim = {
  name: 'Kim',
  email: 'kim@customer.example',
  otherEmails: [
    { address: 'kim@home.example', verified: true },
    { address: 'kim@old.example', verified: false },
  ],
};
const allOfKim = [{ address: kim.email, verified: true }, ...kim.otherEmails];

describe('the addresses of a contact', () => {
  it('come all, with what is verified, however the contact is found', async () => {
    const id = desk.simulator.addContact(kim);
    const other = desk.simulator.addContact({ name: 'Lee', email: 'lee@customer.example' });
    expect(await desk.contacts.find({ ids: [id] })).toMatchObject([{ id, email: kim.email, emails: allOfKim }]);
    expect(await desk.contacts.find({ ids: [other, id] })).toMatchObject([
      { emails: [{ address: 'lee@customer.example', verified: true }] },
      { emails: allOfKim },
    ]);
    expect(await desk.contacts.find({ emails: ['KIM@home.example'] })).toMatchObject([{ id, emails: allOfKim }]);
  });

  it('come with a resolved ticket, because another system may know another one', async () => {
    const recordId = desk.simulator.addContact(kim);
    const ticket = desk.simulator.addTicket({ requesterId: recordId, subject: 'A lamp' });
    desk.simulator.resolve(ticket);
    expect(await desk.tickets.find(ticket)).toMatchObject({ requester: { id: recordId, emails: allOfKim } });
  });

  it.each([
    ['deliverable', {}],
    ['mandatory', {}],
    ['undeliverable', { undeliverable: true }],
    ['mailing_list', { machine: true }],
    ['mailer_daemon', { machine: true }],
    ['machine', { machine: true }],
    ['ticket_sharing_partner', { machine: true }],
    ['reserved_example', { machine: true }],
    ['some_new_state', {}],
  ])('in the state %s are told as %j', async (state, told) => {
    const id = desk.simulator.addContact({ name: 'Lee', email: 'lee@customer.example', identity: { state } });
    const [{ undeliverable, machine } = {}] = await desk.contacts.find({ ids: [id] });
    expect({ undeliverable, machine }).toEqual({ undeliverable: undefined, machine: undefined, ...told });
    const noted = desk.tools.logged.filter((line) => JSON.stringify(line).includes('answer.state_unknown'));
    expect(noted).toHaveLength(state === 'some_new_state' ? 1 : 0);
  });

  it.each([
    ['full', true],
    ['sso', true],
    ['low', false],
    ['embed', false],
    ['none', false],
  ] as const)('whose verification method is %s are verified: %s', async (verification, verified) => {
    const { email: address } = kim;
    const id = desk.simulator.addContact({ name: 'Lee', email: address, identity: { verification } });
    expect(await desk.contacts.find({ ids: [id] })).toMatchObject([{ emails: [{ address, verified }] }]);
  });

  it('tell which one is shared with others', async () => {
    const identity = { ownership: 'shared' } as const;
    const id = desk.simulator.addContact({ name: 'Front desk', email: 'desk@customer.example', identity });
    expect(await desk.contacts.find({ ids: [id] })).toMatchObject([{ emails: [{ shared: true }] }]);
    const [own] = await desk.contacts.find({ ids: [desk.simulator.addContact(kim)] });
    for (const email of own?.emails ?? expect.unreachable()) expect(email).not.toHaveProperty('shared');
  });

  it('find every brand’s user where brands are kept apart', async () => {
    const { name, email } = kim;
    const ids = [1, 2].map((brandId) => desk.simulator.addContact({ name, email, identity: { brandId } }));
    const found = await desk.contacts.find({ emails: [email] });
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });

  it('tell where mail does not arrive', async () => {
    const id = desk.simulator.addContact({ name: 'Lee', email: 'lee@customer.example', undeliverable: true });
    expect(await desk.contacts.find({ ids: [id] })).toMatchObject([{ undeliverable: true }]);
    const [fine] = await desk.contacts.find({ ids: [desk.simulator.addContact(kim)] });
    expect(fine).not.toHaveProperty('undeliverable');
  });
});

describe('what joins the records of a contact', () => {
  it('is the external id or a user field, where the admin says so', async () => {
    const user = { name: 'Lee', email: 'lee@customer.example', external_id: ' L-77 ' };
    const field = { type: 'integer', key: 'customer_number', title: 'Customer number' };
    await desk.call('POST', '/user_fields', { user_field: field });
    await desk.call('POST', '/users', { user: { ...user, user_fields: { customer_number: 4711 } } });
    const keyBy = async (named?: string) => {
      const { contacts } = desk.connect({ ZENDESK_CONTACT_KEY: named });
      const [found] = await contacts.find({ emails: [user.email] });
      return found?.contactKey;
    };
    expect(await keyBy('external_id')).toBe('L-77');
    expect(await keyBy('customer_number')).toBe('4711');
    expect(await keyBy('no_such_field')).toBeUndefined();
    expect(await keyBy()).toBeUndefined();
  });
});

describe('a contact who is merged into another one', () => {
  it('is gone, their addresses find the winner, and a notice names both', async () => {
    await desk.provisioning.ensure({ webhookUrl: desk.webhookUrl });
    const loser = desk.simulator.addContact({ name: 'Kim K.', email: 'kim@work.example' });
    const winner = desk.simulator.addContact(kim);
    await desk.events();
    desk.simulator.mergeContacts?.(loser, winner);
    expect(await desk.contacts.find({ ids: [loser, winner] })).toMatchObject([{ id: winner }]);
    expect(await desk.contacts.find({ emails: ['kim@work.example'] })).toMatchObject([{ id: winner }]);
    expect((await desk.contacts.writeFields([{ id: loser, values: { nps_latest_rating: 9 } }])).outcomes).toEqual([
      { id: loser, result: 'gone' },
    ]);
    const events = await desk.events();
    expect(events).toMatchObject([
      { kind: 'contact.merged', objectId: loser, intoId: winner },
      { kind: 'contact.merged', objectId: winner, intoId: loser },
    ]);
    expect(new Set(events.map(({ key }) => key)).size).toBe(2);
  });

  it('leaves their tickets to the winner', async () => {
    const loser = desk.simulator.addContact({ name: 'Kim K.' });
    const winner = desk.simulator.addContact(kim);
    const ticket = desk.simulator.addTicket({ requesterId: loser, subject: 'A lamp' });
    desk.simulator.mergeContacts?.(loser, winner);
    expect(await desk.tickets.find(ticket)).toMatchObject({ requester: { id: winner } });
  });
});

describe('a contact who is deleted', () => {
  it('is gone until restored, and a notice tells either', async () => {
    await desk.provisioning.ensure({ webhookUrl: desk.webhookUrl });
    const id = desk.simulator.addContact(kim);
    const ticket = desk.simulator.addTicket({ requesterId: id, subject: 'A lamp' });
    desk.simulator.resolve(ticket);
    await desk.events();
    desk.simulator.removeContact?.(id);
    expect(await desk.contacts.find({ ids: [id] })).toEqual([]);
    expect(await desk.tickets.find(ticket)).not.toHaveProperty('requester');
    const deleted = { kind: 'contact.deleted', objectId: id };
    expect(await desk.events()).toMatchObject([deleted, deleted]);
    desk.simulator.restoreContact?.(id);
    expect(await desk.contacts.find({ ids: [id] })).toMatchObject([{ id, emails: allOfKim }]);
    expect(await desk.events()).toMatchObject([{ kind: 'contact.restored', objectId: id }]);
  });

  it('for good stays gone', async () => {
    await desk.provisioning.ensure({ webhookUrl: desk.webhookUrl });
    const id = desk.simulator.addContact(kim);
    desk.simulator.removeContact?.(id);
    await desk.events();
    expect(await desk.contacts.erased?.([id])).toEqual([]);
    desk.simulator.eraseContact?.(id);
    expect(await desk.contacts.find({ emails: [kim.email] })).toEqual([]);
    expect(await desk.contacts.find({ ids: [id] })).toEqual([]);
    expect(await desk.events()).toEqual([]);
    expect(await desk.contacts.erased?.([id])).toEqual([id]);
  });

  it('for good is told apart from whoever is there, was merged, or never was', async () => {
    const [there, loser, winner] = ['a', 'b', 'c'].map((name) =>
      desk.simulator.addContact({ name, email: `${name}@customer.example` }),
    );
    desk.simulator.mergeContacts?.(loser ?? '', winner ?? '');
    expect(await desk.contacts.erased?.([there ?? '', loser ?? '', winner ?? '', '404404'])).toEqual(['404404']);
  });
});

describe('jobs', () => {
  const batch = () =>
    ['one', 'two'].map((name) => ({ id: desk.simulator.addContact({ name }), values: { nps_latest_rating: 9 } }));

  it('are never more than thirty at once, and their end makes room', async () => {
    await desk.provisioning.ensure({});
    const writes = batch();
    const reports = await Promise.all(Array.from({ length: 30 }, () => desk.contacts.writeFields(writes)));
    const sent = desk.simulator.requests.length;
    const failure = await desk.contacts.writeFields(writes).catch((caught: unknown) => caught);
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ concerns: 'request', outcome: 'not_done', retryAfter: 1000 });
    expect(desk.simulator.requests).toHaveLength(sent);

    desk.passes(5000);
    expect(await desk.contacts.finishWrite(reports[0]?.unfinished?.receipt ?? '')).toHaveLength(2);
    expect(await desk.contacts.writeFields(writes)).toHaveProperty('unfinished');
  });

  it('of other programs are counted by Zendesk, and stop only this write', async () => {
    await desk.provisioning.ensure({});
    const writes = batch();
    const { contacts } = desk.connect();
    await Promise.all(Array.from({ length: 30 }, () => contacts.writeFields(writes)));
    const failure = await desk.contacts.writeFields(writes).catch((caught: unknown) => caught);
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ concerns: 'request', outcome: 'not_done' });
  });

  it('whose receipts were lost do not keep their places for ever', async () => {
    await desk.provisioning.ensure({});
    const writes = batch();
    for (let job = 0; job < 30; job += 1) await desk.contacts.writeFields(writes);
    desk.passes(60 * 60_000 + 1);
    expect(await desk.contacts.writeFields(writes)).toHaveProperty('unfinished');
  });
});
