import type { ConnectorCatalog } from '../../src/connector.ts';
import { type ConnectorMessage, connectorMessage, type VendorReply } from '../../src/model/messages/failure-message.ts';
import type { Message, NoParameters } from '../../src/model/messages/message.ts';
import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import nb from './messages/nb.json' with { type: 'json' };

/** As people write it. */
export const system = 'Freshdesk';

/** What only Freshdesk makes us say. */
export type FreshdeskMessage =
  | Message<'freshdesk.key_refused' | 'freshdesk.redirected', VendorReply & { setting: string }>
  | Message<'freshdesk.forbidden' | 'freshdesk.fields_missing' | 'freshdesk.fields_refused', VendorReply>
  | Message<'freshdesk.field_wrong_type', { name: string; is: string; expected: string }>
  | Message<'freshdesk.field_renamed', { name: string }>
  | Message<'freshdesk.rule_unseen', NoParameters>
  | Message<'freshdesk.rule_calls', { url: string }>
  | Message<'freshdesk.webhook_unverified', { setting: string }>;

export const messages: ConnectorCatalog = { en, de, fr, es, nb };

export function say(message: FreshdeskMessage): ConnectorMessage {
  return connectorMessage(message);
}
