import { beforeAll, expect, it } from 'vitest';
import { requesterRules } from '../../src/model/ticket.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { minute } from '../flows/world.ts';
import { type Served, serve } from './served.ts';

describeOnEachDatabase('the ledger', (open) => {
  let service: Served;
  beforeAll(async () => {
    service = await serve(await open(), { surveys: [{}] });
  });

  const decisionsOf = async (ticketId: string) => (await service.read(`/decisions?ticket=${ticketId}`)).items;

  it.each(requesterRules)('tells why one of several contacts was asked: %s', async (requesterBy) => {
    const { ticket } = await service.resolvedTicket({ requesterBy });
    expect(await decisionsOf(ticket.id)).toMatchObject([{ requesterBy }]);
    // What is decided later, without another look at the ticket, does not forget it.
    await service.pass(10 * minute);
    expect(await decisionsOf(ticket.id)).toMatchObject([{ requesterBy }]);
  });

  it('tells nothing where there was one contact alone', async () => {
    const { ticket } = await service.resolvedTicket();
    expect(await decisionsOf(ticket.id)).toMatchObject([{ requesterBy: null }]);
  });
});
