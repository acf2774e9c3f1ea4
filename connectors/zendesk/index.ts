import type { Connector } from '../../src/connector.ts';
import { accountFields } from '../../src/model/account-fields.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import { createAudience } from './audience.ts';
import { createZendeskClient } from './client.ts';
import { createContactReader } from './contact-reader.ts';
import { createContacts } from './contacts.ts';
import { guide } from './guide.ts';
import { createJobSlots } from './job-slots.ts';
import { messages } from './messages.ts';
import { createOwnWebhook } from './own-webhook.ts';
import { panel } from './panel.ts';
import { createProvisioning } from './provisioning.ts';
import { connects, readAppSecrets, settings, type ZendeskSettings } from './settings.ts';
import { createTickets } from './tickets.ts';
import { webhooks } from './webhooks.ts';

export const zendesk: Connector<ZendeskSettings> = {
  name: 'zendesk',
  title: 'Zendesk',
  settings,
  messages,
  guide,
  connects,
  // The smallest plan has 200 a minute, for all programs together; incremental exports 10.
  // https://developer.zendesk.com/api-reference/introduction/rate-limits/
  limits: {
    calls: 200,
    window: minuteMs,
    atOnce: 5,
    lanes: { search: { calls: 10, window: minuteMs, atOnce: 1 } },
  },
  webhooks,
  panel,
  connect(settings, tools) {
    const client = createZendeskClient(settings, tools);
    const webhook = createOwnWebhook(client, tools.credentials, tools.clock);
    const fields = accountFields(tools.fieldNames);
    const slots = createJobSlots(tools.clock);
    const shown = { clock: tools.clock, contactOf: createContactReader(fields, settings.ZENDESK_CONTACT_KEY) };
    const contacts = createContacts(client, { ...shown, fields, slots });
    return {
      webhookSecrets: webhook.secrets,
      awaitsWebhookSecret: webhook.awaitsSecret,
      panelSecrets: async () => readAppSecrets(settings),
      tickets: createTickets(client, { ...shown, slots }),
      contacts,
      provisioning: createProvisioning(client, { webhook, fields, profile: tools.fieldProfile, settings }),
      audience: createAudience(client, { contacts, clock: tools.clock }),
    };
  },
  simulate: async () => (await import('./simulator/index.ts')).simulateZendesk,
};
