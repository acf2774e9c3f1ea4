import { beforeAll, expect, it } from 'vitest';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { zendesk } from '../../connectors/zendesk/index.ts';
import type { Connector } from '../../src/connector.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { besideSimulators } from './real-system.ts';
import { minute, second } from './world.ts';

describeOnEachDatabase('an outage', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it.each([{ kind: 'drop' }, { kind: 'throttle', retryAfterSeconds: 2 }, { kind: 'hang', times: 1 }] as const)(
    'of HubSpot ($kind) delays answers and loses none; the newest is written, and Zendesk does not wait',
    async (disturbance) => {
      const both = [hubspot, zendesk] as readonly Connector[];
      const { world, systems } = await besideSimulators(database, both, { longestCall: 500 });
      const [inHubspot, inZendesk] = systems.map(({ simulator }) => simulator);
      if (!inHubspot || !inZendesk) throw new Error('both are connected');

      const asked = async (email: string) => {
        const contact = { name: 'Cora Customer', email };
        const ids = { hubspot: inHubspot.addContact(contact), zendesk: inZendesk.addContact(contact) };
        const { sentEmail } = await world.asked({ requester: world.vendor.addContact(contact) });
        await world.pass(minute);
        expect(inHubspot.record(ids.hubspot)?.feedback_last_asked_date).toBeTruthy();
        return { sentEmail, ...ids };
      };
      const customers = [await asked('one@shop.example'), await asked('two@shop.example')] as const;

      inHubspot.disturb(disturbance);
      const before = inHubspot.requests.length;
      await world.answer(customers[0].sentEmail, 2, 'At first');
      await world.answer(customers[1].sentEmail, 10);
      await world.pass(2 * second);
      expect(inZendesk.record(customers[0].zendesk)?.nps_latest_rating).toBe(2);
      expect(inHubspot.requests.length).toBeGreaterThan(before);

      await world.answer(customers[0].sentEmail, 8, 'In the end');
      // As long as an outage has to be for its probes to be counted.
      await world.pass(4 * second);
      const probes = inHubspot.requests.slice(before).map(({ at }) => at.getTime());
      const inOneSecond = probes.map((start) => probes.filter((at) => at >= start && at < start + second).length);
      expect(Math.max(...inOneSecond)).toBeLessThanOrEqual(2);

      const down = inHubspot.requests.length;
      inHubspot.calm();
      await world.pass(minute);
      for (const [customer, rating] of [
        [customers[0], 8],
        [customers[1], 10],
      ] as const) {
        expect(inHubspot.record(customer.hubspot)?.nps_latest_rating).toBe(String(rating));
        expect(inZendesk.record(customer.zendesk)?.nps_latest_rating).toBe(rating);
      }
      expect(inHubspot.record(customers[0].hubspot)).toMatchObject({
        nps_latest_comment: 'In the end',
        nps_response_count: '1',
      });
      const written = JSON.stringify(inHubspot.requests.slice(down).map(({ body }) => body ?? null));
      expect(written).not.toContain('At first');
    },
  );
});
