import { afterEach, beforeEach, describe, expect } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import type { Connector, Contacts, Inspection, Notice, Provisioning, Tickets } from '../../src/connector.ts';
import type { ConnectorHarness } from './harness.ts';
import { claimed } from './question.ts';
import { type Simulated, startSimulated } from './simulated.ts';
import { type SingleTickets, singly } from './singly.ts';
import { everythingIn, leaks, personal } from './tools.ts';

/** One connector beside its simulator, for one question. */
export type Meeting = Simulated & {
  connector: Connector;
  harness: ConnectorHarness;
  /** One by one; `ticketBatches` takes several. */
  readonly tickets: SingleTickets;
  readonly ticketBatches: Tickets;
  readonly contacts: Contacts;
  readonly provisioning: Provisioning;
  /** Provisions the account: fields and webhook, and what marks on tickets need. */
  ensured(): Promise<Inspection>;
  /** What the webhooks received since the last call tell, each verified first. */
  notices(): Promise<readonly Notice[]>;
  /** What the call fails with. Nothing secret or personal may show in it. */
  failureOf(call: () => Promise<unknown>): Promise<unknown>;
  /** Counts as a secret from now on. */
  hide(secret: string): void;
};

const harnesses = await Promise.all(
  connectors
    .filter(({ simulate }) => simulate)
    .map(async ({ name }): Promise<ConnectorHarness> => {
      return (await import(`../../connectors/${name}/fixtures/harness.ts`)).harness;
    }),
);

/**
 * Asks the same of every connector that has a simulator. Connector and simulator are written from the vendor's
 * documents by different hands: where they disagree, one is wrong.
 *
 * @param subject goes on from "HubSpot and its simulator agree on"
 * @param ask its tests begin with the meeting they are given, and skip what the simulator has no hand for
 * @param concerns whom it is asked of, by what the harness says that the connector can do
 */
export function describeOnSimulators(
  subject: string,
  ask: (meeting: () => Meeting) => void,
  concerns: (harness: ConnectorHarness) => boolean = () => true,
): void {
  for (const harness of harnesses.filter(concerns)) {
    const { connector } = harness;
    describe(`${connector.title} and its simulator agree on ${subject}`, () => {
      let meeting: Meeting;
      const hidden: string[] = [];
      beforeEach(async () => {
        const simulated = await startSimulated(connector);
        hidden.splice(0, hidden.length, ...Object.values(personal), ...secretsOf(simulated));
        meeting = meet(harness, simulated, hidden);
      });
      afterEach(async () => {
        await meeting.stop();
        for (const { logged, breaches } of meeting.witnesses) {
          expect(leaks(logged, hidden)).toEqual([]);
          expect(breaches).toEqual([]);
        }
      });
      ask(() => meeting);
    });
  }
}

function meet(harness: ConnectorHarness, simulated: Simulated, hidden: string[]): Meeting {
  const { connector } = harness;
  const { connection, simulator, received } = simulated;
  let heard = 0;
  return {
    ...simulated,
    connector,
    harness,
    get tickets() {
      return singly(claimed(connection.tickets));
    },
    get ticketBatches() {
      return claimed(connection.tickets);
    },
    get contacts() {
      return claimed(connection.contacts);
    },
    get provisioning() {
      return claimed(connection.provisioning);
    },
    ensured: () => claimed(connection.provisioning).ensure({ webhookUrl: simulated.webhookUrl, ticketMarks: true }),
    async notices() {
      await simulator.settled();
      const fresh = received.slice(heard);
      heard = received.length;
      const secrets = (await connection.webhookSecrets?.()) ?? [];
      return fresh.flatMap((request) => {
        const webhooks = claimed(connector.webhooks);
        expect(secrets).toContain(webhooks.verify(request, secrets, simulated.clock()));
        return webhooks.read(request.body).notices;
      });
    },
    async failureOf(call) {
      const failure = await call().then(
        (result) => expect.fail(`expected a failure, got ${JSON.stringify(result)}`),
        (caught: unknown) => caught,
      );
      expect(leaks([everythingIn(failure)], hidden)).toEqual([]);
      return failure;
    },
    hide: (secret) => void hidden.push(secret),
  };
}

/** What of the simulator's environment is a secret. */
function secretsOf({ simulator }: Simulated): string[] {
  return Object.entries(simulator.environment).flatMap(([key, value]) =>
    /SECRET|TOKEN|KEY/u.test(key) ? [value] : [],
  );
}
