import { expect } from 'vitest';
import type { Connection } from '../../src/connector.ts';
import { type HttpMock, openHttpMock } from '../http-mock.ts';
import type { ConnectorHarness } from './harness.ts';
import { everythingIn, leaks, personal, type WitnessingTools, witnessingTools } from './tools.ts';

/** One thing that the contract asks of every connector with the capability. `ask` throws where it is not so. */
export type Question = {
  title: string;
  /** How many records it finds or writes in one call: nothing to ask of a connector whose batch is smaller. */
  records?: number;
  ask(given: Given): void | Promise<void>;
};

/** What a question is asked with: one new connection to a vendor that answers only what is arranged. */
export type Given = {
  vendor: HttpMock;
  tools: WitnessingTools;
  connection: Connection;
  /** Every failure that the question provokes is caught through this, so that it can be searched for leaks. */
  failureOf(call: () => unknown): Promise<unknown>;
};

/**
 * Asks one question. Whatever it is about, these hold as well: what is sent to the vendor is what was arranged for, all
 * of it goes through the pace and by `send`, and no secret or personal word shows in an error or a log line.
 */
export async function ask<Settings>(
  question: Question,
  harness: ConnectorHarness<Settings>,
  skip: (because: string) => void = () => {},
): Promise<void> {
  const vendor = openHttpMock();
  try {
    const tools = witnessingTools(harness.credentials);
    vendor.onRequest = ({ method, path }) => {
      if (tools.underWay() === 0) tools.breaches.push(`${method} ${path} went past the pace`);
      if (tools.sending() === 0) tools.breaches.push(`${method} ${path} went past the guarded way out`);
    };
    const failures: unknown[] = [];
    const connection = harness.connector.connect(harness.connector.settings.parse(harness.environment), tools);
    const { batchSize = Number.POSITIVE_INFINITY } = connection.contacts ?? {};
    if (question.records !== undefined && question.records > batchSize) return skip(`a batch is ${batchSize}`);
    await question.ask({
      vendor,
      tools,
      connection,
      async failureOf(call) {
        const failure = await failureOf(call);
        failures.push(failure);
        return failure;
      },
    });
    expect(vendor.surprises(), 'what the vendor did not expect').toEqual([]);
    expect(tools.breaches, 'what broke the rules of the tools').toEqual([]);
    const hidden = [...harness.secrets, ...Object.values(personal)];
    expect(leaks(tools.logged, hidden), 'what leaked into the log').toEqual([]);
    expect(leaks(failures.map(everythingIn), hidden), 'what leaked into an error').toEqual([]);
  } finally {
    vendor.close();
  }
}

/** What the call throws or rejects with. */
async function failureOf(call: () => unknown): Promise<unknown> {
  let result: unknown;
  try {
    result = await call();
  } catch (failure) {
    return failure;
  }
  throw new Error(`Expected a failure; got ${JSON.stringify(result)}`);
}

/** A capability that the connector claims to have. */
export function claimed<Capability>(capability: Capability | undefined): Capability {
  expect(capability, 'the capability that the harness has a section for').toBeDefined();
  return capability as Capability;
}
