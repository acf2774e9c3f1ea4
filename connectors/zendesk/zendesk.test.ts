import { describe, expect, it } from 'vitest';
import { accountFields } from '../../src/model/account-fields.ts';
import { UntrustedWebhook } from '../../src/model/errors.ts';
import { sign } from '../../src/model/signature.ts';
import { describeConnector } from '../../test/contract/suite.ts';
import { now, witnessingTools } from '../../test/contract/tools.ts';
import { mockHttp } from '../../test/http-mock.ts';
import { harness } from './fixtures/harness.ts';
import statusChanged from './fixtures/status-changed.json' with { type: 'json' };
import { json, notFound, origin, userBody } from './fixtures/vendor.ts';
import { zendesk } from './index.ts';
import { readOutcomes } from './job-statuses.ts';
import { job } from './schema.ts';
import { createSingleWrites } from './single-writes.ts';
import { fromUserFields, toUserFields } from './values.ts';
import { webhooks } from './webhooks.ts';

describeConnector(harness);

const ann = userBody({ id: '42', email: 'ann@example.com', name: 'Ann' });

function connect() {
  const tools = witnessingTools(harness.credentials);
  const { contacts } = zendesk.connect(zendesk.settings.parse(harness.environment), tools);
  if (!contacts) throw new Error('Zendesk has lost a capability.');
  return { contacts };
}

describe('the public test secret', () => {
  const secret = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';
  const signedAt = '2021-03-25T05:09:27Z';
  const rawEvent =
    '{"account_id":22129848,"event":{"current":"SOLVED","previous":"OPEN"},"id":"cbe4028c-7239-495d-b020-f22348516046","subject":"zen:ticket:5158","time":"2025-01-08T16:45:20.987654321Z","type":"zen:event-type:ticket.status_changed","zendesk_event_version":"2022-11-06"}';

  it.each([
    ['an event', rawEvent, '31GOKZBxWEefjheWGwKRqviQ5haLeNY/29Hf9AGOEpI='],
    ['nothing', '', 'wCdBvXaHttn0wRVIYctzZ9O6O0bnqWakJMEKZ9VoRWw='],
  ])('signs %s as Zendesk does, and proves nothing', (_what, body, signature) => {
    expect(sign(secret, signedAt, body)).toBe(signature);
    const headers = {
      'x-zendesk-webhook-signature': signature,
      'x-zendesk-webhook-signature-timestamp': signedAt,
    };
    const request = { method: 'POST', url: 'https://example.com/webhooks/zendesk', headers, body: Buffer.from(body) };
    expect(() => webhooks.verify(request, [secret], new Date(signedAt))).toThrow(UntrustedWebhook);
  });
});

describe('a notice', () => {
  const read = (change: object) => webhooks.read(Buffer.from(JSON.stringify({ ...statusChanged, ...change })));
  const status = (previous: string, current: string) => read({ event: { previous, current } }).events;
  const user = { subject: 'zen:user:42', detail: { id: '42', email: 'ann@example.com' } };

  it('is given of every change of status but the closing of what was solved', () => {
    expect(status('SOLVED', 'CLOSED')).toEqual([]);
    expect(status('solved', 'closed')).toEqual([]);
    for (const [previous, current] of [
      ['OPEN', 'SOLVED'],
      ['OPEN', 'CLOSED'],
      ['SOLVED', 'OPEN'],
      ['NEW', 'PENDING'],
    ])
      expect(status(`${previous}`, `${current}`)).toMatchObject([{ kind: 'ticket.changed', objectId: '5158' }]);
  });

  it.each([
    ['ticket.merged', 'ticket.merged'],
    ['ticket.soft_deleted', 'ticket.deleted'],
    ['ticket.permanently_deleted', 'ticket.deleted'],
    ['ticket.undeleted', 'ticket.changed'],
    ['ticket.requester_changed', 'ticket.changed'],
    ['ticket.custom_status_changed', 'ticket.changed'],
    ['ticket.marked_as_spam', 'ticket.deleted'],
  ])('of %s says %s', (type, kind) => {
    expect(read({ type: `zen:event-type:${type}` }).events).toMatchObject([{ kind, objectId: '5158' }]);
  });

  it.each([
    ['user.merged', {}, 'contact.merged'],
    ['user.deleted', {}, 'contact.deleted'],
    ['user.custom_field_changed', {}, 'contact.changed'],
    ['user.active_changed', { previous: true, current: false }, 'contact.deleted'],
    ['user.active_changed', { previous: false, current: true }, 'contact.restored'],
  ])('of %s %j says %s', (type, rawEvent, kind) => {
    expect(read({ ...user, type: `zen:event-type:${type}`, event: rawEvent }).events).toMatchObject([
      { kind, objectId: '42' },
    ]);
  });

  it('of a merge names both users either way round, because Zendesk does not say which of them is left', () => {
    const rawEvent = { user: { id: '43' } };
    const { events } = read({ ...user, type: 'zen:event-type:user.merged', event: rawEvent });
    expect(events).toMatchObject([
      { kind: 'contact.merged', objectId: '42', intoId: '43', key: statusChanged.id },
      { kind: 'contact.merged', objectId: '43', intoId: '42', key: `${statusChanged.id}:43` },
    ]);
  });

  it('is not given of what nobody here knows, however little it says', () => {
    const rawEvents = [{ type: 'zen:event-type:organization.created' }, statusChanged];
    const { events, ignored } = webhooks.read(Buffer.from(JSON.stringify(rawEvents)));
    expect(events).toHaveLength(1);
    expect(ignored).toEqual(['organization.created']);
  });

  it('finds the ticket in the subject where there is no detail', () => {
    expect(read({ detail: undefined }).events).toMatchObject([{ objectId: '5158' }]);
  });
});

describe('contacts', () => {
  const vendor = mockHttp();
  const api = () => vendor().at(origin);
  const write = [{ id: '42', values: { nps_latest_rating: 9 } }];
  const queued = { job_status: { id: 'j1', status: 'queued', results: null } };
  const forbidden = { error: { title: 'Forbidden', message: 'You do not have access to this page.' } };
  const single = () => api().put('/api/v2/users/42', { user: { user_fields: { nps_latest_rating: 9 } } });
  const batch = () =>
    api().put('/api/v2/users/update_many', { users: [{ id: 42, user_fields: { nps_latest_rating: 9 } }] });

  it('are those with that very address, and active', async () => {
    const near = userBody({ id: '43', email: 'jo.ann@example.com', name: 'Jo Ann' });
    const merged = { ...ann, id: 44, active: false };
    const query = { query: 'email:"ann@example.com"', include: 'identities' };
    api()
      .get('/api/v2/users/search')
      .query(query)
      .reply(200, { users: [near, ann, merged] }, json);
    expect(await connect().contacts.find({ emails: [' Ann@Example.com'] })).toMatchObject([{ id: '42' }]);
  });

  it('are read one by one: a user that cannot be read costs nobody else', async () => {
    const users = [{ ...ann, id: null }, { ...ann, id: 43, user_fields: 'none', locale: 7, verified: 'yes' }, ann];
    api()
      .get('/api/v2/users/show_many')
      .query({ ids: '42,43,44', include: 'identities' })
      .reply(200, { users, identities: ['x', { user_id: 42 }] }, json);
    const tools = witnessingTools(harness.credentials);
    const { contacts } = zendesk.connect(zendesk.settings.parse(harness.environment), tools);
    const found = await contacts?.find({ ids: ['42', '43', '44'] });
    expect(found?.map(({ id }) => id)).toEqual(['43', '42']);
    expect(JSON.stringify(tools.logged)).toContain('answer.row_unreadable');
    expect(JSON.stringify(tools.logged)).not.toContain('ann@example.com');
  });

  it('are written as a job at once when Zendesk limits the single write', async () => {
    single().reply(429, { error: 'RateLimited' }, { ...json, 'retry-after': '40' });
    batch().reply(200, queued, json);
    const report = await connect().contacts.writeFields(write);
    expect(report).toMatchObject({ outcomes: [], unfinished: { ids: ['42'] } });
  });

  it('are written as a job when the allowance of single writes is used up', async () => {
    const { contacts } = connect();
    single().reply(200, { user: ann }, json);
    batch().reply(200, queued, json);
    expect(await contacts.writeFields(write)).toEqual({ outcomes: [{ id: '42', result: 'written' }] });
    expect((await contacts.writeFields(write)).unfinished?.ids).toEqual(['42']);
  });

  it('that are shared from another account are refused alone', async () => {
    single().reply(403, forbidden, json);
    api()
      .get('/api/v2/users/42')
      .reply(200, { user: { ...ann, shared: true } }, json);
    const { outcomes } = await connect().contacts.writeFields(write);
    expect(outcomes).toMatchObject([
      { id: '42', result: 'refused', why: { code: 'locked', params: { kind: 'shared' } } },
    ]);
  });

  it('that cannot even be read any more stop the connection', async () => {
    single().reply(403, forbidden, json);
    api().get('/api/v2/users/42').reply(403, forbidden, json);
    await expect(connect().contacts.writeFields(write)).rejects.toMatchObject({ concerns: 'connection' });
  });

  it('that were merged away are gone', async () => {
    single().reply(422, { error: 'RecordInvalid' }, json);
    api().get('/api/v2/users/42').reply(404, notFound, json);
    expect((await connect().contacts.writeFields(write)).outcomes).toEqual([{ id: '42', result: 'gone' }]);
  });

  it.each([
    ['that Zendesk no longer has', 404, notFound, true],
    ['that it calls permanently deleted', 200, { deleted_user: { id: 42, permanently_deleted: true } }, true],
    ['that it merely deleted', 200, { deleted_user: { id: 42, permanently_deleted: false } }, false],
    ['of which it says nothing of the kind', 200, { deleted_user: { id: 42 } }, false],
    ['that we may not look at', 403, forbidden, false],
    ['on an account without such a list', 404, { error: 'InvalidEndpoint' }, false],
  ])('%s count as erased: %i %j %s', async (_which, status, body, isErased) => {
    api().get('/api/v2/deleted_users/42').reply(status, body, json);
    if (body === notFound) api().get('/api/v2/users/42').reply(404, notFound, json);
    expect(await connect().contacts.erased?.(['42'])).toEqual(isErased ? ['42'] : []);
  });

  it('can be created without an email to them', async () => {
    const user = { name: 'Ann', email: 'ann@example.com', role: 'end-user', skip_verify_email: true };
    api().post('/api/v2/users', { user }).reply(201, { user: ann }, json);
    expect(await connect().contacts.create?.({ name: 'Ann', email: 'ann@example.com' })).toMatchObject({ id: '42' });
  });
});

describe('the allowance of single writes', () => {
  it('is one a second, and five a minute for one user', () => {
    let seconds = 0;
    const allowance = createSingleWrites(() => new Date(now.getTime() + seconds * 1000));
    const at = (second: number, user: string) => {
      seconds = second;
      return allowance.take(user);
    };
    expect([at(0, 'a'), at(0.9, 'b'), at(1, 'b')]).toEqual([true, false, true]);
    expect([2, 3, 4, 5].map((second) => at(second, 'a'))).toEqual([true, true, true, true]);
    expect([at(59, 'a'), at(59, 'b'), at(60, 'a')]).toEqual([false, true, true]);
  });
});

describe('a job', () => {
  const ids = ['11', '12', '13', '14', '15'];
  const finished = (status: string, results: unknown) =>
    readOutcomes(job.parse({ job_status: { id: 'j1', status, results } }), ids);
  const resultsOf = (outcomes: ReturnType<typeof readOutcomes>) => outcomes?.map(({ result }) => result);

  it('says nothing while it is under way', () => {
    expect(finished('queued', null)).toBeUndefined();
    expect(finished('working', [])).toBeUndefined();
  });

  it('that is completed may hold rows that failed, known by their place alone', () => {
    const outcomes = finished('completed', [
      { id: 11, index: 0, action: 'update', status: 'Updated', success: true },
      { index: 2, error: 'UserUpdateError', details: 'Comment: "my secret" is invalid', success: false },
      { index: 1, error: 'UserNotFound', details: 'User not found', success: false },
      { index: 3, error: 'DatabaseConflict', details: 'Please try again', success: false },
    ]);
    expect(resultsOf(outcomes)).toEqual(['written', 'gone', 'refused', 'busy', 'unknown']);
    expect(JSON.stringify(outcomes)).not.toContain('my secret');
  });

  it.each(['failed', 'killed'])('that has %s leaves everything unknown', (status) => {
    expect(new Set(resultsOf(finished(status, 'It did not work')))).toEqual(new Set(['unknown']));
  });
});

describe('values', () => {
  it('are prefixed where they become tags, days where they were timestamps, and unticked where they were cleared', () => {
    const values = {
      nps_latest_category: 'promoter',
      nps_latest_date: '2026-11-21T23:30:00.000Z',
      ces_latest_category: 'neutral',
      feedback_last_change: 'answered',
      feedback_at_risk: null,
      nps_latest_comment: null,
      feedback_do_not_survey: true,
    };
    expect(toUserFields(values, accountFields({}))).toEqual({
      nps_latest_category: 'nps_promoter',
      nps_latest_date: '2026-11-21',
      ces_latest_category: 'ces_neutral',
      feedback_last_change: 'change_answered',
      feedback_at_risk: false,
      nps_latest_comment: null,
    });
  });

  it('come back in our own form, without the fields of others', () => {
    const standing = { nps_latest_date: '2026-11-21T00:00:00+00:00', nps_trend: 'nps_up', favourite_colour: 'blue' };
    expect(fromUserFields(standing, accountFields({}))).toEqual({
      nps_latest_date: '2026-11-21T00:00:00.000Z',
      nps_trend: 'up',
    });
  });
});
