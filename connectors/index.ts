import type { Connector } from '../src/connector.ts';
import { freshdesk } from './freshdesk/index.ts';
import { hubspot } from './hubspot/index.ts';
import { zendesk } from './zendesk/index.ts';

/** Every system that can be connected: one line each. */
export const connectors: readonly Connector[] = [hubspot, zendesk, freshdesk];
