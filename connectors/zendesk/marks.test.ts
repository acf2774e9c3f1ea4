import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TicketMark } from '../../src/connector.ts';
import { recordFields } from '../../src/model/crm-field-definitions.ts';
import { UpstreamBusy } from '../../src/model/errors.ts';
import { singly } from '../../test/contract/singly.ts';
import { witnessingTools } from '../../test/contract/tools.ts';
import { untilEnded } from '../../test/contract/until-ended.ts';
import { type Desk, startDesk } from './fixtures/desk.ts';
import { openLocalVendor } from './fixtures/local-vendor.ts';
import { zendesk } from './index.ts';
import { everyTag } from './marks.ts';
import { optionValue } from './values.ts';

let desk: Desk;
let ticket: string;
beforeEach(async () => {
  desk = await startDesk();
  const recordId = desk.simulator.addContact({ name: 'Kim', email: 'kim@customer.example' });
  ticket = desk.simulator.addTicket({ requesterId: recordId, subject: 'A lamp' });
  desk.simulator.resolve(ticket);
});
afterEach(async () => {
  expect(desk.tools.breaches).toEqual([]);
  await desk.stop();
});

const answer = (more: Partial<TicketMark> = {}): TicketMark => ({
  id: ticket,
  metric: 'nps',
  rating: 9,
  scale: 10,
  category: 'promoter',
  comment: 'Quick and kind',
  answeredAt: new Date('2026-11-22T10:00:00Z'),
  note: false,
  ...more,
});

const tags = () => desk.simulator.marks?.(ticket)?.tags;
const notes = () => desk.simulator.marks?.(ticket)?.notes as string[];
const standing = { id: 1, status: 'solved', tags: [], updated_at: '2026-11-22T10:00:00Z' };
const writes = () => desk.simulator.requests.filter(({ method }) => method !== 'GET' && method !== 'POST');

/** Marks ticket 1 in a Zendesk that answers as it was told to. */
async function markAt(url: string) {
  const apiToken = { ZENDESK_EMAIL: 'admin@example.com', ZENDESK_API_TOKEN: 'made-up-token' };
  const settings = zendesk.settings.parse({ ...apiToken, ZENDESK_BASE_URL: url });
  const { tickets } = zendesk.connect(settings, witnessingTools());
  return tickets ? singly(tickets).mark(answer({ id: '1' })) : expect.unreachable();
}

describe('the tags of an answer', () => {
  it('stand beside the tags of others, and the status stays', async () => {
    await desk.call('PUT', `/tickets/${ticket}/tags`, { tags: ['vip', 'feedback_requested'] });
    expect(await desk.tickets.mark(answer())).toEqual({ result: 'marked' });
    expect(tags()).toEqual(['feedback_answered', 'feedback_promoter', 'feedback_requested', 'vip']);
    expect(await desk.tickets.find(ticket)).toMatchObject({ state: 'resolved' });
    expect(notes()).toEqual([]);
  });

  it('are never tags that a chosen option gives a user, which Zendesk copies onto their new tickets', async () => {
    const options = recordFields.flatMap((field) =>
      field.type === 'choice' ? field.options.map(({ value }) => optionValue(field.key, value)) : [],
    );
    expect(new Set(options).size).toBe(options.length);
    expect(options.filter((option) => everyTag.includes(option))).toEqual([]);
    expect(options).toContain('change_answered');

    await desk.provisioning.ensure({ webhookUrl: desk.webhookUrl });
    const id = desk.simulator.addContact({ name: 'Lee' });
    const values = { nps_latest_rating: 9, nps_latest_category: 'promoter', feedback_last_change: 'answered' };
    await desk.contacts.writeFields([{ id, values }]);
    const next = desk.simulator.addTicket({ requesterId: id, subject: 'Another lamp' });
    expect((await desk.tickets.find(next))?.tags).toEqual(['change_answered', 'nps_promoter']);
  });

  it('are taken from a follow-up that inherited them', async () => {
    await desk.tickets.mark(answer());
    desk.simulator.close(ticket);
    const recordId = desk.simulator.addContact({ name: 'Lee' });
    const next = desk.simulator.addTicket({ requesterId: recordId, subject: 'Still no light', followsUp: ticket });
    expect((await desk.tickets.find(next))?.tags).toEqual(['feedback_answered', 'feedback_promoter']);
    expect(await desk.tickets.unmark(next)).toEqual({ result: 'unmarked' });
    expect((await desk.tickets.find(next))?.tags).toEqual([]);
  });

  it('are not set over a change that another program makes at that moment', async () => {
    await using vendor = await openLocalVendor([
      { status: 200, body: { tickets: [{ ...standing, tags: ['vip'] }] } },
      { status: 409, body: { error: 'UpdateConflict' } },
    ]);
    const failure = await markAt(vendor.url).catch((caught: unknown) => caught);
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ concerns: 'request', outcome: 'not_done' });
    const [id, stale] = [Number(ticket), '2020-01-01T00:00:00Z'];
    const change = { tags: ['lost'], safe_update: true, updated_stamp: stale };
    expect(await desk.call('PUT', `/tickets/${id}`, { ticket: change })).toMatchObject({ error: 'UpdateConflict' });
    expect(tags()).toEqual([]);
  });

  it('are written by the hundred, each ticket with an outcome of its own', async () => {
    const recordId = desk.simulator.addContact({ name: 'Lee' });
    const [open, closed] = ['one', 'two'].map((subject) =>
      desk.simulator.addTicket({ requesterId: recordId, subject }),
    );
    desk.simulator.close(closed ?? '');
    const marks = [open, closed, '4711'].map((id) => answer({ id: id ?? '' }));
    expect(await desk.ticketBatches.mark(marks)).toMatchObject([
      { id: open, result: 'marked' },
      { id: closed, result: 'refused' },
      { id: '4711', result: 'gone' },
    ]);
    const reads = desk.simulator.requests.filter(({ method, path }) => method === 'GET' && path.includes('/tickets'));
    expect(reads).toHaveLength(1);
  });

  it('change with the answer, and only those of its metric', async () => {
    await desk.call('PUT', `/tickets/${ticket}/tags`, { tags: ['feedback_positive'] });
    await desk.tickets.mark(answer());
    await desk.tickets.mark(answer({ rating: 3, category: 'detractor' }));
    expect(tags()).toEqual(['feedback_answered', 'feedback_detractor', 'feedback_positive']);
    await desk.tickets.mark(answer({ metric: 'csat', scale: 5, rating: 1, category: 'negative' }));
    expect(tags()).toEqual(['feedback_answered', 'feedback_detractor', 'feedback_negative']);
    // Each answer is one update: no trigger sees a ticket between two of them.
    expect(writes().map(({ path }) => path)).toHaveLength(4);
  });

  it('are written also where Zendesk answers with nothing', async () => {
    await using vendor = await openLocalVendor([
      { status: 200, body: { tickets: [{ ...standing, tags: ['feedback_passive'] }] } },
      { status: 204 },
    ]);
    expect(await markAt(vendor.url)).toEqual({ result: 'marked' });
    expect(vendor.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/v2/tickets/show_many?ids=1&include=metric_sets',
      'PUT /api/v2/tickets/1',
    ]);
  });

  it('are not written twice', async () => {
    await desk.tickets.mark(answer());
    await desk.tickets.mark(answer());
    expect(writes()).toHaveLength(1);
  });
});

describe('the marks of many tickets', () => {
  const calls = (path: string) => desk.simulator.requests.filter((request) => request.path.includes(path));
  const several = (count: number) => {
    const recordId = desk.simulator.addContact({ name: 'Lee' });
    return Array.from({ length: count }, (_, place) =>
      desk.simulator.addTicket({ requesterId: recordId, subject: `${place}` }),
    );
  };
  const tagsOf = (id = '') => desk.simulator.marks?.(id)?.tags;
  const ended = () => untilEnded(desk.ticketBatches, desk.passes);
  const allMarked = (ids: readonly string[]) => ids.map((id) => ({ id, result: 'marked' }));

  it('are a job: queued, under way, then done, and told to whoever asks again', async () => {
    const ids = several(3);
    const marks = ids.map((id) => answer({ id }));
    const ask = async () => (await desk.ticketBatches.mark(marks)).map(({ result }) => result);
    for (const wait of [0, 200]) {
      desk.passes(wait);
      expect(await desk.ticketBatches.mark(marks)).toMatchObject(
        ids.map((id) => ({ id, result: 'unfinished', ...(wait > 0 ? { retryAfter: 1000 } : {}) })),
      );
      expect(tagsOf(ids[0])).toEqual([]);
    }
    desk.passes(1000);
    expect(await ask()).toEqual(['marked', 'marked', 'marked']);
    expect(tagsOf(ids[2])).toEqual(['feedback_answered', 'feedback_promoter']);
    expect(calls('/update_many')).toMatchObject([
      { body: { ticket: { additional_tags: ['feedback_answered', 'feedback_promoter'] } } },
    ]);
    expect(calls('/job_statuses/show_many')).toHaveLength(2);
    expect(await ask()).toEqual(['marked', 'marked', 'marked']);
    expect(writes()).toHaveLength(1);
  });

  it('of 1,000 tickets in three categories take at most 50 calls, and so does taking them away', async () => {
    const ids = several(1000);
    const named = ['promoter', 'passive', 'detractor'] as const;
    const marks = ids.map((id, place) => answer({ id, category: named[place % 3] ?? 'promoter' }));
    const batches = Array.from({ length: 10 }, (_, batch) => batch * 100);
    const round = async <T>(work: (from: number) => Promise<T>) => {
      const results: T[] = [];
      for (const from of batches) results.push(await work(from));
      return results;
    };
    const before = desk.simulator.requests.length;
    const mark = (from: number) => desk.ticketBatches.mark(marks.slice(from, from + 100));
    await round(mark);
    desk.passes(1000);
    expect((await round(mark)).flat()).toEqual(allMarked(ids));
    const marked = desk.simulator.requests.length - before;
    expect(marked).toBeLessThanOrEqual(50);
    expect(tagsOf(ids[999])).toEqual(['feedback_answered', 'feedback_promoter']);

    desk.passes(60_000);
    const unmark = (from: number) => desk.ticketBatches.unmark(ids.slice(from, from + 100));
    await round(unmark);
    desk.passes(1000);
    expect(new Set((await round(unmark)).flat().map(({ result }) => result))).toEqual(new Set(['unmarked']));
    expect(desk.simulator.requests.length - before - marked).toBeLessThanOrEqual(50);
    expect(tagsOf(ids[0])).toEqual([]);
  });

  it('lose no tag that another program sets while the job waits', async () => {
    const ids = several(2);
    await desk.ticketBatches.mark(ids.map((id) => answer({ id })));
    await desk.call('PUT', `/tickets/${ids[0]}/tags`, { tags: ['vip'] });
    desk.passes(1000);
    expect(await ended().mark(ids.map((id) => answer({ id })))).toEqual(allMarked(ids));
    expect(tagsOf(ids[0])).toEqual(['feedback_answered', 'feedback_promoter', 'vip']);
  });

  it('are refused or gone for those that close or go before the job comes to them, and stand on the others', async () => {
    const [closing, going, merging, staying] = several(4);
    const marks = [closing, going, merging, staying].map((id = '') => answer({ id }));
    await desk.ticketBatches.mark(marks);
    desk.simulator.close(closing ?? '');
    desk.simulator.removeTicket?.(going ?? '');
    desk.simulator.mergeTickets?.(merging ?? '', staying ?? '');
    desk.passes(1000);
    const outcomes = new Map((await desk.ticketBatches.mark(marks)).map((outcome) => [outcome.id, outcome]));
    expect(outcomes.get(closing ?? '')).toMatchObject({
      result: 'refused',
      why: { code: 'locked', params: { kind: 'closed' } },
    });
    expect(outcomes.get(going ?? '')).toMatchObject({ result: 'gone' });
    expect(outcomes.get(merging ?? '')).toMatchObject({ result: 'gone' });
    expect(outcomes.get(staying ?? '')).toMatchObject({ result: 'marked' });
  });

  it('are looked at anew by a process that knows of no job, and do no harm twice', async () => {
    const ids = several(2);
    const marks = ids.map((id) => answer({ id }));
    await desk.ticketBatches.mark(marks);
    const other = desk.connect();
    expect((await other.ticketBatches.mark(marks)).map(({ result }) => result)).toEqual(['unfinished', 'unfinished']);
    desk.passes(1000);
    expect(await desk.connect().ticketBatches.mark(marks)).toEqual(allMarked(ids));
    expect(await other.ticketBatches.mark(marks)).toEqual(allMarked(ids));
  });

  it('wait, and are held against no ticket, while Zendesk has no place for another job', async () => {
    const fields = { user_fields: {} };
    const recordId = desk.simulator.addContact({ name: 'Max' });
    const job = () => desk.call('PUT', '/users/update_many', { users: [{ id: Number(recordId), ...fields }] });
    for (let count = 0; count < 30; count += 1) await job();
    const ids = several(2);
    const marks = ids.map((id) => answer({ id }));
    expect((await desk.ticketBatches.mark(marks)).map(({ result }) => result)).toEqual(['unfinished', 'unfinished']);
    expect(calls('/tickets/update_many')).toMatchObject([{ status: 429 }]);
    desk.passes(1000);
    expect(await ended().mark(marks)).toEqual(allMarked(ids));
  });

  it('are asked about ever more rarely, and count as a failure when Zendesk gives the job up', async () => {
    await using vendor = await openLocalVendor([
      { status: 200, body: { tickets: [standing, { ...standing, id: 2 }] } },
      { status: 200, body: { job_status: { id: 'a', status: 'queued', results: null } } },
      { status: 200, body: { job_statuses: [{ id: 'a', status: 'working', results: null }] } },
      { status: 200, body: { job_statuses: [{ id: 'a', status: 'killed', results: null }] } },
      { status: 200, body: { tickets: [standing, { ...standing, id: 2 }] } },
    ]);
    const apiToken = { ZENDESK_EMAIL: 'admin@example.com', ZENDESK_API_TOKEN: 'made-up-token' };
    const tools = { ...witnessingTools(), clock: desk.clock };
    const { tickets } = zendesk.connect(zendesk.settings.parse({ ...apiToken, ZENDESK_BASE_URL: vendor.url }), tools);
    const mark = () => tickets?.mark?.(['1', '2'].map((id) => answer({ id })));
    await mark();
    desk.passes(20_000);
    expect(await mark()).toMatchObject([{ result: 'unfinished', retryAfter: 20_000 }, { result: 'unfinished' }]);
    expect(await mark()).toMatchObject([{ result: 'busy' }, { result: 'busy' }]);
  });
});

describe('the note about an answer', () => {
  it('is for the agents, and tells rating and comment', async () => {
    await desk.tickets.mark(answer({ note: true }));
    expect(notes()).toEqual([expect.stringMatching(/9 of 10 \(promoter\)[\s\S]*Quick and kind/u)]);
    expect(await desk.call('GET', `/tickets/${ticket}/comments`)).toMatchObject({ comments: [{ public: false }] });
  });

  it('is written once an answer, also by a process that knows nothing of the first', async () => {
    await desk.tickets.mark(answer({ note: true }));
    await desk.tickets.mark(answer({ note: true }));
    await desk.connect().tickets.mark(answer({ note: true }));
    expect(notes()).toHaveLength(1);
    await desk.tickets.mark(answer({ note: true, rating: 10, answeredAt: new Date('2026-11-22T10:05:00Z') }));
    expect(notes()).toHaveLength(2);
  });

  it('is not lost when its tags are there already', async () => {
    desk.simulator.disturb({ kind: 'fail', path: '/comments', times: 1 });
    await expect(desk.tickets.mark(answer({ note: true }))).rejects.toBeInstanceOf(UpstreamBusy);
    await desk.tickets.mark(answer());
    expect(tags()).toEqual(['feedback_answered', 'feedback_promoter']);
    await desk.tickets.mark(answer({ note: true }));
    expect(notes()).toHaveLength(1);
  });
});

describe('a ticket that cannot be marked', () => {
  it('because it is closed is refused, with the reason', async () => {
    desk.simulator.close(ticket);
    const outcome = await desk.tickets.mark(answer({ note: true }));
    expect(outcome).toMatchObject({ result: 'refused', why: { code: 'locked', params: { kind: 'closed' } } });
    expect(writes()).toEqual([]);
  });

  it('because it closes in that moment is refused as well, and stops nothing else', async () => {
    const details = { status: [{ description: 'Status: closed prevents ticket update', error: 'InvalidValue' }] };
    await using vendor = await openLocalVendor([
      { status: 200, body: { tickets: [standing] } },
      { status: 422, body: { error: 'RecordInvalid', description: 'Record validation errors', details } },
    ]);
    const outcome = await markAt(vendor.url);
    expect(outcome).toMatchObject({
      result: 'refused',
      why: { code: 'failed', params: { why: { params: { said: expect.stringContaining('status') } } } },
    });
    expect(JSON.stringify(outcome)).not.toContain('prevents');
  });

  it('because it is deleted or merged away is gone', async () => {
    const recordId = desk.simulator.addContact({ name: 'Lee' });
    const [deleted, loser] = ['one', 'two'].map((subject) =>
      desk.simulator.addTicket({ requesterId: recordId, subject }),
    ) as [string, string];
    desk.simulator.removeTicket?.(deleted);
    desk.simulator.mergeTickets?.(loser, ticket);
    expect(await desk.tickets.mark(answer({ id: deleted }))).toEqual({ result: 'gone' });
    expect(await desk.tickets.mark(answer({ id: loser }))).toEqual({ result: 'gone' });
    expect(await desk.tickets.mark(answer({ id: '4711' }))).toEqual({ result: 'gone' });
  });
});

describe('too many updates of one ticket', () => {
  const flip = async (times: number) => {
    for (let time = 0; time < times; time += 1)
      await desk.tickets.mark(time % 2 === 0 ? answer() : answer({ rating: 0, category: 'detractor' }));
  };

  it('are never sent: this ticket waits, and no other', async () => {
    await flip(29);
    const sent = writes().length;
    const failure = await flip(3).catch((caught: unknown) => caught);
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ concerns: 'request', retryAfter: 600_000, outcome: 'not_done' });
    expect(sent).toBe(29);
    expect(writes()).toHaveLength(30);
    expect(writes().filter(({ status }) => status === 429)).toEqual([]);

    const recordId = desk.simulator.addContact({ name: 'Lee' });
    const other = desk.simulator.addTicket({ requesterId: recordId, subject: 'Another lamp' });
    expect(await desk.tickets.mark(answer({ id: other }))).toEqual({ result: 'marked' });
    desk.passes(600_000);
    expect(await desk.tickets.mark(answer())).toEqual({ result: 'marked' });
    expect(tags()).toEqual(['feedback_answered', 'feedback_promoter']);
  });

  it('by another program are heard from Zendesk, with its wait', async () => {
    for (let time = 0; time < 30; time += 1) await desk.call('PUT', `/tickets/${ticket}/tags`, { tags: [`t${time}`] });
    const failure = await desk.tickets.mark(answer()).catch((caught: unknown) => caught);
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ concerns: 'request', retryAfter: 600_000 });
  });
});
