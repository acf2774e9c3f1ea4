import type { ConnectorCatalog } from '../../src/connector.ts';
import { type ConnectorMessage, connectorMessage, type VendorReply } from '../../src/model/messages/failure-message.ts';
import type { Message, NoParameters } from '../../src/model/messages/message.ts';
import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import nb from './messages/nb.json' with { type: 'json' };

/** As people write it. */
export const system = 'Zendesk';

/** What only Zendesk makes us say. */
export type ZendeskMessage =
  | Message<'zendesk.credentials_refused' | 'zendesk.forbidden' | 'zendesk.fields_refused', VendorReply>
  | Message<'zendesk.redirected' | 'zendesk.not_there', VendorReply & { settings: readonly string[] }>
  | Message<'zendesk.client_refused', { status: number; settings: readonly string[] }>
  | Message<'zendesk.jobs_full', { count: number }>
  | Message<'zendesk.ticket_updates_used_up', NoParameters>
  | Message<'zendesk.field_wrong_type', { name: string; is: string; expected: string }>
  | Message<'zendesk.field_inactive' | 'zendesk.field_not_ours', { name: string }>
  | Message<'zendesk.webhook_missing' | 'zendesk.webhook_unknown' | 'zendesk.webhook_removed', NoParameters>
  | Message<'zendesk.webhook_differs', { parts: readonly string[] }>
  | Message<'zendesk.api_token_ends', { on: string; settings: readonly string[] }>;

export const messages: ConnectorCatalog = { en, de, fr, es, nb };

export function say(message: ZendeskMessage): ConnectorMessage {
  return connectorMessage(message);
}
