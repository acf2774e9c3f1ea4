import { setImmediate } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ConnectorHarness, OptionalAbility } from './harness.ts';
import type { Question } from './question.ts';
import { everythingIn, leaks } from './tools.ts';

/** What is asked of every connector, whatever it can do. */
export function connectorQuestions<Settings>(harness: ConnectorHarness<Settings>): Question[] {
  const { connector, environment, incomplete } = harness;
  return [
    {
      title: 'is named as its folder and routes can be',
      ask() {
        expect(connector.name).toMatch(/^[a-z][a-z0-9]*$/u);
        expect(connector.title.toLowerCase()).toContain(connector.name);
      },
    },
    {
      title: 'reads a complete environment as a connection, and an empty one as none',
      ask() {
        expect(connector.connects(connector.settings.parse(environment))).toBe(true);
        expect(connector.connects(connector.settings.parse({}))).toBe(false);
      },
    },
    ...incomplete.map((half) => ({
      title: `refuses settings without ${half.missing}, by name and without quoting a value`,
      ask() {
        const { success, error } = connector.settings.safeParse(half.environment);
        expect(success).toBe(false);
        const told = error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n') ?? '';
        expect(told).toContain(half.missing);
        expect(leaks([told, everythingIn(error)], harness.secrets)).toEqual([]);
      },
    })),
    {
      title: 'has every half of its settings asked about',
      ask: () => expect(incomplete.length).toBeGreaterThan(0),
    },
    {
      title: 'connects without a call',
      async ask({ vendor }) {
        // A call that nobody waits for leaves some turns of the event loop later.
        for (let turn = 0; turn < 20; turn += 1) await setImmediate();
        expect(vendor.requests).toEqual([]);
      },
    },
    {
      title: 'can do exactly what its harness arranges for',
      ask({ connection }) {
        const capabilities = { webhooks: connector.webhooks, panel: connector.panel, ...connection };
        for (const capability of ['webhooks', 'tickets', 'contacts', 'provisioning', 'audience', 'panel'] as const) {
          expect(capabilities[capability] !== undefined, capability).toBe(harness[capability] !== undefined);
        }
        const { tickets, contacts, provisioning } = connection;
        const keys: Record<OptionalAbility, unknown> = {
          authorization: connector.authorization,
          'tickets.mark': tickets?.mark,
          'contacts.create': contacts?.create,
          'contacts.finishWrite': contacts?.finishWrite,
          'provisioning.remove': provisioning?.remove,
        };
        const has = Object.entries(keys).flatMap(([ability, key]) => (key === undefined ? [] : [ability]));
        expect(has.toSorted()).toEqual(harness.also.toSorted());
        expect(tickets?.unmark !== undefined, 'tickets.unmark').toBe(tickets?.mark !== undefined);
        expect(connection.panelSecrets !== undefined, 'panelSecrets').toBe(connector.panel !== undefined);
        expect(connection.webhookSecrets !== undefined, 'webhookSecrets').toBe(connector.webhooks !== undefined);
      },
    },
    {
      title: 'paces itself before the vendor has said more',
      ask() {
        for (const limit of [connector.limits, ...Object.values(connector.limits.lanes ?? {})]) {
          for (const figure of [limit.calls, limit.window, limit.atOnce]) expect(figure).toBeGreaterThan(0);
        }
      },
    },
  ];
}
