import type { ConnectorCatalog } from '../../src/connector.ts';
import { type ConnectorMessage, connectorMessage, type VendorReply } from '../../src/model/messages/failure-message.ts';
import type { Message, NoParameters } from '../../src/model/messages/message.ts';
import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import nb from './messages/nb.json' with { type: 'json' };

/** As people write it. */
export const system = 'HubSpot';

/** What only HubSpot makes us say. */
export type HubspotMessage =
  | Message<'hubspot.token_refused' | 'hubspot.forbidden', VendorReply & { setting: string }>
  | Message<'hubspot.scopes_missing', VendorReply & { scopes: readonly string[] }>
  | Message<'hubspot.properties_missing' | 'hubspot.properties_refused' | 'hubspot.moving', VendorReply>
  | Message<'hubspot.daily_limit', VendorReply & { until: string }>
  | Message<'hubspot.consent_withdrawn', NoParameters>
  | Message<'hubspot.application_refused', VendorReply & { settings: readonly string[] }>
  | Message<'hubspot.code_refused', VendorReply>
  | Message<'hubspot.tokens_missing' | 'hubspot.account_untold', { status: number }>
  | Message<'hubspot.property_wrong_type', { name: string; is: string; expected: string }>
  | Message<'hubspot.property_read_only' | 'hubspot.property_unique', { name: string }>
  | Message<'hubspot.property_options_elsewhere', { name: string }>
  | Message<'hubspot.property_rules', { name: string; rules: readonly string[] }>
  | Message<'hubspot.property_archived', { kind: 'contact' | 'ticket'; name: string }>
  | Message<'hubspot.property_removed', { name: string }>
  | Message<'hubspot.no_room', { kind: 'contact' | 'ticket'; count: number }>
  | Message<'hubspot.webhook_in_app' | 'hubspot.webhook_stays' | 'hubspot.uninstalled', NoParameters>
  | Message<'hubspot.webhook_unverified', { setting: string }>;

export const messages: ConnectorCatalog = { en, de, fr, es, nb };

export function say(message: HubspotMessage): ConnectorMessage {
  return connectorMessage(message);
}
