import { describe, expect, it } from 'vitest';
import { recordFields } from '../../src/model/crm-field-definitions.ts';
import { plainFinding } from '../../src/model/messages/finding.ts';
import { singly } from '../../test/contract/singly.ts';
import { describeConnector } from '../../test/contract/suite.ts';
import { now, witnessingTools } from '../../test/contract/tools.ts';
import { mockHttp } from '../../test/http-mock.ts';
import { harness } from './fixtures/harness.ts';
import { fieldBody } from './fixtures/provisioning-harness.ts';
import ticket from './fixtures/ticket.json' with { type: 'json' };
import { tom } from './fixtures/tickets-harness.ts';
import { contactBody, json, origin, refusedBody } from './fixtures/vendor.ts';
import { freshdesk } from './index.ts';
import { webhooks } from './webhooks.ts';

describeConnector(harness);

const ann = { id: '42', email: 'ann@example.com', name: 'Ann' };
const vendor = mockHttp();
const api = () => vendor().at(origin);

function connect() {
  const { tickets, contacts, provisioning, webhookSecrets } = freshdesk.connect(
    freshdesk.settings.parse(harness.environment),
    witnessingTools(),
  );
  if (!tickets || !contacts || !provisioning) throw new Error('Freshdesk has lost a capability.');
  return { tickets: singly(tickets), contacts, provisioning, webhookSecrets };
}

describe('settings', () => {
  const given = (environment: object) => freshdesk.settings.safeParse({ ...harness.environment, ...environment });

  it('take a domain, and no address', () => {
    expect(given({ FRESHDESK_DOMAIN: ' Acme.Freshdesk.com ' }).data?.FRESHDESK_DOMAIN).toBe('acme.freshdesk.com');
    for (const other of ['https://acme.freshdesk.com', 'acme', 'acme.freshdesk.com/support']) {
      expect(given({ FRESHDESK_DOMAIN: other }).success, other).toBe(false);
    }
  });

  it('take no secret that could be guessed, and several while it is changed', async () => {
    expect(given({ FRESHDESK_WEBHOOK_SECRET: 'long-enough-to-be-safe,short' }).success).toBe(false);
    expect(await connect().webhookSecrets?.()).toEqual(['made-up-webhook-secret', 'made-up-older-secret']);
  });

  it('make a connection without a secret, too', () => {
    expect(
      freshdesk.connects(freshdesk.settings.parse({ ...harness.environment, FRESHDESK_WEBHOOK_SECRET: undefined })),
    ).toBe(true);
  });
});

describe('a notice', () => {
  const read = (change: object) =>
    webhooks.read(Buffer.from(JSON.stringify({ type: 'ticket.changed', ticket_id: 7, happened_at: '', ...change })));

  it('is given of a deleted ticket', () => {
    expect(read({ type: 'ticket.deleted' }).events).toMatchObject([{ kind: 'ticket.deleted', objectId: '7' }]);
  });

  it('makes us look even where its time is written in a way of its own', () => {
    const { events } = read({ happened_at: 'Sun, 22 Nov 2026 at 9:45 AM' });
    expect(events).toMatchObject([{ kind: 'ticket.changed', happenedAt: new Date(0) }]);
  });

  it('tells two changes of status within one minute apart', () => {
    const [open, resolved] = ['Open', 'Resolved'].map((status) => read({ status, happened_at: '9:45' }).events[0]?.key);
    expect(open).not.toBe(resolved);
  });

  it('is not read from a placeholder that nothing has filled', () => {
    expect(() => read({ ticket_id: '{{ticket.id}}' })).toThrow(
      expect.objectContaining({ code: 'invalid_event', params: { kind: 'form' } }),
    );
  });
});

describe('tickets', () => {
  const answering = (body: object) =>
    api().get('/api/v2/tickets/5158').query({ include: 'stats' }).reply(200, body, json);
  const arrangeContacts = () => {
    api().get(`/api/v2/contacts/${ticket.requester_id}`).reply(200, contactBody(ann), json);
    api().get(`/api/v2/agents/${tom.id}`).reply(200, tom, json);
  };

  it.each([
    ['open in every status that an account has added', { status: 6 }, { state: 'open' }],
    ['resolved once they are closed', { status: 5 }, { state: 'resolved' }],
    ['gone once they are deleted', { deleted: true }, { state: 'gone' }],
    ['spam once they are marked as such', { spam: true }, { spam: true }],
    [
      'resolved when they were closed, if nobody resolved them',
      { status: 5, stats: { resolved_at: null, closed_at: '2026-11-22T09:00:00Z', first_responded_at: null } },
      { resolvedAt: new Date('2026-11-22T09:00:00Z'), publicReplies: 0 },
    ],
  ])('are %s', async (_what, change, expected) => {
    answering({ ...ticket, ...change });
    arrangeContacts();
    expect(await connect().tickets.find('5158')).toMatchObject(expected);
  });

  it('that were reopened keep no time of resolution', async () => {
    answering({ ...ticket, status: 2 });
    arrangeContacts();
    expect(await connect().tickets.find('5158')).not.toHaveProperty('resolvedAt');
  });

  it.each([
    ['outbound email', 10],
    ['phone', 3],
    ['chat', 7],
    ['of a source that is new to us', 99],
  ])('tell nothing of replies where the team answers otherwise: %s', async (_source, source) => {
    const stats = { ...ticket.stats, first_responded_at: null };
    answering({ ...ticket, source, stats });
    arrangeContacts();
    expect(await connect().tickets.find('5158')).not.toHaveProperty('publicReplies');
  });

  it.each([
    ['a rule where nobody was assigned and nobody has written', { responder_id: null }, null, 'automation'],
    ['whoever is assigned, though they never wrote', {}, null, 'human_agent'],
    [
      'nobody can tell who where somebody wrote and nobody is assigned',
      { responder_id: null },
      '2026-11-22T09:00:00Z',
      undefined,
    ],
  ])('were handled by %s', async (_who, change, firstResponded, handler) => {
    answering({ ...ticket, ...change, stats: { ...ticket.stats, first_responded_at: firstResponded } });
    api().get(`/api/v2/contacts/${ticket.requester_id}`).reply(200, contactBody(ann), json);
    api().get(`/api/v2/agents/${tom.id}`).optionally().reply(200, tom, json);
    expect((await connect().tickets.find('5158'))?.handler).toBe(handler);
  });

  it('are shown whatever Freshdesk sends in what only describes them', async () => {
    const odd = [null, 0, -1.5, true, '', '\0', '\uD800', [], [7], {}, { a: {} }];
    for (const value of odd) {
      answering({
        ...ticket,
        subject: value,
        priority: value,
        source: value,
        tags: value,
        stats: value,
        created_at: value,
      });
      arrangeContacts();
      expect(await connect().tickets.find('5158'), JSON.stringify(value)).toMatchObject({
        id: '5158',
        state: 'resolved',
      });
    }
  });

  it('that cannot be read do not stop a poll', async () => {
    const since = new Date(now.getTime() - 3_600_000);
    const rows = [{ id: 7, status: 4, updated_at: '2026-11-22T09:45:20Z' }, null, { status: 4 }, { id: {}, status: 4 }];
    api().get('/api/v2/tickets').query(true).reply(200, rows, json);
    expect((await connect().tickets.changedSince(since)).changes.map(({ id }) => id)).toEqual(['7']);
  });

  it('may be asked by an agent', async () => {
    answering({ ...ticket, requester_id: tom.id });
    api().get(`/api/v2/contacts/${tom.id}`).reply(404, '', json);
    api().get(`/api/v2/agents/${tom.id}`).reply(200, tom, json);
    const found = await connect().tickets.find('5158');
    expect(found?.requester).toMatchObject({ id: String(tom.id), name: 'Tom Agent', staff: true });
  });

  it('come without the name of an agent whom the key may not see', async () => {
    answering(ticket);
    api().get(`/api/v2/contacts/${ticket.requester_id}`).reply(200, contactBody(ann), json);
    api().get(`/api/v2/agents/${tom.id}`).reply(403, { code: 'access_denied' }, json);
    expect((await connect().tickets.find('5158'))?.agent).toEqual({ id: String(tom.id) });
  });

  it('that changed in one second and fill a page are paged through', async () => {
    const since = new Date(now.getTime() - 600_000);
    const crowd = Array.from({ length: 100 }, (_, id) => ({ id, status: 2, updated_at: since.toISOString() }));
    const list = api().get('/api/v2/tickets');
    list.query(({ page }) => page === '1').reply(200, crowd, json);
    api()
      .get('/api/v2/tickets')
      .query(({ page }) => page === '2')
      .reply(200, [], json);
    const { tickets } = connect();
    const first = await tickets.changedSince(since);
    expect(await tickets.changedSince(since, first.cursor)).toMatchObject({ changes: [], more: false });
  });
});

describe('contacts', () => {
  const write = ['42', '43', '44'].map((id) => ({ id, values: { nps_latest_rating: 9 } }));
  const put = (id: string, values: Record<string, string | number> = { nps_latest_rating: 9 }) =>
    api().put(`/api/v2/contacts/${id}`, { custom_fields: values });
  const throttled = { ...json, 'retry-after': '20' };

  it('that are deleted are gone, and so are those that nobody may change', async () => {
    const { contacts } = connect();
    api()
      .get('/api/v2/contacts/42')
      .reply(200, contactBody(ann, { deleted: true }), json);
    expect(await contacts.find({ ids: ['42'] })).toEqual([]);
    put('42').reply(405, { message: 'method not allowed' }, json);
    expect(await contacts.writeFields(write.slice(0, 1))).toEqual({ outcomes: [{ id: '42', result: 'gone' }] });
  });

  it('are found by their other addresses where Freshdesk gives them', async () => {
    const body = contactBody(ann, { other_emails: ['Ann@example.org'] });
    api().get('/api/v2/contacts').query({ email: 'ann@example.org' }).reply(200, [body], json);
    const emails = [
      { address: 'ann@example.com', verified: true },
      { address: 'Ann@example.org', verified: false },
    ];
    expect(await connect().contacts.find({ emails: ['ann@example.org'] })).toMatchObject([{ id: '42', emails }]);
  });

  it('behind one that was throttled are left for later, and what was written stays written', async () => {
    put('42').reply(200, contactBody(ann), json);
    put('43').reply(429, '', throttled);
    expect((await connect().contacts.writeFields(write)).outcomes).toEqual([
      { id: '42', result: 'written' },
      { id: '43', result: 'busy', retryAfter: 20_000 },
      { id: '44', result: 'busy', retryAfter: 20_000 },
    ]);
  });

  it('whose write may have happened are unknown', async () => {
    put('42').reply(200, contactBody(ann), json);
    put('43').reply(500, '', json);
    const { outcomes } = await connect().contacts.writeFields(write);
    expect(outcomes.map(({ result }) => result)).toEqual(['written', 'unknown', 'busy']);
  });

  it('are written by the names that Freshdesk has given our fields', async () => {
    const { contacts } = connect();
    api()
      .get('/api/v2/contacts/42')
      .reply(200, contactBody(ann, { custom_fields: { cf_nps_latest_rating: 3, shoe_size: 38 } }), json);
    expect((await contacts.readFields(['42'])).get('42')).toEqual({ nps_latest_rating: 3 });
    put('42', { cf_nps_latest_rating: 9 }).reply(200, contactBody(ann), json);
    expect((await contacts.writeFields(write.slice(0, 1))).outcomes).toMatchObject([{ result: 'written' }]);
  });

  it('stop the connection when our fields are no longer there, which can be repaired', async () => {
    put('42').reply(400, refusedBody('nps_latest_rating', 'invalid_field', 'Unexpected/invalid field'), json);
    await expect(connect().contacts.writeFields(write)).rejects.toMatchObject({
      concerns: 'connection',
      repairable: true,
      why: { code: 'freshdesk.fields_missing', params: { said: 'nps_latest_rating invalid_field' } },
    });
  });

  it('take no longer line than their field', async () => {
    const long = `${'x'.repeat(254)}🙂`;
    put('42', { nps_latest_agent: 'x'.repeat(254) }).reply(200, contactBody(ann), json);
    const { outcomes } = await connect().contacts.writeFields([{ id: '42', values: { nps_latest_agent: long } }]);
    expect(outcomes).toMatchObject([{ result: 'written' }]);
  });

  it('can be created, and are found where somebody was faster', async () => {
    const { contacts } = connect();
    const { id: _id, ...unsaved } = ann;
    api().post('/api/v2/contacts', unsaved).reply(201, contactBody(ann), json);
    expect(await contacts.create?.(unsaved)).toMatchObject(ann);
    api()
      .post('/api/v2/contacts', { name: ann.email, email: ann.email })
      .reply(409, refusedBody('email', 'duplicate_value', ann.email), json);
    api()
      .get('/api/v2/contacts')
      .query({ email: ann.email })
      .reply(200, [contactBody(ann)], json);
    expect(await contacts.create?.({ email: ann.email })).toMatchObject(ann);
  });
});

describe('provisioning', () => {
  const complete = recordFields.map((field) => fieldBody({ field }));
  const listing = (fields: readonly object[], page = 1) =>
    api()
      .get('/api/v2/contact_fields')
      .query({ page: String(page), per_page: '100' })
      .reply(200, fields, json);
  const others = Array.from({ length: 90 }, (_, index) => ({
    id: 9000 + index,
    name: `own_${index}`,
    type: 'custom_text',
  }));

  it('finds fields of ours on every page of a long list', async () => {
    const all = [...others, ...complete];
    listing(all.slice(0, 100));
    listing(all.slice(100), 2);
    expect((await connect().provisioning.check()).findings.filter(({ state }) => state !== 'fine')).toEqual([]);
  });

  it('ends where Freshdesk answers every page with the same whole list', async () => {
    const all = [...others, ...complete];
    for (const page of [1, 2]) listing(all, page);
    expect((await connect().provisioning.check()).findings.filter(({ state }) => state !== 'fine')).toEqual([]);
  });

  it('looks at a dropdown by itself where the list does not tell its choices', async () => {
    const [trend] = complete.filter(({ name }) => name === 'nps_trend');
    listing(complete.map((field) => (field === trend ? { ...field, choices: undefined } : field)));
    api().get(`/api/v2/contact_fields/${trend?.id}`).reply(200, trend, json);
    expect((await connect().provisioning.check()).findings.filter(({ state }) => state !== 'fine')).toEqual([]);
  });

  it('labels a field so that its name becomes our key, and hides it from customers', async () => {
    listing(complete.filter(({ name }) => name !== 'csat_latest_scale'));
    const label = 'CSAT latest scale';
    const body = {
      label,
      label_for_customers: label,
      type: 'custom_number',
      position: complete.length,
      displayed_for_customers: false,
      customers_can_edit: false,
    };
    api()
      .post('/api/v2/contact_fields', body)
      .reply(201, { id: 1, name: 'csat_latest_scale', type: 'custom_number' }, json);
    const { findings } = await connect().provisioning.ensure({});
    expect(findings).toContainEqual(plainFinding({ kind: 'field', field: 'csat_latest_scale' }, 'created'));
  });

  it('says so when Freshdesk calls a new field something else', async () => {
    listing(complete.filter(({ name }) => name !== 'csat_latest_scale'));
    api().post('/api/v2/contact_fields').reply(201, { id: 1, name: 'latest_scale_1', type: 'custom_number' }, json);
    const { findings } = await connect().provisioning.ensure({});
    expect(findings).toContainEqual({
      about: { kind: 'field', field: 'csat_latest_scale' },
      state: 'blocked',
      code: 'freshdesk.field_renamed',
      params: { name: 'latest_scale_1' },
    });
  });

  it('reports one field that is refused, and goes on', async () => {
    listing(complete.filter(({ name }) => name !== 'nps_latest_rating' && name !== 'csat_latest_scale'));
    api()
      .post('/api/v2/contact_fields')
      .reply(400, refusedBody('label', 'duplicate_value', 'taken'), json);
    api().post('/api/v2/contact_fields').reply(201, { id: 1, name: 'csat_latest_scale', type: 'custom_number' }, json);
    const { findings } = await connect().provisioning.ensure({});
    expect(findings.filter(({ state }) => state !== 'fine')).toMatchObject([
      { about: { kind: 'field', field: 'nps_latest_rating' }, state: 'blocked' },
      { about: { kind: 'field', field: 'csat_latest_scale' }, state: 'created' },
    ]);
  });
});
