import { describe, expect, it } from 'vitest';
import type { TicketMark } from '../../src/connector.ts';
import { now } from '../../test/contract/tools.ts';
import { mockHttp } from '../../test/http-mock.ts';
import { batchFault, origin, partly } from './fixtures/answers.ts';
import { connectAt } from './fixtures/connection.ts';
import { call, startPortal } from './fixtures/portal.ts';
import { ticketFields } from './ticket-fields.ts';

const vendor = mockHttp();
const path = '/crm/objects/2026-03/tickets/batch/update';
const notThere = (...ids: string[]) => batchFault('OBJECT_NOT_FOUND', ids);

const mark = (id: string): TicketMark => ({
  ...{ id, metric: 'nps', rating: 9, scale: 10, category: 'promoter' },
  ...{ comment: null, answeredAt: now, note: false },
});

/** Marks these tickets in a HubSpot that answers each call as it is told to. */
function markAll(ids: readonly string[], ...answers: ReturnType<typeof partly>[]) {
  for (const { status, body } of answers) vendor().at(origin).post(path).reply(status, body);
  return connectAt(now).ticketBatches.mark?.(ids.map(mark));
}

it('matches outcomes by the id that was asked for, in whatever order HubSpot answers', async () => {
  expect(await markAll(['1', '2', '3'], partly([{ id: '3' }, { id: '1' }], [notThere('2')]))).toEqual([
    { id: '1', result: 'marked' },
    { id: '2', result: 'gone' },
    { id: '3', result: 'marked' },
  ]);
});

it("takes an answer under the winner's id for no mark on the ticket that lost the merge", async () => {
  expect(await markAll(['1', '2'], partly([{ id: '1' }, { id: '20' }], []), partly([{ id: '20' }], []))).toEqual([
    { id: '1', result: 'marked' },
    { id: '2', result: 'gone' },
  ]);
});

it.each([
  [[notThere('2')], { result: 'gone' }],
  [[notThere()], { result: 'gone' }],
  [[batchFault('CONFLICT', ['2'])], { result: 'busy' }],
  [
    [batchFault('VALIDATION_ERROR', ['2'])],
    { result: 'refused', why: { code: 'refused', params: { said: 'VALIDATION_ERROR' } } },
  ],
  [[], { result: 'busy' }],
])('asks once more about a ticket of which HubSpot did not tell: %j', async (faults, expected) => {
  const outcomes = await markAll(['1', '2'], partly([{ id: '1' }], []), partly([], faults));
  expect(outcomes).toMatchObject([{ result: 'marked' }, expected]);
});

it('keeps what is done when a second look fails', async () => {
  const failed = { status: 502, body: '<html></html>' };
  expect(await markAll(['1', '2'], partly([{ id: '1' }], []), failed)).toMatchObject([
    { result: 'marked' },
    { result: 'busy' },
  ]);
});

describe('a ticket property with a blocking finding', () => {
  const properties = '/crm/properties/2026-03/tickets';

  /** An account in which a property of another type has one of our names, and two resolved tickets in it. */
  async function blockedPortal(...names: string[]) {
    const portal = await startPortal();
    const group = { name: 'of_another_app', label: 'Of another app', displayOrder: -1 };
    await call(portal, 'POST', `${properties}/groups`, group);
    for (const name of names) {
      const property = { name, label: name, type: 'date', fieldType: 'date', groupName: group.name };
      expect(await call(portal, 'POST', properties, property)).toBe(201);
    }
    const recordId = portal.simulator.addContact({ name: 'Ada', email: 'ada@customer.example' });
    const ids = ['A lamp', 'A desk'].map((subject) => portal.simulator.addTicket({ requesterId: recordId, subject }));
    const writes = () => portal.simulator.requests.filter(({ path }) => path.endsWith('/tickets/batch/update'));
    return { portal, ids, writes };
  }

  const results = (outcomes: readonly { result: string }[] | undefined) => outcomes?.map(({ result }) => result);

  it.each(['check', 'ensure'] as const)(
    'is left out of marks, alone and in a batch, once a look has found it: %s',
    async (step) => {
      const { portal, ids, writes } = await blockedPortal('feedback_rating');
      const { ticketBatches, provisioning, simulator } = portal;
      if (step === 'check') await portal.connect().provisioning.ensure({ ticketMarks: true });
      await provisioning[step]({ ticketMarks: true });
      const [only = ''] = ids;
      for (const some of [[only], ids]) {
        expect(results(await ticketBatches.mark?.(some.map(mark)))).toEqual(some.map(() => 'marked'));
        expect(simulator.marks?.(only)).toMatchObject({ feedback_category: 'promoter' });
        expect(results(await ticketBatches.unmark?.(some))).toEqual(some.map(() => 'unmarked'));
        expect(simulator.marks?.(only)).toEqual({});
      }
      expect(writes()).toHaveLength(4);
      expect(JSON.stringify(writes())).not.toContain('feedback_rating');
      await portal.stop();
    },
  );

  it('is written again after a look that finds it mended', async () => {
    const { portal, ids, writes } = await blockedPortal();
    const { provisioning, simulator, ticketBatches } = portal;
    const ruled = (...rules: { ruleType: string; ruleArguments: string[] }[]) =>
      simulator.restrictProperty('tickets', 'feedback_comment', { rules });
    const sent = () =>
      JSON.stringify(
        writes()
          .splice(-1)
          .map(({ body }) => body),
      );
    await provisioning.ensure({ ticketMarks: true });
    ruled({ ruleType: 'MAX_LENGTH', ruleArguments: ['80'] });
    await provisioning.check({ ticketMarks: true });
    await ticketBatches.mark?.(ids.map(mark));
    expect(sent()).not.toContain('feedback_comment');
    ruled();
    portal.passes(60_000);
    await provisioning.check();
    await ticketBatches.mark?.(ids.map(mark));
    expect(sent()).not.toContain('feedback_comment');
    await provisioning.check({ ticketMarks: true });
    await ticketBatches.mark?.(ids.map(mark));
    expect(sent()).toContain('feedback_comment');
    await portal.stop();
  });

  it('refuses marks without a call where none of our properties can be written', async () => {
    const { portal, ids, writes } = await blockedPortal(...ticketFields.map(({ name }) => name));
    await portal.provisioning.check({ ticketMarks: true });
    expect(results(await portal.ticketBatches.mark?.(ids.map(mark)))).toEqual(['refused', 'refused']);
    expect(writes()).toEqual([]);
    await portal.stop();
  });
});
