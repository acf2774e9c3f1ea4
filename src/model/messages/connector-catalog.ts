import type { MessageLanguage } from './languages.ts';

/** The sentences of a connector's own codes, by code, in every language. */
export type ConnectorCatalog = Readonly<Record<MessageLanguage, Readonly<Record<string, string>>>>;
