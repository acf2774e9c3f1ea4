import type { Connector } from '../src/connector.ts';
import { addConnectorCatalog } from '../src/platform/messages/render.ts';
import { freshdesk } from './freshdesk/index.ts';
import { hubspot } from './hubspot/index.ts';
import { zendesk } from './zendesk/index.ts';

/** Every system that can be connected: one line each. */
export const connectors: readonly Connector[] = [hubspot, zendesk, freshdesk];

for (const { messages } of connectors) if (messages) addConnectorCatalog(messages);
