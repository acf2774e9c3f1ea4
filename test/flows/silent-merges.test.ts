import { beforeAll, expect, it } from 'vitest';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { zendesk } from '../../connectors/zendesk/index.ts';
import type { Connector, SimulatedContact } from '../../src/connector.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { besideSimulator } from './real-system.ts';
import { day, hour, minute } from './world.ts';

const systems = [
  ['HubSpot', hubspot as Connector, { optedOut: true }, 'opted_out'],
  ['Zendesk', zendesk as Connector, { suspended: true }, 'suspended'],
] as const satisfies readonly (readonly [string, Connector, Partial<SimulatedContact>, string])[];

describeOnEachDatabase('a merge of which no event comes', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const email = 'ann@example.com';
  const other = 'bo@example.com';

  /** Ann, who was asked in the first system and has a record in the second one, which is merged away there. */
  async function annAsked(connector: Connector) {
    const { world, simulator, connectionId } = await besideSimulator(database, connector);
    const loser = simulator.addContact({ name: 'Ann', email });
    const requester = world.vendor.addContact({ name: 'Ann', email });
    const { sentEmail } = await world.asked({ requester });
    /** @returns the id of the record that is left */
    function merge(winner: string): string {
      simulator.mergeContacts?.(loser, winner);
      expect(simulator.deliveries).toEqual([]);
      return winner;
    }
    const linked = async () =>
      (await world.recordLinks())
        .filter((recordLink) => recordLink.connectionId === connectionId && recordLink.state === 'present')
        .map(({ recordId }) => recordId);
    const standsOn = (id: string) => Number(simulator.record(id)?.nps_latest_rating ?? Number.NaN);
    return { world, simulator, loser, requester, sentEmail, merge, linked, standsOn };
  }

  it.each(systems)('is found by a write: the rating stands on the record that is left in %s', async (_, connector) => {
    const { world, simulator, sentEmail, merge, linked, standsOn } = await annAsked(connector);
    const winner = merge(simulator.addContact({ name: 'Ann B.', email: other }));
    await world.answer(sentEmail, 9);
    await world.pass(5 * minute);
    expect(standsOn(winner)).toBe(9);
    expect(await linked()).toEqual([winner]);
  });

  it.each(systems)('is found by the daily read-back, and both contacts become one in %s', async (_, connector) => {
    const { world, simulator, loser, sentEmail, merge, linked, standsOn } = await annAsked(connector);
    const winner = simulator.addContact({ name: 'Bo', email: other });
    const bo = await world.asked({ requester: world.vendor.addContact({ name: 'Bo', email: other }) });
    await world.answer(bo.sentEmail, 2);
    await world.pass(minute);
    await world.answer(sentEmail, 9);
    await world.pass(minute);
    expect([standsOn(winner), standsOn(loser)]).toEqual([2, 9]);

    merge(winner);
    await world.pass(2 * day);
    expect(standsOn(winner)).toBe(9);
    expect(Number(simulator.record(winner)?.nps_response_count)).toBe(2);
    expect(await linked()).toEqual([winner]);
    for (const values of world.vendor.records.values()) expect(values).toMatchObject({ nps_response_count: 2 });
  });

  it.each(systems)(
    'is found before the contact is asked, and what the record that is left says in %s holds',
    async (_, connector, shown, reason) => {
      const { world, simulator, requester, merge, linked } = await annAsked(connector);
      await world.pass(100 * day);
      const winner = merge(simulator.addContact({ name: 'Ann B.', email: other, ...shown }));
      const { ticket } = await world.resolvedTicket({ requester });
      await world.pass(hour);
      expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason }]);
      expect(await linked()).toEqual([winner]);
    },
  );
});
