import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './harness.ts';

let account: TestAccount;
let requester: string;

beforeEach(async () => {
  account = await startTestAccount();
  requester = account.simulator.addContact({ name: 'Kim', email: 'kim@customer.example', language: 'de' });
});

afterEach(async () => {
  await account.stop();
});

const minute = 60_000;

function openTicket(subject = 'It does not work', agent?: string): string {
  return account.simulator.addTicket({ requesterId: requester, subject, ...(agent === undefined ? {} : { agent }) });
}

describe('a ticket', () => {
  it('is shown alone, or with its people, its group and its metrics', async () => {
    const id = openTicket('It does not work', 'Alex Agent');
    const alone = await account.call('GET', `/api/v2/tickets/${id}`);
    expect(Object.keys(alone.body)).toEqual(['ticket']);
    const { body } = await account.call('GET', `/api/v2/tickets/${id}.json?include=users,groups,metric_sets`);
    expect(body).toMatchObject({
      ticket: {
        id: Number(id),
        status: 'open',
        requester_id: Number(requester),
        metric_set: { solved_at: null, replies: 1 },
      },
      users: [
        { id: Number(requester), email: 'kim@customer.example', locale: 'de', role: 'end-user' },
        { name: 'Alex Agent', role: 'agent' },
      ],
      groups: [{ name: 'Support' }],
    });
    expect((await account.call('GET', `/api/v2/tickets/${id}?include=brand`)).status).toBe(400);
    expect((await account.call('GET', '/api/v2/tickets/42')).status).toBe(404);
  });

  it('is shown with up to ninety-nine others, those that are not there left out', async () => {
    const [first, second] = [openTicket('one'), openTicket('two')];
    account.simulator.removeTicket?.(second);
    const { body } = await account.call(
      'GET',
      `/api/v2/tickets/show_many?ids=${first},${second},42&include=metric_sets`,
    );
    expect(body).toMatchObject({ tickets: [{ id: Number(first), metric_set: { replies: 1 } }], count: 1 });
    const tooMany = Array.from({ length: 101 }, (_, id) => id + 1).join(',');
    expect((await account.call('GET', `/api/v2/tickets/show_many?ids=${tooMany}`)).status).toBe(400);
    expect((await account.call('GET', '/api/v2/tickets/show_many')).status).toBe(400);
  });

  it('is solved, reopened and solved again, each time with its own time', async () => {
    const id = openTicket();
    const read = async () => (await account.call('GET', `/api/v2/tickets/${id}?include=metric_sets`)).body.ticket;
    account.simulator.resolve(id);
    expect(await read()).toMatchObject({
      status: 'solved',
      metric_set: { solved_at: '2026-11-02T10:00:00Z', reopens: 0 },
    });
    account.pass(minute);
    account.simulator.resolve(id);
    expect(await read()).toMatchObject({ updated_at: '2026-11-02T10:00:00Z' });
    account.simulator.reopen(id);
    expect(await read()).toMatchObject({
      status: 'open',
      updated_at: '2026-11-02T10:01:00Z',
      metric_set: { reopens: 1 },
    });
    account.pass(minute);
    account.simulator.resolve(id);
    expect(await read()).toMatchObject({ metric_set: { solved_at: '2026-11-02T10:02:00Z' } });
    expect(() => account.simulator.resolve('42')).toThrow('no ticket');
  });
});

describe('an update', () => {
  const put = (path: string, body: object) => account.call('PUT', `/api/v2/tickets/${path}`, body);

  it('adds and removes tags one by one, and moves the time of the last change', async () => {
    const id = openTicket();
    await put(`${id}/tags`, { tags: ['vip', 'late'] });
    account.pass(minute);
    expect((await put(`${id}/tags`, { tags: ['vip', 'new'] })).body).toEqual({ tags: ['late', 'new', 'vip'] });
    const removed = await account.call('DELETE', `/api/v2/tickets/${id}/tags?tags=late`, { tags: ['late', 'never'] });
    expect([removed.status, removed.body]).toEqual([200, { tags: ['new', 'vip'] }]);
    const { body } = await account.call('GET', `/api/v2/tickets/${id}`);
    expect(body.ticket).toMatchObject({ tags: ['new', 'vip'], updated_at: '2026-11-02T10:01:00Z', status: 'open' });
    expect((await put(`${id}/tags`, { tags: ['two words'] })).status).toBe(400);
  });

  it('adds comments, which are public unless they say otherwise', async () => {
    const id = openTicket();
    await put(id, { ticket: { comment: { body: 'Sorry!' } } });
    await put(id, { ticket: { comment: { body: 'A hard one', public: false } } });
    const { body } = await account.call('GET', `/api/v2/tickets/${id}/comments?page[size]=1`);
    expect(body).toMatchObject({ comments: [{ body: 'Sorry!', public: true }], meta: { has_more: true } });
    expect(account.simulator.marks?.(id)).toEqual({ tags: [], notes: ['A hard one'] });
    expect((await put(id, { ticket: { status: 'open' } })).status).toBe(400);
  });

  it('is refused on a closed ticket, and on one that is gone', async () => {
    const [closed, removed] = [openTicket(), openTicket()];
    account.simulator.close(closed);
    account.simulator.removeTicket?.(removed);
    expect((await put(`${closed}/tags`, { tags: ['late'] })).status).toBe(422);
    expect((await put(`${removed}/tags`, { tags: ['late'] })).status).toBe(404);
    expect((await account.call('GET', `/api/v2/tickets/${removed}`)).status).toBe(404);
  });

  it('is allowed thirty times in ten minutes', async () => {
    const [id, other] = [openTicket(), openTicket()];
    for (let time = 0; time < 30; time += 1) {
      expect((await put(`${id}/tags`, { tags: [`t${time}`] })).status).toBe(200);
    }
    const refused = await put(`${id}/tags`, { tags: ['late'] });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '600']);
    expect((await put(`${other}/tags`, { tags: ['late'] })).status).toBe(200);
    account.pass(10 * minute);
    expect((await put(`${id}/tags`, { tags: ['late'] })).status).toBe(200);
  });
});

describe('the export', () => {
  const read = (query: string) => account.call('GET', `/api/v2/incremental/tickets/cursor.json?${query}`);
  const unix = (ago: number) => Math.floor((account.now().getTime() - ago) / 1000);

  it('gives changed tickets in order, page by page, and never the last minute', async () => {
    const [first, second] = [openTicket('first'), openTicket('second')];
    account.pass(minute);
    account.simulator.resolve(first);
    const start = await read(`start_time=${unix(2 * minute)}&include=users`);
    expect(start.body).toMatchObject({ tickets: [{ id: Number(second) }], users: [{}, {}], end_of_stream: true });
    account.pass(minute);
    const page = await read(`start_time=${unix(3 * minute)}&per_page=1`);
    expect(page.body).toMatchObject({ tickets: [{ id: Number(second) }], end_of_stream: false });
    const rest = await read(`cursor=${page.body.after_cursor}`);
    expect(rest.body).toMatchObject({ tickets: [{ id: Number(first), status: 'solved' }], end_of_stream: true });
    account.simulator.reopen(first);
    const nothing = await read(`cursor=${rest.body.after_cursor}`);
    expect(nothing.body).toMatchObject({ tickets: [], end_of_stream: true, after_cursor: rest.body.after_cursor });
    account.pass(minute);
    const later = await read(`cursor=${nothing.body.after_cursor}`);
    expect(later.body).toMatchObject({ tickets: [{ id: Number(first), status: 'open' }] });
  });

  it('leaves out the tickets of AI agents unless it is asked for them', async () => {
    const [agents, ai] = (['agent', 'ai_agent'] as const).map((supportType) =>
      account.simulator.addTicket({ requesterId: requester, subject: 'A lamp', supportType }),
    );
    account.pass(2 * minute);
    const start = Math.floor(account.now().getTime() / 1000) - 600;
    const exported = async (more: string) => {
      const path = `/api/v2/incremental/tickets/cursor?start_time=${start}${more}`;
      const { status, body } = await account.call('GET', path);
      return status === 200 ? (body.tickets as { id: number }[]).map(({ id }) => String(id)) : status;
    };
    expect(await exported('')).toEqual([agents]);
    expect(await exported('&support_type_scope=ai_agent')).toEqual([ai]);
    expect(await exported('&support_type_scope=all')).toEqual([agents, ai]);
    expect(await exported('&support_type_scope=users')).toBe(400);
  });

  it('begins at a time that is a minute old, or at a cursor', async () => {
    const tooRecent = await read(`start_time=${unix(minute - 1000)}`);
    expect([tooRecent.status, tooRecent.body.error]).toEqual([400, 'StartTimeTooRecent']);
    const { body } = await read(`start_time=${unix(minute)}`);
    expect(body).toMatchObject({ tickets: [], end_of_stream: true });
    for (const query of [
      '',
      `start_time=0&cursor=${body.after_cursor}`,
      'cursor=made-up',
      'start_time=0&per_page=1001',
    ]) {
      expect((await read(query)).status).toBe(400);
    }
  });
});
