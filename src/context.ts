import type { Logger } from 'pino';
import type { Connection, Connector } from './connector.ts';
import type { FieldNames, FieldProfile } from './model/account-fields.ts';
import type { Texts } from './model/locale.ts';
import type { BrandEmail } from './modules/invitations/brand-email.ts';
import type { Links } from './modules/invitations/links.ts';
import type { PageTokens } from './modules/invitations/page-tokens.ts';
import type { SurveyTemplate } from './modules/surveys/template.ts';
import type { Database } from './platform/database/database.ts';
import type { Lease, Leases } from './platform/database/leases.ts';
import type { Email } from './platform/email/email.ts';
import type { EmailPace } from './platform/email/email-rate-limiter.ts';
import type { Encryption } from './platform/encryption.ts';
import type { AddressHashes, NetworkHashes } from './platform/hashes.ts';
import type { Wake } from './platform/jobs/jobs.ts';
import type { Senders, TypedHosts } from './platform/network/network.ts';
import type { ControlledPace } from './platform/rate-limiter.ts';

/** What every flow works with. */
export type Context = {
  database: Database;
  clock: () => Date;
  log: Logger;
  wake: Wake;
  connections: LiveConnections;
  /** The settings that connections are opened with. */
  sources: readonly ConnectionSource[];
  /** What can be connected in the console. */
  offers: readonly Offer[];
  /** How connections send requests, by who said where to. */
  send: Senders;
  /** Which hosts may be typed and saved. */
  typedHosts: TypedHosts;
  encryption: Encryption;
  links: Links;
  addressHashes: AddressHashes;
  networkHashes: NetworkHashes;
  pageTokens: PageTokens;
  /** Absent while there is nothing to send with: invitations wait. */
  email: EmailTransport | undefined;
  brandEmail: BrandEmail;
  /** By language tag; English is always there. */
  texts: ReadonlyMap<string, Texts>;
  /** What new surveys may begin with. */
  templates: readonly SurveyTemplate[];
  /** Normalised addresses of our own: nobody behind them is asked. */
  ownAddresses: ReadonlySet<string>;
  /** Milliseconds between two polls of a connection. */
  reconcileEvery: number;
  /** Our public address of webhooks, without the connection; absent when vendors cannot reach us. */
  webhookUrl(connector: string): string | undefined;
} & Leases;

/**
 * Settings of a connector and where their connections come from: the environment, the sandbox's simulated vendors, or
 * an admin's consent to the application that the settings hold.
 */
export type ConnectionSource = {
  connector: Connector;
  settings: unknown;
  origin: 'environment' | 'sandbox' | 'authorization';
};

/** A connector whose accounts can be connected by keys that somebody gives in the console. */
export type Offer = {
  connector: Connector;
  /** In the sandbox: the keys that its stand-in takes. No real account can be connected there. */
  simulated?: Readonly<Record<string, string>>;
  /** Whether an admin may say where the vendor answers: only in networks that the operator opened. */
  takesAddress?: boolean;
};

/** Takes emails over at the pace that it allows. */
export type EmailServer = {
  pace: EmailPace;
  /** Another for another server or user: what was saved of one says nothing of another. */
  identity: string;
  send(email: Email): Promise<void>;
  /** Whether emails could be sent now; throws as `send` does. */
  verify(): Promise<void>;
  stop(): Promise<void>;
};

/** The usual email server, and whom emails are from unless a survey or its brand says otherwise. */
export type EmailTransport = EmailServer & { from: { address: string; name?: string } };

/** A connection that is open in this process. What can change while it runs stands in its row. */
export type LiveConnection = {
  id: string;
  workspaceId: string;
  /** The vendor's account, once it is known. */
  account: string | undefined;
  connector: Connector;
  /** As they were when it was opened. */
  fieldNames: FieldNames;
  fieldProfile: FieldProfile | null;
  keysChangedAt: Date | null;
  capabilities: Connection;
  pace: ControlledPace;
  lease: Lease;
};

export type LiveConnections = {
  find(id: string): LiveConnection | undefined;
  all(): readonly LiveConnection[];
  add(live: LiveConnection): void;
  remove(id: string): void;
};

export function createLiveConnections(): LiveConnections {
  const open = new Map<string, LiveConnection>();
  return {
    find: (id) => open.get(id),
    all: () => [...open.values()],
    add: (live) => void open.set(live.id, live),
    remove: (id) => void open.delete(id),
  };
}
