import { describe, expect, it } from 'vitest';
import { faultyAlways } from './broken/always.ts';
import { faultyContacts } from './broken/contacts.ts';
import { faultyGuides } from './broken/guide.ts';
import { faultyPanel } from './broken/panel.ts';
import { faultyProvisioning } from './broken/provisioning.ts';
import { faultyTickets } from './broken/tickets.ts';
import { faultyWebhooks } from './broken/webhooks.ts';
import { exampleConnector } from './example/connector.ts';
import { exampleHarness } from './example/harness.ts';
import { ask } from './question.ts';
import { describeConnector, questionsFor } from './suite.ts';

describeConnector(exampleHarness);

const faults = {
  always: faultyAlways,
  guide: faultyGuides,
  webhooks: faultyWebhooks,
  tickets: faultyTickets,
  contacts: faultyContacts,
  provisioning: faultyProvisioning,
  panel: faultyPanel,
};

describe('the contract suite finds a connector that', () => {
  for (const [section, found] of Object.entries(faults)) {
    for (const { fault, foundBy, breaks } of found) {
      it(fault, async () => {
        const harness = { ...exampleHarness, connector: { ...exampleConnector, ...breaks } };
        const question = questionsFor(harness)[section]?.find(({ title }) => foundBy.test(title));
        if (!question) throw new Error(`Nothing asked of ${section} matches ${foundBy}.`);
        await expect(ask(question, harness)).rejects.toThrow();
      });
    }
  }
});
