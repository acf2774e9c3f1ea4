import { describeConnectorCatalog } from '../../test/messages/connector-catalog.ts';
import type { ExamplesOf } from '../../test/messages/examples.ts';
import { hubspot } from './index.ts';
import { type HubspotMessage, system } from './messages.ts';

const nothing = [{}] as const;
const answered = { system, status: 403, said: 'CODE (nps_trend)' };
const name = 'nps_trend';

const examples: ExamplesOf<HubspotMessage> = {
  'hubspot.token_refused': [{ ...answered, setting: 'HUBSPOT_ACCESS_TOKEN' }],
  'hubspot.forbidden': [{ ...answered, setting: 'HUBSPOT_ACCESS_TOKEN' }],
  'hubspot.scopes_missing': [{ ...answered, scopes: ['tickets', 'crm.objects.contacts.read'] }],
  'hubspot.properties_missing': [answered],
  'hubspot.properties_refused': [answered],
  'hubspot.moving': [answered],
  'hubspot.daily_limit': [{ ...answered, until: '2026-03-02T23:30:00.000Z' }],
  'hubspot.consent_withdrawn': nothing,
  'hubspot.application_refused': [{ ...answered, settings: ['HUBSPOT_CLIENT_ID', 'HUBSPOT_CLIENT_SECRET'] }],
  'hubspot.code_refused': [answered],
  'hubspot.tokens_missing': [{ status: 200 }],
  'hubspot.account_untold': [{ status: 200 }],
  'hubspot.property_wrong_type': [{ name, is: 'string', expected: 'number' }],
  'hubspot.property_read_only': [{ name }],
  'hubspot.property_unique': [{ name }],
  'hubspot.property_options_elsewhere': [{ name }],
  'hubspot.property_rules': [{ name, rules: ['MAX_LENGTH 500', 'MIN_LENGTH 20'] }],
  'hubspot.property_archived': [
    { kind: 'contact', name },
    { kind: 'ticket', name },
  ],
  'hubspot.property_removed': [{ name }],
  'hubspot.no_room': [
    { kind: 'contact', count: 1 },
    { kind: 'contact', count: 5 },
    { kind: 'ticket', count: 1 },
    { kind: 'ticket', count: 5 },
  ],
  'hubspot.webhook_in_app': nothing,
  'hubspot.webhook_stays': nothing,
  'hubspot.uninstalled': nothing,
  'hubspot.webhook_unverified': [{ setting: 'HUBSPOT_CLIENT_SECRET' }],
};

describeConnectorCatalog(hubspot, examples, import.meta.dirname);
