import { expect } from 'vitest';
import type { Connector, ConnectorEvent, Contacts, Inspection, Provisioning, Tickets } from '../../src/connector.ts';
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
  events(): Promise<readonly ConnectorEvent[]>;
  /** What the call fails with. Nothing secret or personal may show in it. */
  failureOf(call: () => Promise<unknown>): Promise<unknown>;
  /** Counts as a secret from now on. */
  hide(secret: string): void;
  /** Stops the vendor. @throws where something leaked into the log, or a rule of the tools was broken */
  end(): Promise<void>;
};

/** @param connector in the place of the harness's own, e.g. a broken one */
export async function startMeeting(
  harness: ConnectorHarness,
  connector: Connector = harness.connector,
): Promise<Meeting> {
  const simulated = await startSimulated(connector);
  const { connection, simulator, received } = simulated;
  const hidden = [...Object.values(personal), ...secretsOf(simulated)];
  let read = 0;
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
    async events() {
      await simulator.settled();
      const fresh = received.slice(read);
      read = received.length;
      const secrets = (await connection.webhookSecrets?.()) ?? [];
      return fresh.flatMap((request) => {
        const webhooks = claimed(connector.webhooks);
        expect(secrets).toContain(webhooks.verify(request, secrets, simulated.clock()));
        return webhooks.read(request.body).events;
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
    async end() {
      await simulated.stop();
      for (const { logged, breaches } of simulated.witnesses) {
        expect(leaks(logged, hidden)).toEqual([]);
        expect(breaches).toEqual([]);
      }
    },
  };
}

/** What of the simulator's environment is a secret. */
function secretsOf({ simulator }: Simulated): string[] {
  return Object.entries(simulator.environment).flatMap(([key, value]) =>
    /SECRET|TOKEN|KEY/u.test(key) ? [value] : [],
  );
}
