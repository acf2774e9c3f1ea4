import { describe, it } from 'vitest';
import { connectorQuestions } from './always.ts';
import { audienceQuestions } from './audience.ts';
import { contactQuestions } from './contacts.ts';
import { guideQuestions } from './guide.ts';
import type { ConnectorHarness } from './harness.ts';
import { panelQuestions } from './panel.ts';
import { provisioningQuestions } from './provisioning.ts';
import { ask, type Question } from './question.ts';
import { ticketQuestions } from './tickets.ts';
import { webhookQuestions } from './webhooks.ts';
import { writingQuestions } from './writing.ts';

/** Asks a connector everything that the socket promises, as far as it has the capabilities. */
export function describeConnector<Settings>(harness: ConnectorHarness<Settings>): void {
  describe(`${harness.connector.title} keeps the contract`, () => {
    for (const [section, questions] of Object.entries(questionsFor(harness))) {
      describe(section, () => {
        for (const question of questions) it(question.title, ({ skip }) => ask(question, harness, skip));
      });
    }
  });
}

/** The questions by section, a section for each capability that the harness arranges for. */
export function questionsFor<Settings>(harness: ConnectorHarness<Settings>): Readonly<Record<string, Question[]>> {
  const { connector, webhooks, tickets, contacts, provisioning, audience, panel } = harness;
  return {
    always: connectorQuestions(harness),
    guide: guideQuestions(harness),
    ...(webhooks && connector.webhooks ? { webhooks: webhookQuestions(connector.webhooks, webhooks) } : {}),
    ...(tickets ? { tickets: ticketQuestions(tickets, harness) } : {}),
    ...(contacts ? { contacts: [...contactQuestions(contacts, harness), ...writingQuestions(contacts, harness)] } : {}),
    ...(provisioning ? { provisioning: provisioningQuestions(provisioning, harness) } : {}),
    ...(panel && connector.panel ? { panel: panelQuestions(connector.panel, panel) } : {}),
    ...(audience ? { audience: audienceQuestions(harness) } : {}),
  };
}
