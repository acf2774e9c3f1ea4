import { beforeAll, describe, expect, it } from 'vitest';
import { updateRecordLinks } from '../../src/modules/records/queries/record-links.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { EmailDelayed, EmailRefused } from '../../src/platform/email/email-failures.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { hour, minute } from '../flows/world.ts';
import { type Served, serve } from './served.ts';

const wrongPassword = new EmailRefused(
  { code: 'email.credentials', params: { status: '535', setting: 'smtpUrl' } },
  { fault: 'account', concerns: 'connection', reason: 'credentials' },
);
const unreachable = new EmailDelayed(
  { code: 'email.unreachable', params: { cause: 'NO_PUBLIC_ADDRESS' } },
  { fault: 'server', reason: 'unreachable' },
);

describeOnEachDatabase('what needs a person', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const attention = async (service: Served) =>
    (await service.read('/attention')).items as { code: string; where: object; message: string }[];
  const codes = async (service: Served) => (await attention(service)).map(({ code }) => code);

  it('is nothing when all is well, and only of the own workspace', async () => {
    const service = await serve(database);
    await service.work('provision', service.connectionId());
    const other = await serve(database);
    await other.call('PATCH', '/pause', { body: { asking: true } });
    expect(await attention(service)).toEqual([]);
  });

  it('is found in what is kept, and gone when it is done', async () => {
    const service = await serve(database, { surveys: [{ dailyCap: 1 }] });
    const id = service.connectionId();
    await service.work('provision', id);
    const { recordId } = await service.asked();
    await service.asked().catch(() => undefined);
    await service.pass(hour);
    const recordLinks = await service.recordLinks();
    const [recordLink, other] = recordLinks.map((row) => row.id);
    await updateRecordLinks(database.db, [recordLink ?? expect.unreachable(recordId)], { failedAt: service.clock() });
    await updateRecordLinks(database.db, [other ?? expect.unreachable()], { state: 'ambiguous' });
    await service.call('PATCH', '/pause', { body: { writing: true } });
    await service.call('PATCH', `/connections/${id}`, { body: { surveysPaused: true, name: 'Our shop' } });
    expect(await attention(service)).toMatchObject([
      {
        code: 'surveys_paused',
        where: { kind: 'connection', id },
        params: { kind: 'connection', connection: { params: { kind: 'named', name: 'Our shop' } } },
      },
      { code: 'write_back_paused', where: { kind: 'settings', id: null } },
      { code: 'records_failed', where: { kind: 'connection', id } },
      {
        code: 'emails_deferred_by_cap',
        where: { kind: 'survey', id: 'after-ticket' },
        params: { survey: 'after-ticket', count: 1 },
      },
      { code: 'records_ambiguous', where: { kind: 'contacts', id: null } },
    ]);

    await service.call('PATCH', '/pause', { body: { writing: false } });
    await service.call('PATCH', `/connections/${id}`, { body: { surveysPaused: false } });
    await updateRecordLinks(database.db, [recordLink ?? '', other ?? ''], { failedAt: null, state: 'present' });
    expect(await codes(service)).toEqual(['emails_deferred_by_cap']);
  });

  it('is the email server while a survey is live that has no other, and what is not connected or live', async () => {
    const service = await serve(database);
    await service.work('provision', service.connectionId());
    const { email } = service.context;
    Object.assign(service.context, { email: undefined });
    expect(await codes(service)).toEqual(['email_server_missing']);
    await service.survey({ status: 'paused' });
    expect(await codes(service)).toEqual(['no_survey_live']);
    Object.assign(service.context, { email });
    await service.call('DELETE', `/connections/${service.connectionId()}`);
    expect(await codes(service)).toEqual(['no_connection', 'no_survey_live']);
  });

  it.each([
    ['brand_server_refused', wrongPassword, { why: wrongPassword.why }],
    ['brand_server_down', unreachable, {}],
  ])('is %s of the brand whose own server it is, until that takes an email', async (code, failure, more) => {
    const service = await serve(database);
    await service.work('provision', service.connectionId());
    const smtpUrl = 'smtps://umbrella:hush-hush@mail.umbrella.test';
    const from = { address: 'hi@umbrella.test' };
    for (const [key, server] of Object.entries({ umbrella: smtpUrl, tyrell: 'smtps://mail.tyrell.test' }))
      await service.call('POST', '/brands', {
        body: { key, name: `The ${key}`, tickets: [key], from, smtpUrl: server },
      });
    await service.resolvedTicket({ brand: 'umbrella' });
    service.brandEmailServer(smtpUrl).next.push(() => {
      throw failure;
    });
    service.jump(hour);
    await service.deliver();

    const items = await attention(service);
    expect(items.filter(({ where }) => 'kind' in where && where.kind === 'brand')).toMatchObject([
      {
        code,
        where: { kind: 'brand', id: 'umbrella' },
        params: { brand: 'The umbrella', since: service.clock().toISOString(), ...more },
      },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/hush-hush|mail\.umbrella/u);
    // Another workspace has its own brands.
    expect(await codes(await serve(database))).not.toContain(code);
    // Also in a process that has not sent by it yet.
    await service.context.brandEmail.stop();
    expect(await codes(service)).toContain(code);

    await service.pass(2 * minute);
    expect(await codes(service)).not.toContain(code);
  });

  it('is a connection that is closed', async () => {
    const service = await serve(database);
    const id = service.connectionId();
    service.context.connections.remove(id);
    expect(await attention(service)).toMatchObject([{ code: 'connection_closed', where: { kind: 'connection', id } }]);
    expect(await service.read(`/connections/${id}`)).toMatchObject({ open: false });
    expect((await service.call('POST', `/connections/${id}/check`)).status).toBe(409);
  });

  describe('a notice that is replayed', () => {
    /** The latest. */
    const eventAbout = async (service: Served, ticket: string) =>
      (await service.read(`/events?ticket=${ticket}`)).items[0];

    it('is looked at again, and asks no one twice', async () => {
      const service = await serve(database);
      const { ticket } = await service.resolvedTicket();
      const event = await eventAbout(service, ticket.id);
      expect(event).toMatchObject({ waiting: false });
      const reads = () =>
        service.vendor.calls.filter(({ call, ids }) => call === 'find ticket' && ids.includes(ticket.id));
      const before = reads().length;
      const outcome = event.outcome;
      expect((await service.call('POST', `/events/${event.id}/replay`)).status).toBe(202);
      expect([await eventAbout(service, ticket.id)]).toMatchObject([{ waiting: true, outcome: null }]);
      await service.work('dispatch', service.connectionId());
      expect(reads().length).toBe(before + 1);
      expect([await eventAbout(service, ticket.id)]).toMatchObject([{ waiting: false }]);
      expect(outcome).not.toBeNull();
      expect(await service.invitations(ticket.id)).toHaveLength(1);
      expect((await service.read(`/audit?subject=${event.id}`)).items).toMatchObject([{ action: 'event.replay' }]);
    });

    it('is of the own workspace, and of a connection that there is', async () => {
      const service = await serve(database);
      const { ticket } = await service.resolvedTicket();
      const event = await eventAbout(service, ticket.id);
      const other = await serve(database);
      expect((await other.call('POST', `/events/${event.id}/replay`)).status).toBe(404);
      for (const id of ['0', 'nonsense']) expect((await service.call('POST', `/events/${id}/replay`)).status).toBe(404);
      await service.call('DELETE', `/connections/${service.connectionId()}`);
      expect((await service.call('POST', `/events/${event.id}/replay`)).status).toBe(409);
      expect([await eventAbout(service, ticket.id)]).toMatchObject([{ waiting: false }]);
    });
  });

  it('a connection that is cleared loses our values on every record, asks no one, and ends by itself', async () => {
    const service = await serve(database);
    const id = service.connectionId();
    await service.work('provision', id);
    const first = await service.asked();
    const second = await service.asked();
    await service.answer(first.sentEmail, 9, 'Splendid');
    await service.answer(second.sentEmail, 3);
    await service.flush();
    const standing = service.vendor.records.get(first.recordId);
    expect(standing).toMatchObject({ nps_latest_rating: 9, nps_response_count: 1 });

    const { body } = await service.call('DELETE', `/connections/${id}?fields=clear`);
    expect(body).toMatchObject({
      ended: false,
      explanation: [{ code: 'ending.fields_cleared', params: { count: 2 } }, expect.anything(), expect.anything()],
    });
    expect(await service.read(`/connections/${id}`)).toMatchObject({
      clearingSince: service.clock().toISOString(),
      surveysEnabled: false,
      backlog: { recordsPending: 2 },
    });
    // Somebody whom nobody looked for there yet is not waited for.
    const third = await service.resolvedTicket();
    const link = (await service.recordLinks()).find(({ recordId }) => recordId === third.requester.id);
    await updateRecordLinks(database.db, [link?.id ?? expect.unreachable()], {
      state: 'searching',
      dueAt: service.clock(),
    });
    await service.flush();
    for (const { recordId } of [first, second]) {
      const values = Object.entries(service.vendor.records.get(recordId) ?? expect.unreachable());
      expect(values.length).toBeGreaterThan(5);
      expect(values.filter(([, value]) => value !== null)).toEqual([]);
    }
    expect((await service.call('GET', `/connections/${id}`)).status).toBe(404);
    expect((await service.read('/responses')).items).toHaveLength(2);
    expect((await service.read(`/audit?subject=${id}`)).items).toMatchObject([
      { action: 'connection.end', detail: { fields: 'clear' } },
    ]);
  });
});
