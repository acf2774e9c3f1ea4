import type { Connector } from '../../src/connector.ts';
import { accountFields } from '../../src/model/account-fields.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import { createClient } from './client.ts';
import { createContacts } from './contacts.ts';
import { createFieldNames } from './field-names.ts';
import { guide } from './guide.ts';
import { messages } from './messages.ts';
import { createProvisioning } from './provisioning.ts';
import { type FreshdeskSettings, readSecrets, settings } from './settings.ts';
import { createTickets } from './tickets.ts';
import { webhooks } from './webhooks.ts';

export const freshdesk: Connector<FreshdeskSettings> = {
  name: 'freshdesk',
  title: 'Freshdesk',
  settings,
  messages,
  guide,
  connects: (given) => given.FRESHDESK_DOMAIN !== undefined && given.FRESHDESK_API_KEY !== undefined,
  // A trial account has 50 a minute for all programs together, and 20 for lists of tickets or contacts on the smallest
  // plan. https://developers.freshdesk.com/api/#ratelimit
  limits: {
    calls: 50,
    window: minuteMs,
    atOnce: 4,
    lanes: { search: { calls: 20, window: minuteMs, atOnce: 1 } },
  },
  webhooks,

  connect(keys, { clock, log, rateLimiter, send, fieldNames, fieldProfile }) {
    const secrets = readSecrets(keys.FRESHDESK_WEBHOOK_SECRET);
    const webhookSecrets = async () => secrets;
    const { FRESHDESK_DOMAIN: domain, FRESHDESK_API_KEY: apiKey } = keys;
    if (domain === undefined || apiKey === undefined) return { webhookSecrets };
    const names = createFieldNames(accountFields(fieldNames));
    const baseUrl = keys.FRESHDESK_BASE_URL ?? `https://${domain}`;
    const client = createClient({ apiKey, baseUrl, rateLimiter, send, names, log });
    const contacts = createContacts(client, names);
    return {
      webhookSecrets,
      tickets: createTickets(client, { contacts, clock }),
      contacts,
      provisioning: createProvisioning(client, {
        names,
        profile: fieldProfile,
        account: domain,
        receivesWebhooks: secrets.length > 0,
      }),
    };
  },

  simulate: async () => (await import('./simulator/index.ts')).simulateFreshdesk,
};
