import type { Connector } from '../../src/connector.ts';
import { createClient } from './client.ts';
import { createContacts } from './contacts.ts';
import { createProvisioning } from './provisioning.ts';
import { type HubspotSettings, readSecrets, settings } from './settings.ts';
import { createTickets } from './tickets.ts';
import { webhooks } from './webhooks.ts';

export const hubspot: Connector<HubspotSettings> = {
  name: 'hubspot',
  title: 'HubSpot',
  settings,
  connects: ({ HUBSPOT_ACCESS_TOKEN }) => HUBSPOT_ACCESS_TOKEN !== undefined,
  // Of the smallest plan; search has a limit of its own, of which it sends no headers.
  limits: {
    calls: 100,
    window: 10_000,
    atOnce: 6,
    lanes: { search: { calls: 4, window: 1000, atOnce: 2 } },
  },
  webhooks,

  connect(keys, { clock, pace }) {
    const secrets = readSecrets(keys.HUBSPOT_CLIENT_SECRET);
    const webhookSecrets = async () => secrets;
    const { HUBSPOT_ACCESS_TOKEN: token, HUBSPOT_API_BASE_URL: baseUrl } = keys;
    if (token === undefined) return { webhookSecrets };
    const client = createClient({ token, baseUrl, pace, clock });
    const contacts = createContacts(client);
    return {
      webhookSecrets,
      tickets: createTickets(client, { contacts, clock }),
      contacts,
      provisioning: createProvisioning(client, { hears: secrets.length > 0 }),
    };
  },

  simulate: async () => (await import('./simulator/index.ts')).simulateHubspot,
};
