import type { ConnectionTools, Connector } from '../../src/connector.ts';
import { accountFields } from '../../src/model/account-fields.ts';
import { actions } from './actions.ts';
import { createAudience } from './audience.ts';
import { createAuthorization } from './authorization.ts';
import { createClient, createTransport } from './client.ts';
import { createContacts } from './contacts.ts';
import { requestGrant } from './grants.ts';
import { guide } from './guide.ts';
import { messages } from './messages.ts';
import { panel } from './panel.ts';
import { createProvisioning } from './provisioning.ts';
import { contactReading } from './schema.ts';
import { type HubspotSettings, readApplication, readSecrets, settings } from './settings.ts';
import { createTickets } from './tickets.ts';
import { type AccessToken, consentedToken, fixedToken } from './token.ts';
import { webhooks } from './webhooks.ts';

export const hubspot: Connector<HubspotSettings> = {
  name: 'hubspot',
  title: 'HubSpot',
  settings,
  messages,
  guide,
  connects: ({ HUBSPOT_ACCESS_TOKEN }) => HUBSPOT_ACCESS_TOKEN !== undefined,
  // Of the smallest plan; search has a limit of its own, of which it sends no headers.
  limits: {
    calls: 100,
    window: 10_000,
    atOnce: 6,
    lanes: { search: { calls: 5, window: 1000, atOnce: 2 } },
  },
  webhooks,
  actions,
  panel,
  authorization: createAuthorization,

  connect(keys, tools) {
    const secrets = readSecrets(keys.HUBSPOT_CLIENT_SECRET);
    // All the accounts that share an app share its secret: an event names its account.
    const webhookSecrets = async () => secrets;
    const proven = { webhookSecrets, panelSecrets: webhookSecrets };
    const token = tokenOf(keys, tools);
    if (token === undefined) return proven;
    const { clock, log, rateLimiter, send, authorized = false } = tools;
    const client = createClient({ token, baseUrl: keys.HUBSPOT_API_BASE_URL, rateLimiter, send, clock, log });
    const fields = accountFields(tools.fieldNames);
    const reading = contactReading(fields, keys.HUBSPOT_CONTACT_KEY);
    // Properties that a write found missing: left out until the next check.
    const absent = new Set<string>();
    // Ticket properties with a blocking finding: marks leave them out until the next check.
    const unwritable = new Set<string>();
    const contacts = createContacts(client, { reading, fields, absent });
    return {
      ...proven,
      tickets: createTickets(client, { contacts, clock, unwritable }),
      contacts,
      provisioning: createProvisioning(client, {
        fields,
        absent,
        unwritable,
        profile: tools.fieldProfile,
        receivesWebhooks: secrets.length > 0,
        consented: authorized,
      }),
      audience: createAudience(client, { contacts, reading }),
    };
  },

  simulate: async () => (await import('./simulator/index.ts')).simulateHubspot,
};

/** Of the account that consented, or else the one that the operator copied from HubSpot. */
function tokenOf(
  keys: HubspotSettings,
  { authorized, credentials, rateLimiter, send, clock }: ConnectionTools,
): AccessToken | undefined {
  if (!authorized) return keys.HUBSPOT_ACCESS_TOKEN === undefined ? undefined : fixedToken(keys.HUBSPOT_ACCESS_TOKEN);
  const application = readApplication(keys);
  if (!application) return undefined;
  const transport = createTransport({ baseUrl: keys.HUBSPOT_API_BASE_URL, send });
  return consentedToken({
    credentials,
    clock,
    request: (grant) => rateLimiter.run('write', () => requestGrant(transport, application, grant, clock)),
  });
}
