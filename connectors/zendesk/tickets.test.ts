import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { singly } from '../../test/contract/singly.ts';
import { now, witnessingTools } from '../../test/contract/tools.ts';
import { mockHttp } from '../../test/http-mock.ts';
import { type Desk, startDesk } from './fixtures/desk.ts';
import { harness } from './fixtures/harness.ts';
import ticket from './fixtures/ticket.json' with { type: 'json' };
import { sideloads } from './fixtures/tickets-harness.ts';
import { json, origin } from './fixtures/vendor.ts';
import { zendesk } from './index.ts';
import { severalTickets } from './schema.ts';

describe('what happens to a ticket', () => {
  let desk: Desk;
  let recordId: string;
  beforeEach(async () => {
    desk = await startDesk();
    await desk.provisioning.ensure({ webhookUrl: desk.webhookUrl });
    recordId = desk.simulator.addContact({ name: 'Kim', email: 'kim@customer.example' });
  });
  afterEach(async () => {
    expect(desk.tools.breaches).toEqual([]);
    await desk.stop();
  });

  const open = (subject = 'A lamp') => desk.simulator.addTicket({ requesterId: recordId, subject });

  it('a hundred are read in one call, and their requesters in another', async () => {
    const contacts = Array.from({ length: 100 }, (_, n) => desk.simulator.addContact({ name: `Kim ${n}` }));
    const ids = contacts.map((recordId) => desk.simulator.addTicket({ requesterId: recordId, subject: 'A lamp' }));
    for (const id of ids) desk.simulator.resolve(id);
    const before = desk.simulator.requests.length;
    const found = await desk.ticketBatches.find(ids);
    const requesterOf = new Map(found.map(({ id, requester }) => [id, requester?.id]));
    expect(ids.map((id) => requesterOf.get(id))).toEqual(contacts);
    expect(desk.simulator.requests.slice(before).map(({ path }) => path)).toEqual([
      expect.stringContaining('/tickets/show_many'),
      expect.stringContaining('/users/show_many'),
    ]);
  });

  it('when it is merged: the loser is gone, the winner stays as it is', async () => {
    const [loser, winner] = [open('one'), open('two')];
    desk.simulator.resolve(winner);
    await desk.events();
    desk.simulator.mergeTickets?.(loser, winner);
    expect(await desk.tickets.find(loser)).toMatchObject({ state: 'gone', merged: true });
    const left = await desk.tickets.find(winner);
    expect(left).toMatchObject({ state: 'resolved' });
    expect(left).not.toHaveProperty('merged');
    const events = await desk.events();
    expect(events.map(({ kind, objectId }) => `${kind} ${objectId}`).toSorted()).toEqual([
      `ticket.changed ${loser}`,
      `ticket.merged ${loser}`,
    ]);
  });

  it('when it is deleted: nothing is found any more', async () => {
    const id = open();
    desk.simulator.resolve(id);
    await desk.events();
    desk.simulator.removeTicket?.(id);
    expect(await desk.tickets.find(id)).toBeUndefined();
    expect(await desk.events()).toMatchObject([{ kind: 'ticket.deleted', objectId: id }]);
  });

  it('when another user becomes the requester: they are the one to ask', async () => {
    const id = open();
    desk.simulator.resolve(id);
    await desk.events();
    const other = desk.simulator.addContact({ name: 'Lee', email: 'lee@customer.example' });
    desk.simulator.reassign?.(id, other);
    expect(await desk.tickets.find(id)).toMatchObject({ requester: { id: other, email: 'lee@customer.example' } });
    expect(await desk.events()).toMatchObject([{ kind: 'ticket.changed', objectId: id }]);
  });

  it('when it is closed without having been solved: it is resolved, at a time that nobody knows', async () => {
    const id = open();
    desk.simulator.close(id);
    const found = await desk.tickets.find(id);
    expect(found).toMatchObject({ state: 'resolved', archived: true });
    expect(found).not.toHaveProperty('resolvedAt');
    expect(await desk.events()).toMatchObject([{ kind: 'ticket.changed', objectId: id }]);
  });

  it('when Zendesk closes it after it was solved: nothing is told, and the time of the solution stays', async () => {
    const id = open();
    desk.simulator.resolve(id);
    const { resolvedAt } = (await desk.tickets.find(id)) ?? {};
    await desk.events();
    desk.passes(4 * 86_400_000);
    desk.simulator.close(id);
    expect(await desk.tickets.find(id)).toMatchObject({ state: 'resolved', archived: true, resolvedAt });
    expect(await desk.events()).toEqual([]);
  });
});

describe('who handled a ticket', () => {
  let desk: Desk;
  let recordId: string;
  beforeEach(async () => {
    desk = await startDesk();
    recordId = desk.simulator.addContact({ name: 'Kim', email: 'kim@customer.example' });
  });
  afterEach(() => desk.stop());

  it.each([
    ['one of the team', {}, 'human_agent'],
    ['an AI agent', { supportType: 'ai_agent', unassigned: true }, 'ai_agent'],
    ['no one', { unassigned: true }, 'automation'],
  ] as const)('is told of one that %s had', async (_who, more, handler) => {
    const id = desk.simulator.addTicket({ requesterId: recordId, subject: 'A lamp', ...more });
    expect(await desk.tickets.find(id)).not.toHaveProperty('handler');
    desk.simulator.resolve(id);
    expect(await desk.tickets.find(id)).toMatchObject({ handler });
  });
});

describe('the tickets that changed', () => {
  it('have those of AI agents among them', async () => {
    const desk = await startDesk();
    const recordId = desk.simulator.addContact({ name: 'Kim', email: 'kim@customer.example' });
    const ids = ['agent', 'ai_agent'].map((supportType) =>
      desk.simulator.addTicket({ requesterId: recordId, subject: 'A lamp', supportType: supportType as 'agent' }),
    );
    desk.passes(3 * 60_000);
    const { changes } = await desk.tickets.changedSince(new Date(desk.clock().getTime() - 3_600_000));
    expect(changes.map(({ id }) => id)).toEqual(ids);
    await desk.stop();
  });
});

describe('a follow-up', () => {
  let desk: Desk;
  let recordId: string;
  beforeEach(async () => {
    desk = await startDesk();
    recordId = desk.simulator.addContact({ name: 'Kim', email: 'kim@customer.example' });
  });
  afterEach(() => desk.stop());

  /** Of a ticket that lost a merge. */
  function followUp() {
    const [loser, winner] = ['one', 'two'].map((subject) =>
      desk.simulator.addTicket({ requesterId: recordId, subject }),
    );
    desk.simulator.mergeTickets?.(loser ?? '', winner ?? '');
    return desk.simulator.addTicket({ requesterId: recordId, subject: 'one again', followsUp: loser ?? '' });
  }

  it('of a ticket that lost a merge has its tag and is resolved when it is solved, and when it is closed then', async () => {
    const id = followUp();
    expect(await desk.tickets.find(id)).toMatchObject({ state: 'open', followUp: true, tags: ['closed_by_merge'] });
    desk.simulator.resolve(id);
    const solved = await desk.tickets.find(id);
    expect(solved).toMatchObject({ state: 'resolved', followUp: true });
    expect(solved).not.toHaveProperty('merged');
    desk.simulator.close(id);
    expect(await desk.tickets.find(id)).toMatchObject({ state: 'resolved', archived: true });
  });

  it('that loses a merge itself is gone', async () => {
    const id = followUp();
    desk.simulator.mergeTickets?.(id, desk.simulator.addTicket({ requesterId: recordId, subject: 'three' }));
    expect(await desk.tickets.find(id)).toMatchObject({ state: 'gone', merged: true });
  });
});

describe('tickets', () => {
  const connect = () => {
    const { tickets } = zendesk.connect(
      zendesk.settings.parse(harness.environment),
      witnessingTools(harness.credentials),
    );
    if (!tickets) throw new Error('Zendesk has lost a capability.');
    return { tickets: singly(tickets) };
  };
  const vendor = mockHttp();
  const answering = ({ ticket, ...sideloaded }: { ticket: object }) =>
    vendor()
      .at(origin)
      .get('/api/v2/tickets/show_many')
      .query({ ids: '5158', ...sideloads })
      .reply(200, { tickets: [ticket], ...sideloaded }, json);
  const find = () => connect().tickets.find('5158');
  const asking = () =>
    vendor()
      .at(origin)
      .get('/api/v2/users/show_many')
      .query({ ids: ticket.ticket.requester_id, include: 'identities' })
      .reply(200, { users: [ticket.users[0]] }, json);

  it('come with their requester where nothing can be sideloaded', async () => {
    answering({ ticket: ticket.ticket });
    asking();
    const found = await find();
    expect(found).toMatchObject({ state: 'resolved', requester: { email: 'Rosa@Example.com' } });
    expect(found).not.toHaveProperty('resolvedAt');
    expect(found).not.toHaveProperty('publicReplies');
  });

  it.each([
    ['archived once they are closed', { status: 'closed' }, { state: 'resolved', archived: true }],
    ['gone once they are deleted', { status: 'deleted' }, { state: 'gone' }],
    ['gone when they lost a merge', { status: 'closed', tags: ['closed_by_merge'] }, { state: 'gone', merged: true }],
  ])('are %s', async (_what, change, expected) => {
    answering({ ...ticket, ticket: { ...ticket.ticket, ...change } });
    if (expected.state === 'resolved') asking();
    expect(await find()).toMatchObject(expected);
  });

  it('that were reopened keep no time of resolution', async () => {
    answering({ ...ticket, ticket: { ...ticket.ticket, status: 'open' } });
    expect(await find()).not.toHaveProperty('resolvedAt');
  });

  it('that changed and cannot be read cost no other on their page', async () => {
    const rows = [{ id: 7, updated_at: 5 }, { id: { odd: true } }, null, { id: 9, generated_timestamp: 'soon' }];
    vendor()
      .at(origin)
      .get('/api/v2/incremental/tickets/cursor')
      .query(true)
      .reply(200, { tickets: rows, after_cursor: 'YQ==', end_of_stream: true }, json);
    const { changes } = await connect().tickets.changedSince(now);
    expect(changes.map(({ id }) => id)).toEqual(['7', '9']);
  });

  it('are asked for from a minute ago at the latest', async () => {
    const start = String(now.getTime() / 1000 - 120);
    vendor()
      .at(origin)
      .get('/api/v2/incremental/tickets/cursor')
      .query({ start_time: start, per_page: '1000', support_type_scope: 'all' })
      .reply(200, { tickets: [], after_cursor: null, end_of_stream: true }, json);
    expect(await connect().tickets.changedSince(now)).toEqual({
      changes: [],
      more: false,
      completeUntil: new Date(now.getTime() - 120_000),
    });
  });
});

describe('what a ticket is read as', () => {
  const { ticket: body, ...sideloaded } = ticket;
  const parsed = (change: object, beside: object = sideloaded) => {
    const [found] = severalTickets.parse({ ...beside, tickets: [{ ...body, ...change }] });
    return found?.ticket ?? expect.unreachable();
  };
  const shown = (change: object) => parsed(change);

  it('follows the category of a status of the account’s own', () => {
    expect(shown({ status: 'solved', custom_status_id: 1 }).state).toBe('resolved');
    expect(shown({ status: 'open', custom_status_id: 2 }).state).toBe('open');
    expect(shown({ status: 'hold', custom_status_id: 3 }).state).toBe('open');
  });

  it('tells by its channel whether it is a side conversation', () => {
    const via = { channel: 'side_conversation', source: { from: {}, to: {}, rel: null } };
    expect(shown({ via }).channel).toBe('side_conversation');
  });

  it('has replies and a satisfaction only where Zendesk tells them', () => {
    const bare = parsed({ satisfaction_rating: null }, {});
    expect(bare).not.toHaveProperty('publicReplies');
    expect(bare).not.toHaveProperty('satisfaction');
    expect(shown({ satisfaction_rating: { score: 'unoffered' } })).not.toHaveProperty('satisfaction');
    expect(shown({ satisfaction_rating: { score: 'good' } })).toMatchObject({
      satisfaction: 'good',
      publicReplies: 2,
    });
  });

  const agent = 8447388090494;
  const unanswered = { ticket_id: 5158, replies: 0 };

  it.each([
    ['email', {}, 0],
    ['web', {}, 0],
    ['api', {}, 0],
    ['email', { submitter_id: agent }, undefined],
    ['web', { submitter_id: agent }, undefined],
    ['api', { submitter_id: null }, undefined],
    ['voice', {}, undefined],
    ['chat', {}, undefined],
    ['native_messaging', {}, undefined],
    ['whatsapp', {}, undefined],
    ['side_conversation', {}, undefined],
    [undefined, {}, undefined],
  ])('by %s %j tells that nobody replied only where that is so', (channel, more, publicReplies) => {
    const via = channel === undefined ? null : { channel };
    expect(shown({ via, ...more, metric_set: unanswered }).publicReplies).toBe(publicReplies);
    expect(shown({ via, ...more, metric_set: { ...unanswered, replies: 3 } }).publicReplies).toBe(3);
  });

  it('survives whatever stands in its values, one by one', () => {
    const odd = [null, 0, 7, -1.5, true, '', 'x', '\0', '\uD800', 'y'.repeat(100_000), [], ['z'], {}, { a: {} }];
    const names = Object.keys(ticket.ticket).filter((name) => name !== 'id' && name !== 'status');
    for (const name of [...names, 'metric_set', 'support_type']) {
      for (const value of odd) expect(shown({ [name]: value }), `${name} ${JSON.stringify(value)}`).toBeDefined();
    }
  });

  it('leaves out no ticket that cannot be read: it would be taken for one that is gone', () => {
    expect(severalTickets.safeParse({ tickets: [body, { ...body, status: { odd: true } }] }).success).toBe(false);
  });

  it('leaves out what came along and cannot be read', () => {
    const users = [{ id: null }, 'x', ...ticket.users];
    const sideloads = { users, groups: 'none', metric_sets: [7], organizations: {} };
    const [found] = severalTickets.parse({ ...sideloads, tickets: [body] });
    expect(found?.users).toHaveLength(2);
    expect(found?.ticket).toMatchObject({ agent: { name: 'Tom Agent' }, group: { id: '8447320466430' } });
  });
});
