import { expect, it } from 'vitest';
import type { TicketMark } from '../../src/connector.ts';
import { now } from '../../test/contract/tools.ts';
import { mockHttp } from '../../test/http-mock.ts';
import { batchFault, origin, partly } from './fixtures/answers.ts';
import { connectAt } from './fixtures/connection.ts';

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
  [[batchFault('VALIDATION_ERROR', ['2'])], { result: 'refused', because: 'VALIDATION_ERROR' }],
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
