import { describe, expect, it } from 'vitest';
import { now } from '../../test/contract/tools.ts';
import { mockHttp } from '../../test/http-mock.ts';
import { batchFault, missingScope, origin, partly } from './fixtures/answers.ts';
import { connectAt, shows } from './fixtures/connection.ts';
import contact from './fixtures/contact.json' with { type: 'json' };
import pipelines from './fixtures/pipelines.json' with { type: 'json' };
import ticket from './fixtures/ticket.json' with { type: 'json' };

const vendor = mockHttp();
const objects = '/crm/objects/2026-03';
const { hubspot_owner_id: _, ...properties } = ticket.properties;

type Place = { hs_pipeline?: string | null; hs_pipeline_stage?: string | null };

function showTicket(place: Place = {}, associations: readonly object[] = []): void {
  shows(vendor(), `${objects}/tickets/1`, { id: 1, properties: { ...properties, ...place } });
  showAssociations(associations);
}

function showAssociations(to: readonly object[]): void {
  const missing = batchFault('OBJECT_NOT_FOUND', ['1']);
  const { status, body } = to.length > 0 ? partly([{ from: { id: '1' }, to }], []) : partly([], [missing]);
  vendor()
    .at(origin)
    .post('/crm/associations/2026-03/tickets/contacts/batch/read', { inputs: [{ id: '1' }] })
    .reply(status, body);
}

const showPipelines = (body: object = pipelines) => shows(vendor(), '/crm/pipelines/2026-03/tickets', body);

describe('a stage', () => {
  it.each([
    ['whose ticketState is CLOSED', '88112233', '170002', 'resolved'],
    ['whose ticketState is OPEN', '88112233', '170001', 'open'],
    ['that only isClosed tells of', '88112233', '170003', 'resolved'],
    ['without metadata, last of the default pipeline', '0', '4', 'resolved'],
    ['without metadata, not the last one', '0', '3', 'open'],
    ['that says it is open beside an isClosed', '0', '1', 'open'],
    ['of a pipeline that is not in the list', '999', '170002', 'resolved'],
  ])('%s: %s/%s is %s', async (_title, hs_pipeline, hs_pipeline_stage, state) => {
    showTicket({ hs_pipeline, hs_pipeline_stage });
    showPipelines();
    expect(await connectAt(now).tickets.find('1')).toMatchObject({ state });
  });

  it('that we have never heard of makes us read the pipelines again, but not each time', async () => {
    const { tickets, pass } = connectAt(now);
    const added = { id: '5', metadata: { ticketState: 'CLOSED' } };
    const grown = { results: [{ id: '0', stages: [...(pipelines.results[0]?.stages ?? []), added] }] };
    const found = async (stage: string) => {
      showTicket({ hs_pipeline: '0', hs_pipeline_stage: stage });
      return (await tickets.find('1'))?.state;
    };
    showPipelines();
    expect(await found('1')).toBe('open');
    expect(await found('5')).toBe('open');
    pass(10_000);
    showPipelines(grown);
    expect(await found('5')).toBe('resolved');
    pass(299_000);
    expect(await found('5')).toBe('resolved');
    pass(1000);
    showPipelines(grown);
    expect(await found('5')).toBe('resolved');
  });

  it('is asked about once by looks that come together', async () => {
    const { tickets } = connectAt(now);
    showPipelines();
    showTicket();
    showTicket();
    await Promise.all([tickets.find('1'), tickets.find('1')]);
  });
});

describe('the requester', () => {
  const record = (id: number, email?: string) => ({ id, properties: { email: email ?? null } });
  const linked = (id: number, label: string | null = null) => ({
    toObjectId: id,
    associationTypes: [
      { typeId: 16, label: null },
      { typeId: 999, label },
    ],
  });
  const arrange = (associations: readonly object[], records: readonly object[]) => {
    showPipelines();
    showTicket({}, associations);
    vendor().at(origin).post(`${objects}/contacts/batch/read`).reply(200, { results: records });
  };
  const requester = async () => (await connectAt(now).tickets.find('1'))?.requester;

  it('is the lowest id that has an address', async () => {
    arrange(
      [linked(1000), linked(99), linked(200)],
      [record(1000, 'c@x.example'), record(200, 'b@x.example'), record(99)],
    );
    expect(await requester()).toMatchObject({ id: '200', email: 'b@x.example' });
  });

  it('is the primary one where there is a label for it', async () => {
    arrange([linked(99), linked(1000, 'Primary')], [record(99, 'a@x.example'), record(1000, 'c@x.example')]);
    expect(await requester()).toMatchObject({ id: '1000' });
  });

  it('is no one while the association is on its way', async () => {
    showPipelines();
    showTicket({}, []);
    expect(await requester()).toBeUndefined();
  });
});

describe('a ticket', () => {
  it('that lost a merge is gone', async () => {
    shows(vendor(), `${objects}/tickets/2`, { id: '1', properties });
    expect(await connectAt(now).tickets.find('2')).toEqual({ id: '2', state: 'gone', merged: true, tags: [] });
  });

  it('that is archived is gone', async () => {
    shows(vendor(), `${objects}/tickets/1`, { ...ticket, id: '1', archived: true });
    expect(await connectAt(now).tickets.find('1')).toMatchObject({ state: 'gone' });
  });

  it('has an agent without a name where we may not read owners, and we stop asking', async () => {
    const { tickets } = connectAt(now);
    showPipelines();
    for (const time of [1, 2]) {
      shows(vendor(), `${objects}/tickets/1`, { id: '1', properties: ticket.properties });
      showAssociations([]);
      if (time === 1) shows(vendor(), '/crm/owners/2026-03/77001', missingScope.body as object, 403);
      expect((await tickets.find('1'))?.agent).toEqual({ id: '77001' });
    }
  });

  it('shows what its contact says about being asked', async () => {
    const said = { hs_email_optout: 'true', hs_email_bad_address: 'true', feedback_do_not_survey: 'true' };
    showPipelines();
    showTicket({}, [{ toObjectId: 9001 }]);
    shows(vendor(), `${objects}/contacts/9001`, { ...contact, properties: { ...contact.properties, ...said } });
    expect((await connectAt(now).tickets.find('1'))?.requester).toMatchObject({
      optedOut: true,
      undeliverable: true,
      doNotSurvey: true,
    });
  });
});
