import { beforeAll, expect, it } from 'vitest';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { Bounced, EmailDelayed } from '../../src/platform/email/email-failures.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { parseExposition, type ScrapedSample, valueIn } from '../exposition.ts';
import { hour, minute } from '../flows/world.ts';
import { vendorSays } from '../vendor-says.ts';
import { bootstrapKey, type Served, serve } from './served.ts';

const scrape = (service: Served, key: string | null = bootstrapKey) =>
  fetch(`${service.url}/metrics`, key === null ? {} : { headers: { authorization: `Bearer ${key}` } });

async function samples(service: Served): Promise<ScrapedSample[]> {
  return parseExposition(await (await scrape(service)).text());
}

describeOnEachDatabase('GET /metrics', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** Scrapes a service after the time for which gauges are kept. */
  async function reading(service: Served) {
    service.jump(6000);
    const scraped = await samples(service);
    return (name: string, labels: Readonly<Record<string, string>> = {}) =>
      valueIn(scraped, `scoreback_${name}`, labels);
  }

  it('answers 401 without a key and to one that is not ours', async () => {
    const service = await serve(database);
    for (const key of [null, 'none-of-ours']) {
      const answer = await scrape(service, key);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await answer.json()).toMatchObject({ code: 'unauthorized' });
    }
  });

  it('answers 403 to a key without the scope, and names the scope', async () => {
    const service = await serve(database);
    const answer = await scrape(service, await service.keyFor('read', 'connections:write'));
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({
      code: 'forbidden',
      params: { kind: 'key', scope: 'metrics:read' },
    });
  });

  it('answers a key that has only the scope in the text format of Prometheus', async () => {
    const service = await serve(database);
    const answer = await scrape(service, await service.keyFor('metrics:read'));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const names = new Set(parseExposition(await answer.text()).map(({ name }) => name));
    expect(names).toContain('process_cpu_seconds_total');
    expect(names).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(names).toContain('scoreback_write_back_lag_seconds');
  });

  it('costs a token of the limit of its key', async () => {
    const service = await serve(database, { rateLimits: { caller: 2, visitor: 0, page: 0 } });
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await scrape(service)).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('counts a resolved ticket, its email and its answer', async () => {
    const service = await serve(database);
    const { sentEmail } = await service.asked();
    await service.answer(sentEmail, 9, 'Very quick!');
    await service.pass(minute);
    const connection = service.connectionId();
    const of = { connector: 'acme', connection };
    const value = await reading(service);

    expect(value('events_dispatched_total', { connector: 'acme', outcome: 'resolved' })).toBe(1);
    expect(value('event_dispatch_delay_seconds_count', { connector: 'acme' })).toBe(2);
    expect(value('decisions_total', { verdict: 'asked', reason: 'asked' })).toBe(2);
    expect(value('emails_total', { email_server: 'usual', kind: 'invitation', outcome: 'sent' })).toBe(1);
    expect(value('email_duration_seconds_count', { email_server: 'usual' })).toBe(1);
    expect(value('responses_confirmed_total', { channel: 'email', metric: 'nps' })).toBe(1);
    expect(value('record_writes_total', { ...of, outcome: 'written' })).toBe(
      service.vendor.calls.filter(({ call }) => call === 'write').length,
    );
    expect(value('values_written_total', of)).toBeGreaterThan(10);
    expect(value('vendor_calls_total', { ...of, lane: 'read', outcome: 'ok' })).toBe(
      service.vendor.calls.filter(({ call }) => call === 'find ticket' || call === 'read').length,
    );
    expect(value('job_duration_seconds_count', { job: 'dispatch', outcome: 'ok' })).toBeGreaterThan(0);
    expect(value('write_back_backlog', of)).toBe(0);
    expect(value('write_back_lag_seconds', of)).toBe(0);
    expect(value('events_waiting', of)).toBe(0);
    expect(value('leases')).toBeGreaterThan(0);
    expect(value('vendor_quota_used_ratio', of)).toBeGreaterThanOrEqual(0);
  });

  it('counts a changed answer as one response, and a test as none', async () => {
    const service = await serve(database);
    const { sentEmail } = await service.asked();
    await service.answer(sentEmail, 9);
    await service.answer(sentEmail, 3);
    expect((await reading(service))('responses_confirmed_total', { metric: 'nps' })).toBe(1);
    const [{ id } = { id: '' }] = await service.responses();
    await service.call('POST', `/responses/${id}/retract`, { body: { reason: 'a mistake' } });
    await service.call('POST', `/responses/${id}/restore`, { body: {} });
    expect((await reading(service))('responses_confirmed_total', { metric: 'nps' })).toBe(1);
  });

  it('tells an email that waits from one that bounced', async () => {
    const service = await serve(database);
    service.fakeEmailServer.next.push(
      () => {
        throw new EmailDelayed(
          { code: 'email.mailbox_busy', params: { status: '450' } },
          { fault: 'mailbox', reason: 'mailbox_busy' },
        );
      },
      () => {
        throw new Bounced(
          { code: 'email.recipient_refused', params: { status: '550 5.1.1' } },
          { reason: 'mailbox_unknown' },
        );
      },
    );
    await service.resolvedTicket();
    service.jump(hour);
    await service.deliver();
    service.jump(2 * minute);
    await service.deliver();
    const value = await reading(service);
    const of = { email_server: 'usual', kind: 'invitation' };
    expect(value('emails_total', { ...of, outcome: 'deferred' })).toBe(1);
    expect(value('emails_total', { ...of, outcome: 'failed' })).toBe(1);
    expect(value('emails_total', { ...of, outcome: 'sent' })).toBeUndefined();
    expect(value('decisions_total', { verdict: 'waiting', reason: 'email_not_taken' })).toBe(1);
    expect(value('decisions_total', { verdict: 'skipped', reason: 'bounced' })).toBe(1);
  });

  it('shows how long a write is behind through an outage, however often it is tried', async () => {
    const service = await serve(database);
    const { sentEmail } = await service.asked();
    await service.pass(minute);
    const of = { connector: 'acme', connection: service.connectionId() };
    service.vendor.before = () => {
      throw new UpstreamBusy(vendorSays('throttled'));
    };
    await service.answer(sentEmail, 2);
    await service.pass(20 * minute);
    const during = await reading(service);
    expect(during('write_back_backlog', of)).toBe(1);
    expect(during('write_back_lag_seconds', of)).toBeGreaterThanOrEqual(20 * 60);
    expect(during('write_back_lag_seconds', of)).toBeLessThan(21 * 60);
    expect(during('vendor_calls_total', { ...of, lane: 'write', outcome: 'throttled' })).toBeGreaterThan(1);

    service.vendor.before = () => {};
    await service.pass(2 * minute);
    const after = await reading(service);
    expect(after('write_back_backlog', of)).toBe(0);
    expect(after('write_back_lag_seconds', of)).toBe(0);
    // The next answer is not late because the one before it was.
    await service.answer(sentEmail, 4);
    const next = await reading(service);
    expect(next('write_back_backlog', of)).toBe(1);
    expect(next('write_back_lag_seconds', of)).toBeLessThan(60);
  });

  it.each([
    ['unauthorized', () => new UpstreamRefused(vendorSays('credentials_refused'), { concerns: 'connection' })],
    ['unauthorized', () => new UpstreamRefused(vendorSays('forbidden'), { concerns: 'connection' })],
    ['refused', () => new UpstreamRefused(vendorSays('refused'), { concerns: 'request' })],
    ['throttled', () => new UpstreamBusy(vendorSays('throttled'))],
    ['busy', () => new UpstreamBusy(vendorSays('server_failed'))],
    ['failed', () => new TypeError('a bug')],
  ])('counts a call as %s', async (outcome, failure) => {
    const service = await serve(database);
    const connection = service.connectionId();
    const { rateLimiter } = service.context.connections.find(connection) ?? {};
    const before = service.metrics;
    await expect(rateLimiter?.run('search', () => Promise.reject(failure()))).rejects.toThrow();
    expect(before).toBe(service.metrics);
    const value = await reading(service);
    expect(value('vendor_calls_total', { connection, lane: 'search', outcome })).toBe(1);
  });

  it('shares no numbers between two services in one process', async () => {
    const [one, other] = [await serve(database), await serve(database)];
    const { sentEmail } = await one.asked();
    await one.answer(sentEmail, 10);
    expect((await reading(one))('responses_confirmed_total')).toBe(1);
    const value = await reading(other);
    expect(value('responses_confirmed_total')).toBeUndefined();
    expect(value('emails_total')).toBeUndefined();
    expect(value('events_dispatched_total')).toBeUndefined();
  });

  it('tells nothing about a contact, a ticket, a link or a key', async () => {
    const service = await serve(database);
    const subject = 'My lamp went up in smoke';
    const { sentEmail, email, recordId, ticketId } = await service.asked({ subject });
    await service.answer(sentEmail, 1, 'I am Kim and I am angry');
    await service.pass(minute);
    const key = await service.keyFor('metrics:read');
    const text = await (await scrape(service, key)).text();
    const token = /\/s\/(?<token>[^?\s]+)/u.exec(sentEmail.text)?.groups?.token ?? '';
    const [{ id: contactId } = { id: '' }] = await service.contacts();
    expect(token).not.toBe('');
    for (const secret of [subject, 'Kim', email, recordId, ticketId, contactId, token, key, bootstrapKey]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/@|https?:/u);
    const names = new Set(
      parseExposition(text).flatMap(({ name, labels }) => (name.startsWith('scoreback_') ? Object.keys(labels) : [])),
    );
    expect([...names].sort()).toEqual([
      'channel',
      'connection',
      'connector',
      'email_server',
      'job',
      'kind',
      'lane',
      'le',
      'metric',
      'outcome',
      'reason',
      'status',
      'verdict',
    ]);
  });
});
